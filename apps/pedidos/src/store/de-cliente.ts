import { type Script, statement } from '@encargo/storage'
import { enOrden } from './en-orden.ts'
import { altas, type Derivado } from './seguidor.ts'

const nombre = 'clientes'

export const consultas = {
  /** The history is in the order of the numbers, where it tells of new orders. */
  primera: statement<{ readonly numero: number }, []>(
    `SELECT numero FROM pedido_eventos
     WHERE secuencia > coalesce(
         (SELECT CAST(valor AS BIGINT) FROM marcas WHERE nombre = '${nombre}'), 0)
       AND estado = 'Pendiente' AND tipo IS NULL
     ORDER BY secuencia LIMIT 1`,
  ),
  tomar: statement<never, [desde: number, hasta: number]>(
    enOrden(
      (luego) => `INSERT INTO pedidos_de_cliente (cliente_id, numero)
     SELECT p.cliente_id, p.numero FROM ${altas(luego)} ORDER BY p.cliente_id, p.numero`,
    ),
  ),
} as const
const vaciar = statement<never, []>('DELETE FROM pedidos_de_cliente')

/** One customer's orders, `?1`, when the table has those before `?2`. */
export const numerosDeCliente = `SELECT numero FROM pedidos_de_cliente WHERE cliente_id = ?1 AND numero < ?2
  UNION ALL SELECT numero FROM pedidos WHERE cliente_id = ?1 AND numero >= ?2`

/**
 * The number of the first order that `pedidos_de_cliente` does not have yet: from there on, a
 * customer's orders are found by looking at each. Beyond all numbers when it has all of them. To be
 * asked before the table is read, which by then may have more.
 */
export function* sinAnotarDesde(): Script<number> {
  return (yield* consultas.primera.get())?.numero ?? Number.MAX_SAFE_INTEGER
}

/**
 * Takes new orders into the lists of their customers: in lots, as customers come in no order, and a
 * lot of orders touches few of the pages that as many purchases would have written one by one.
 */
export const deCliente: Derivado = {
  nombre,
  *vaciar() {
    yield* vaciar.run()
  },
  *aplicar({ desde, hasta }) {
    yield* consultas.tomar.run(desde, hasta)
  },
}
