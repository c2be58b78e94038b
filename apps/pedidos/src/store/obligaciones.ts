import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { CausaFallo } from '../domain/pedido.ts'
import {
  type Aplazo,
  type Debida,
  type Deuda,
  marcaSinPedido,
  type Obligaciones,
  type Pendientes,
} from '../ports/obligaciones.ts'
import { enPedidos } from './marcha.ts'
import { leerMarca } from './marcas.ts'

/** Where what is owed stands: in the table, or, as with orders' purposes, where it costs less. */
export interface Lugar {
  debidas(tipo: string, hasta: number, limite: number): Script<Debida[]>
  tomar(debida: Debida, hasta: number): Script<number>
  aplazar(deuda: Deuda, aplazo: Aplazo): Script<void>
}

type Fila = Pick<Debida, 'clave' | 'intentos' | 'proximaEn'> & { datos: string }
type Nuevas = [claves: string, tipo: string, desde: number, proxima: number, traza: string]

export const sentencias = {
  anotar: statement<never, Nuevas>(
    `INSERT INTO obligaciones (tipo, clave, datos, intentos, desde, proxima_en, traza)
     SELECT ?2, value, '{}', 0, ?3, ?4, ?5 FROM (SELECT value FROM json_each(?1)) claves WHERE true
     ON CONFLICT (tipo, clave) DO NOTHING`,
  ),
  debidas: statement<Fila, [tipo: string, hasta: number, limite: number]>(
    `SELECT clave, datos, intentos, proxima_en AS "proximaEn" FROM obligaciones
     WHERE tipo = ?1 AND proxima_en <= ?2 ORDER BY proxima_en, clave LIMIT ?3`,
  ),
  tomar: statement<never, [tipo: string, clave: string, vista: number, hasta: number]>(
    'UPDATE obligaciones SET proxima_en = ?4 WHERE tipo = ?1 AND clave = ?2 AND proxima_en = ?3',
  ),
  aplazar: statement<never, [tipo: string, clave: string, proxima: number, causa: string | null]>(
    `UPDATE obligaciones SET proxima_en = ?3, ultimo_error = coalesce(?4, ultimo_error),
       intentos = intentos + CASE WHEN ?4 IS NULL THEN 0 ELSE 1 END
     WHERE tipo = ?1 AND clave = ?2`,
  ),
  cerrar: statement<never, [tipo: string, clave: string]>(
    'DELETE FROM obligaciones WHERE tipo = ?1 AND clave = ?2',
  ),
  pendientes: statement<Pendientes, []>(
    `SELECT intencion AS que, count(*) AS cuantas, min(intencion_desde) AS desde,
       count(*) FILTER (WHERE intentos > 0) AS fallidas
     FROM pedidos INDEXED BY pedidos_con_intencion WHERE "intencion" IS NOT NULL GROUP BY intencion
     UNION ALL SELECT tipo, count(*), min(desde), count(*) FILTER (WHERE intentos > 0)
     FROM obligaciones GROUP BY tipo ORDER BY que`,
  ),
  ultimoError: statement<{ causa: CausaFallo }, []>(
    `SELECT ultimo_error AS causa, proximo_intento_en AS en
     FROM pedidos INDEXED BY pedidos_con_intencion
     WHERE "intencion" IS NOT NULL AND ultimo_error IS NOT NULL
     UNION ALL SELECT ultimo_error, proxima_en FROM obligaciones WHERE ultimo_error IS NOT NULL
     ORDER BY en DESC LIMIT 1`,
  ),
}

/** In the write of what makes them due. Without effect on what is owed already. */
export function* deber(
  tipo: string,
  claves: readonly string[],
  { ahora, proximaEn, traza }: { ahora: number; proximaEn: number; traza: string },
): Script<void> {
  if (claves.length === 0) return
  yield* sentencias.anotar.run(JSON.stringify(claves), tipo, ahora, proximaEn, traza)
}

/** In the write of what comes of it. */
export function* saldar({ tipo, clave }: Deuda): Script<void> {
  yield* sentencias.cerrar.run(tipo, clave)
}

const enTabla: Lugar = {
  *debidas(tipo, hasta, limite) {
    const filas = yield* sentencias.debidas.all(tipo, hasta, limite)
    return filas.map(({ datos, ...fila }) => ({ tipo, ...fila, datos: JSON.parse(datos) }))
  },
  *tomar({ tipo, clave, proximaEn }, hasta) {
    return yield* sentencias.tomar.run(tipo, clave, proximaEn, hasta)
  },
  *aplazar({ tipo, clave }, { proximaEn, causa = null }) {
    yield* sentencias.aplazar.run(tipo, clave, proximaEn, causa)
  },
}
const lugar = (tipo: string) => (tipo === 'terminar-pedido' ? enPedidos : enTabla)

/** All that is owed, wherever it stands. */
export function createObligaciones(engine: Engine): Obligaciones {
  engine.prepare(...Object.values(sentencias))
  return {
    debidas: (tipo, hasta, limite) => engine.read(() => lugar(tipo).debidas(tipo, hasta, limite)),
    tomar: async (debida, hasta) =>
      (await engine.write(() => lugar(debida.tipo).tomar(debida, hasta))) === 1,
    aplazar: (deuda, aplazo) => engine.write(() => lugar(deuda.tipo).aplazar(deuda, aplazo)),
    cerrar: (deuda) => engine.write(() => saldar(deuda)),
    espera: () =>
      engine.read(function* () {
        const [pendientes, ultimoError, sinPedido] = yield* together(
          sentencias.pendientes.all(),
          sentencias.ultimoError.get(),
          leerMarca.get(marcaSinPedido),
        )
        return {
          pendientes,
          ultimoError: ultimoError?.causa,
          sinPedido: sinPedido && Number(sinPedido.valor),
        }
      }),
  }
}
