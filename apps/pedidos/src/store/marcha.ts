import type { Place } from '@encargo/service-kit/obligations/statements'
import { type Engine, type Script, statement } from '@encargo/storage'
import type { Corrida } from '../domain/corrida.ts'
import { type Estado, type EstadoFinal, type Proposito, sistema } from '../domain/pedido.ts'
import type { Final, Propuesta, ProrrogaPedido } from '../ports/store.ts'
import { devolver } from './cupones.ts'
import { proponerVarios, terminarVarios } from './marcha-varios.ts'

type Texto = string | null
type Ultima = Pick<Corrida, 'operacion' | 'resultado'> & { orden: number }
type Contada = [operacion: string, actor: string, traza: string, resultado: string, en: number]
interface Debida {
  clave: string
  numero: number
  proposito: Proposito
  actor: string
  motivo: string | null
  /** Of an order that has money: what its stock is under. */
  reservaId: string | null
  intentos: number
  proximaEn: number
}

// `INDEXED BY`: without statistics SQLite would rather walk through all Pendiente orders. A statement
// whose index can't serve it is refused when it is prepared, at start.

const vencidos = `SELECT numero FROM pedidos INDEXED BY pedidos_por_vencer
     WHERE "estado" = 'Pendiente' AND "intencion" IS NULL AND expira_en <= ?1
     ORDER BY expira_en, numero LIMIT ?2`

export const sentencias = {
  proponer: statement<never, [number, Proposito, actor: string, Texto, desde: number, en: number]>(
    `UPDATE pedidos SET intencion = ?2, intencion_actor = ?3, intencion_motivo = ?4,
       intencion_desde = ?5, proximo_intento_en = ?6
     WHERE numero = ?1 AND estado = 'Pendiente' AND intencion IS NULL`,
  ),
  /** Answers when it ended, which is not before it was made, by whatever clock. */
  terminar: statement<
    { readonly en: number },
    [number, Proposito, EstadoFinal, motivo: Texto, ahora: number]
  >(
    `UPDATE pedidos SET estado = ?3, motivo = ?4, version = version + 1,
       intencion = NULL, intencion_actor = NULL, intencion_motivo = NULL, intencion_desde = NULL,
       intentos = 0, proximo_intento_en = NULL, ultimo_error = NULL,
       actualizado_en = CASE WHEN ?5 > creado_en THEN ?5 ELSE creado_en END
     WHERE numero = ?1 AND estado = 'Pendiente' AND intencion = ?2 RETURNING actualizado_en AS en`,
  ),
  prorrogar: statement<never, [number, expiraEn: number, ahora: number]>(
    `UPDATE pedidos SET expira_en = ?2, version = version + 1,
       actualizado_en = CASE WHEN ?3 > creado_en THEN ?3 ELSE creado_en END
     WHERE numero = ?1 AND estado = 'Pendiente' AND intencion IS NULL AND expira_en < ?2`,
  ),
  evento: statement<never, [number, Estado, motivo: Texto, actor: string, en: number]>({
    sqlite:
      'INSERT INTO pedido_eventos (numero, estado, motivo, actor, en) VALUES (?1, ?2, ?3, ?4, ?5)',
    postgres: `INSERT INTO pedido_eventos (secuencia, numero, estado, motivo, actor, en)
      VALUES ((SELECT coalesce(max(secuencia), 0) + 1 FROM pedido_eventos), ?1, ?2, ?3, ?4, ?5)`,
  }),
  vencidos: statement<{ numero: number }, [ahora: number, limite: number]>(vencidos),
  vencer: statement<never, [ahora: number, limite: number]>(
    `UPDATE pedidos SET intencion = 'expirar', intencion_actor = '${sistema}', intencion_desde = ?1,
       proximo_intento_en = ?1 WHERE numero IN (${vencidos})`,
  ),
  borrado: statement<{ n: number }, [number]>(
    `SELECT 1 AS n FROM pedidos p JOIN clientes_borrados b ON b.id = p.cliente_id
     WHERE p.numero = ?1`,
  ),
  ultimaCorrida: statement<Ultima, [number]>(
    `SELECT orden, operacion, resultado FROM pedido_corridas
     WHERE numero = ?1 ORDER BY orden DESC LIMIT 1`,
  ),
  repetirCorrida: statement<never, [number, orden: number, en: number]>(
    'UPDATE pedido_corridas SET veces = veces + 1, hasta = ?3 WHERE numero = ?1 AND orden = ?2',
  ),
  corrida: statement<never, [number, orden: number, ...Contada, us: number, pasos: string]>(
    `INSERT INTO pedido_corridas
       (numero, orden, operacion, actor, traza, resultado, en, duracion_us, pasos, veces, hasta)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?7)`,
  ),
  debidas: statement<Debida, [hasta: number, limite: number]>(
    `SELECT id AS clave, numero, intencion AS proposito, intencion_actor AS actor,
       intencion_motivo AS motivo, intentos, proximo_intento_en AS "proximaEn",
       (SELECT coalesce(c.reserva_id, pedidos.id) FROM pedido_cobranza c WHERE c.numero = pedidos.numero)
         AS "reservaId"
     FROM pedidos INDEXED BY pedidos_con_intencion
     WHERE "intencion" IS NOT NULL AND proximo_intento_en <= ?1
     ORDER BY proximo_intento_en, intencion, intencion_desde, numero LIMIT ?2`,
  ),
  tomar: statement<never, [id: string, vista: number, hasta: number]>(
    'UPDATE pedidos SET proximo_intento_en = ?3 WHERE id = ?1 AND proximo_intento_en = ?2',
  ),
  aplazar: statement<
    Pick<Corrida, 'operacion' | 'actor'> & { numero: number },
    [id: string, proximaEn: number, causa: Texto]
  >(
    `UPDATE pedidos SET proximo_intento_en = ?2, ultimo_error = coalesce(?3, ultimo_error),
       intentos = intentos + CASE WHEN ?3 IS NULL THEN 0 ELSE 1 END
     WHERE id = ?1 AND intencion IS NOT NULL
     RETURNING numero, intencion AS operacion, intencion_actor AS actor`,
  ),
}

