import type { Storage } from '@encargo/storage'
import type { Instalacion } from '../ports/peers.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

/** How many orders are named from each end: some of them any database of the same shop has. */
const porExtremo = 32

/** Who this database is, and what another one that belongs to it must know of its orders. */
export function createInstalacion({ client }: Storage<PedidosSchema>): Instalacion {
  const id = client
    .query<{ valor: string }, []>("SELECT valor FROM marcas WHERE nombre = 'instalacion'")
    .get()?.valor
  if (id === undefined)
    throw new Error('a database without its installation, which a migration writes')
  const ends = client.prepare<{ id: string }, []>(
    `SELECT id FROM (SELECT id FROM pedidos ORDER BY numero LIMIT ${porExtremo})
     UNION SELECT id FROM (SELECT id FROM pedidos ORDER BY numero DESC LIMIT ${porExtremo})`,
  )
  return { id, testigos: () => ends.all().map((row) => row.id) }
}
