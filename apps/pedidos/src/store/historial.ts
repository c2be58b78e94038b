import { type Engine, statement } from '@encargo/storage'
import { aEvento, type EventoSeguido, type FilaEvento } from '../domain/evento.ts'
import type { Historial } from '../ports/store.ts'
import { numerosDeCliente, sinAnotarDesde } from './de-cliente.ts'
import { enOrden } from './en-orden.ts'
import { consultas as deSeguidor, enTrecho, eventos } from './seguidor.ts'

const columnas = `e.secuencia, p.id AS "pedidoId", e.numero, p.cliente_id AS "clienteId",
  e.estado, e.motivo, e.en, e.tipo`

type FilaSeguida = FilaEvento<EventoSeguido>

export const consultas = {
  deTodos: statement<FilaSeguida, [desde: number, hasta: number, limite: number]>(
    enOrden(
      (luego) => `SELECT ${columnas} FROM ${eventos(luego)}
     WHERE ${enTrecho} ORDER BY e.secuencia LIMIT ?3`,
    ),
  ),
  /** Begins with one customer's orders, which are few, however long the history of all is. */
  deUno: statement<
    FilaSeguida,
    [clienteId: string, sinAnotarDesde: number, desde: number, hasta: number, limite: number]
  >(
    enOrden(
      (luego) => `SELECT ${columnas}
     FROM (${numerosDeCliente}) suyos ${luego('pedidos', 'p', 'p.numero = suyos.numero')}
       ${luego('pedido_eventos', 'e', 'e.numero = p.numero AND e.secuencia > ?3 AND e.secuencia <= ?4')}
     WHERE p.cliente_id = ?1 ORDER BY e.secuencia LIMIT ?5`,
    ),
  ),
} as const

/**
 * The history in a database that writes one transaction after the other: a row that can be seen has
 * no invisible one before it.
 */
export function createHistorial(engine: Engine): Historial {
  return {
    ultima: async () => (await engine.ask(deSeguidor.ultima.get()))?.ultima ?? 0,
    async leer({ clienteId, desde, hasta, limite }) {
      const filas =
        clienteId === undefined
          ? await engine.ask(consultas.deTodos.all(desde, hasta, limite))
          : await engine.read(function* () {
              const corte = yield* sinAnotarDesde()
              return yield* consultas.deUno.all(clienteId, corte, desde, hasta, limite)
            })
      return filas.map(aEvento)
    },
  }
}
