import type { Storage } from '@encargo/storage'
import type { Historial, Novedad, Trozo } from '../domain/novedad.ts'
import { consultas as deCliente, nuevosDesde } from './de-cliente.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

const columnas = `e.secuencia, p.id AS pedidoId, e.numero, p.cliente_id AS clienteId,
  e.estado, e.motivo, e.en`

export const consultas = {
  ultima: 'SELECT coalesce(max(secuencia), 0) AS ultima FROM pedido_eventos',
  /** Walks along the history; `CROSS JOIN` keeps SQLite from beginning with the orders. */
  deTodos: `SELECT ${columnas}
    FROM pedido_eventos e CROSS JOIN pedidos p ON p.numero = e.numero
    WHERE e.secuencia > ? AND e.secuencia <= ?
    ORDER BY e.secuencia LIMIT ?`,
  /** Begins with one customer's orders, which are few, however long the history of all is. */
  deUno: `SELECT ${columnas}
    FROM (${deCliente.numeros}) suyos CROSS JOIN pedidos p ON p.numero = suyos.numero
      CROSS JOIN pedido_eventos e INDEXED BY pedido_eventos_por_pedido ON e.numero = p.numero
    WHERE p.cliente_id = ?1 AND e.secuencia > ?3 AND e.secuencia <= ?4
    ORDER BY e.secuencia LIMIT ?5`,
} as const

/**
 * The history in SQLite, which writes one transaction after the other: a row that can be seen has
 * no invisible one before it. An engine with concurrent writers must see to that itself.
 */
export function createHistorial({ client }: Storage<PedidosSchema>): Historial {
  const ultima = client.prepare<{ ultima: number }, []>(consultas.ultima)
  const deTodos = client.prepare<Novedad, [number, number, number]>(consultas.deTodos)
  const deUno = client.prepare<Novedad, [string, number, number, number, number]>(consultas.deUno)
  const nuevos = nuevosDesde(client)
  return {
    ultima: async () => ultima.get()?.ultima ?? 0,
    leer: async ({ clienteId, desde, hasta, limite }: Trozo) =>
      clienteId === null
        ? deTodos.all(desde, hasta, limite)
        : deUno.all(clienteId, nuevos(), desde, hasta, limite),
  }
}