/** One row of an order's story. */
export function corridaNueva(numero: number, orden: number, corrida: Corrida) {
  const { operacion, actor, traza, resultado, en, us, pasos } = corrida
  const texto = JSON.stringify(pasos)
  return sentencias.corrida.run(numero, orden, operacion, actor, traza, resultado, en, us, texto)
}

/** One row a run; a failure like the one before it only counts. */
export function* anotar(numero: number, corrida: Corrida, repetible: boolean): Script<void> {
  const { operacion, resultado, en } = corrida
  const ultima = yield* sentencias.ultimaCorrida.get(numero)
  const repite = ultima?.operacion === operacion && ultima.resultado === resultado
  if (repetible && repite) yield* sentencias.repetirCorrida.run(numero, ultima.orden, en)
  else yield* corridaNueva(numero, (ultima?.orden ?? 0) + 1, corrida)
}

/** What somebody wrote of an erased customer's order is not kept, even if it comes late. */
export function* guardable(numero: number, motivo: Texto, actor: string): Script<Texto> {
  if (motivo === null || actor === sistema) return motivo
  return (yield* sentencias.borrado.get(numero)) ? null : motivo
}

/** What is owed to orders with a purpose stands in their own columns. */
export const enPedidos: Place = {
  *debidas(tipo, hasta, limite) {
    const filas = yield* sentencias.debidas.all(hasta, limite)
    return filas.map(({ clave, intentos, proximaEn, ...datos }) => {
      return { tipo, clave, intentos, proximaEn, datos }
    })
  },
  *tomar({ clave, proximaEn }, hasta) {
    return yield* sentencias.tomar.run(clave, proximaEn, hasta)
  },
  *aplazar({ clave }, { proximaEn, causa = null, intento }) {
    const pedido = yield* sentencias.aplazar.get(clave, proximaEn, causa)
    if (!pedido || !causa) return
    const { numero, ...quien } = pedido
    yield* anotar(numero, { ...quien, ...intento }, true)
  },
}

export function* proponer(propuesta: Propuesta): Script<boolean> {
  const { numero, proposito, actor, ahora, proximaEn: en } = propuesta
  const motivo = yield* guardable(numero, propuesta.motivo, actor)
  return (yield* sentencias.proponer.run(numero, proposito, actor, motivo, ahora, en)) === 1
}

function* terminar(final: Final): Script<boolean> {
  const { numero, proposito, estado, actor, ahora } = final
  const motivo = yield* guardable(numero, final.motivo, actor)
  const terminado = yield* sentencias.terminar.get(numero, proposito, estado, motivo, ahora)
  if (!terminado) return false
  yield* sentencias.evento.run(numero, estado, motivo, actor, terminado.en)
  if (estado === 'Cancelado') yield* devolver(numero)
  yield* anotar(numero, final.corrida, false)
  return true
}

const propuestas = { one: proponer, all: proponerVarios }
const finales = { one: terminar, all: terminarVarios }

/** Orders on their way from Pendiente to their end. */
export function createMarcha(engine: Engine) {
  engine.prepare(...Object.values(sentencias))
  return {
    proponer: (propuesta: Propuesta) => engine.writeEach(propuestas, propuesta),
    terminar: (final: Final) => engine.writeEach(finales, final),

    prorrogar: ({ numero, expiraEn, ahora, corrida }: ProrrogaPedido) =>
      engine.write(function* () {
        if ((yield* sentencias.prorrogar.run(numero, expiraEn, ahora)) === 0) return false
        yield* anotar(numero, corrida, false)
        return true
      }),

    async vencer(ahora: number, limite: number) {
      // Looked at first: an idle service must not write once a second.
      if (!(await engine.ask(sentencias.vencidos.get(ahora, 1)))) return 0
      return await engine.write(() => sentencias.vencer.run(ahora, limite))
    },
  }
}
