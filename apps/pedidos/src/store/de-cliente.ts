import type { Storage } from '@encargo/storage'
import { type Derivado, hechos, Seguidor } from './seguidor.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

const nombre = 'clientes'

export const consultas = {
  /** The history is in the order of the numbers, where it tells of new orders. */
  nuevos: `SELECT numero FROM pedido_eventos
    WHERE secuencia > coalesce(
        (SELECT CAST(valor AS INTEGER) FROM marcas WHERE nombre = '${nombre}'), 0)
      AND estado = 'Pendiente'
    ORDER BY secuencia LIMIT 1`,
  /** One customer's orders, `?1`, when the table has those before `?2`. */
  numeros: `SELECT numero FROM pedidos_de_cliente WHERE cliente_id = ?1 AND numero < ?2
    UNION ALL SELECT numero FROM pedidos WHERE cliente_id = ?1 AND numero >= ?2`,
  tomar: `INSERT INTO pedidos_de_cliente (cliente_id, numero)
    SELECT p.cliente_id, p.numero FROM ${hechos} ORDER BY p.cliente_id, p.numero`,
} as const

/**
 * Tells the number of the first order that `pedidos_de_cliente` does not have yet: from there on, a
 * customer's orders are found by looking at each. Beyond all numbers when it has all of them. To be
 * asked before the table is read, which by then may have more.
 */
export function nuevosDesde(client: Client): () => number {
  const primero = client.prepare<{ numero: number }, []>(consultas.nuevos)
  return () => primero.get()?.numero ?? Number.MAX_SAFE_INTEGER
}

/**
 * Takes new orders into the lists of their customers: in lots, as customers come in no order, and a
 * lot of orders touches few of the pages that as many purchases would have written one by one.
 */
export function createDeCliente(storage: Storage<PedidosSchema>, reloj: () => number): Seguidor {
  const tomar = storage.client.prepare(consultas.tomar)
  const vaciar = storage.client.prepare('DELETE FROM pedidos_de_cliente')
  const derivado: Derivado = {
    nombre,
    vaciar: () => void vaciar.run(),
    aplicar: ({ desde, hasta }) => void tomar.run(desde, hasta),
  }
  return new Seguidor(storage, derivado, reloj)
}
