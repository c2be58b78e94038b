import { claimSchema, fillSchema, markSchema, releaseSchema } from '@encargo/storage/copy'
import { fileOf } from '../../scripts/audit/databases.ts'
import type { Servers } from '../../scripts/lib/shop.ts'
import { withCopy } from '../../scripts/move/out.ts'
import { targetOf } from '../../scripts/move/services.ts'
import { fillOrders } from './fill.ts'
import type { History } from './orders.ts'

/**
 * The same in the schemas of a database server, whose services are stopped: a copy of them is given the
 * past, and takes their place.
 */
export async function fillServer(
  servers: Servers,
  past: History,
  say: (line: string) => void,
): Promise<void> {
  await withCopy(servers, {}, async (folder) => {
    await fillOrders(folder, past, say)
    for (const service of ['pedidos', 'inventario'] as const) {
      const schema = targetOf(service, servers[service].url)
      // As if a copy had been cut short: that is made anew.
      await markSchema(schema, 'mudanza')
      await claimSchema(schema)
      const rows = await fillSchema(schema, fileOf(folder, service))
      await releaseSchema(schema)
      say(`${rows} rows of ${service} copied`)
    }
  })
}
