import type { Deuda } from '@encargo/service-kit/obligations/port'
import { deber, saldar } from '@encargo/service-kit/obligations/statements'
import { type Engine, list, type Script, statement } from '@encargo/storage'
import type { Aviso, EstadoAviso } from '../domain/aviso.ts'
import type { AvisoStore, MateriaGuardada, ResultadoAviso } from '../ports/avisos.ts'
import type { Lugar } from '../ports/store.ts'
import { leerAjustes } from './ajustes.ts'
import { porNumero } from './lectura.ts'
import { sentencias as metodos } from './metodos.ts'
import { tieneCorreo } from './seguidor-avisos.ts'

const diaMs = 24 * 60 * 60 * 1000
const columnas = `id, tipo, numero, datos, estado, intentos, fallo, creado_en AS "creadoEn",
  terminado_en AS "terminadoEn"`
/** Spelt as the index is that it is asked for by. */
const porVer = `("estado" = 'por-enviar' OR "estado" = 'fallido')`

type Cuando = [ahora: number, expiraEn: number, numero: number, limite: number]
export const sentencias = {
  uno: statement<Aviso, [id: number]>(`SELECT ${columnas} FROM avisos WHERE id = ?1`),
  deUno: statement<Aviso, [numero: number]>(
    `SELECT ${columnas} FROM avisos WHERE numero = ?1 ORDER BY id`,
  ),
  anotar: statement<never, [id: number, estado: EstadoAviso, fallo: string | null, ahora: number]>(
    `UPDATE avisos SET estado = ?2, fallo = ?3,
       intentos = intentos + CASE WHEN ?2 = 'omitido' THEN 0 ELSE 1 END,
       terminado_en = CASE WHEN ?2 = 'por-enviar' THEN NULL ELSE CAST(?4 AS BIGINT) END
     WHERE id = ?1 AND estado = 'por-enviar'`,
  ),
  enEspera: statement<Aviso, [id: number]>(
    `SELECT ${columnas} FROM avisos WHERE estado = 'por-enviar' AND tipo =
       (SELECT tipo FROM avisos WHERE id = ?1)
     AND numero = (SELECT numero FROM avisos WHERE id = ?1) ORDER BY id LIMIT 1`,
  ),
  repetir: statement<Aviso, [id: number, ahora: number]>(
    `INSERT INTO avisos (id, tipo, numero, para, datos, estado, intentos, creado_en)
     SELECT (SELECT max(id) FROM avisos) + 1, tipo, numero, para, datos, 'por-enviar', 0, ?2
     FROM avisos WHERE id = ?1 RETURNING ${columnas}`,
  ),
  /** Orders by when they run out, and which of them have a customer who is to hear of it now. */
  vencen: statement<Lugar & { readonly toca: number }, Cuando>(
    `SELECT p.numero, p.expira_en AS "expiraEn", CASE WHEN p.expira_en > ?1
       AND (p.expira_en - ?1) * 4 <= p.expira_en - p.creado_en
       AND EXISTS (SELECT 1 FROM pedido_condiciones c WHERE c.numero = p.numero AND ${tieneCorreo})
       AND NOT EXISTS (SELECT 1 FROM avisos a WHERE a.numero = p.numero AND a.tipo = 'por-vencer')
       THEN 1 ELSE 0 END AS toca
     FROM pedidos p INDEXED BY pedidos_por_vencer
     WHERE p."estado" = 'Pendiente' AND p."intencion" IS NULL
       AND (p.expira_en, p.numero) > (?2, ?3) AND p.expira_en <= ?1 + ${diaMs}
     ORDER BY p.expira_en, p.numero LIMIT ?4`,
  ),
  /** Once for each order, as it has one first event. */
  vence: statement<{ readonly id: number }, [numeros: string, ahora: number]>(
    `INSERT INTO avisos (id, secuencia, tipo, numero, para, estado, intentos, creado_en)
     SELECT (SELECT coalesce(max(id), 0) FROM avisos) + row_number() OVER (ORDER BY numero),
       secuencia, 'por-vencer', numero, 'cliente', 'por-enviar', 0, ?2
     FROM (SELECT numero, min(secuencia) AS secuencia FROM pedido_eventos
       WHERE numero IN (SELECT CAST(value AS bigint) FROM json_each(?1)) GROUP BY numero) p
     WHERE true ON CONFLICT (secuencia, tipo) DO NOTHING RETURNING id`,
  ),
}
const lista = list<Aviso>(`SELECT ${columnas} FROM avisos`, 'ORDER BY id DESC LIMIT ?')

/** In the write that brings it about: those mails are owed. */
export function* deberAvisos(ids: readonly number[], ahora: number): Script<void> {
  const claves = ids.map((id) => `${id}`)
  yield* deber('avisar', claves, { ahora, proximaEn: ahora, traza: '' })
}

function* anotar({ id, estado, fallo, ahora }: ResultadoAviso, deuda: Deuda): Script<void> {
  yield* sentencias.anotar.run(id, estado, fallo, ahora)
  if (estado !== 'por-enviar') yield* saldar(deuda)
}

function* repetir(id: number, ahora: number): Script<Aviso | undefined> {
  const esperando = yield* sentencias.enEspera.get(id)
  if (esperando) return esperando
  const otro = yield* sentencias.repetir.get(id, ahora)
  if (otro) yield* deberAvisos([otro.id], ahora)
  return otro
}

function* materia(id: number): Script<MateriaGuardada | undefined> {
  const aviso = yield* sentencias.uno.get(id)
  if (!aviso) return undefined
  const { ajustes } = yield* leerAjustes()
  const pedido = aviso.numero === null ? undefined : yield* porNumero(aviso.numero)
  const elegido = pedido?.condiciones?.metodoEnvio?.codigo
  const metodo = elegido === undefined ? undefined : yield* metodos.uno.get(elegido)
  return { aviso, pedido, ajustes, instrucciones: metodo?.instrucciones ?? null }
}

type Ajenos = 'ajustes' | 'ponerAjustes' | 'existenciasAvisadas' | 'avisarBajas'
type Avisos = Omit<AvisoStore, Ajenos>

/** Mails about orders, each with what is owed of it. */
export function createAvisos(engine: Engine): Avisos {
  engine.prepare(...Object.values(sentencias))
  return {
    materiaDeAviso: (id) => engine.read(() => materia(id)),
    avisosDe: (numero) => engine.ask(sentencias.deUno.all(numero)),
    listarAvisos: ({ estado, antesDe, limite }) =>
      engine.ask(
        lista(
          [
            [`${porVer} AND estado = ?`, estado],
            antesDe === undefined ? undefined : ['id < ?', antesDe],
          ],
          limite + 1,
        ),
      ),
    anotarAviso: (resultado, deuda) => engine.write(() => anotar(resultado, deuda)),
    repetirAviso: (id, ahora) => engine.write(() => repetir(id, ahora)),
    async avisarPorVencer({ desde: { expiraEn, numero }, ahora, limite }) {
      const filas = await engine.ask(sentencias.vencen.all(ahora, expiraEn, numero, limite))
      const tocan = filas.filter(({ toca }) => toca === 1)
      if (tocan.length > 0) {
        const numeros = JSON.stringify(tocan.map((fila) => fila.numero))
        await engine.write(function* () {
          const nuevos = yield* sentencias.vence.all(numeros, ahora)
          yield* deberAvisos(
            nuevos.map(({ id }) => id),
            ahora,
          )
        })
      }
      const ultima = filas.length < limite ? undefined : filas.at(-1)
      return ultima && { expiraEn: ultima.expiraEn, numero: ultima.numero }
    },
  }
}
