import { Database } from 'bun:sqlite'
import { databaseFile } from '../targets/system.ts'
import { inventarioWriter } from './inventario.ts'
import { type History, history } from './orders.ts'
import { markIndexed, pedidosWriter } from './pedidos.ts'

const batch = 20_000

/** Opens a database of services that are stopped; its fsyncs are saved up for the end. */
function open(file: string): Database {
  const client = new Database(file, { readwrite: true, create: false })
  client.run(
    'PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA foreign_keys = ON; BEGIN',
  )
  return client
}

function finish(client: Database): void {
  client.run('COMMIT; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)')
  client.close(true)
}

/**
 * Writes a past into the databases of pedidos and inventario, which must be migrated, stocked and
 * stopped, so that both tell the same of every order. Reports progress every so often.
 */
export async function fillOrders(
  folder: string,
  past: History,
  say: (line: string) => void,
): Promise<void> {
  const pedidos = open(databaseFile(folder, 'pedidos'))
  const inventario = open(databaseFile(folder, 'inventario'))
  try {
    const addPedido = pedidosWriter(pedidos)
    const levels = inventarioWriter(inventario)
    for (const order of history(past)) {
      addPedido(order)
      levels.add(order)
      if (order.numero % batch !== 0) continue
      for (const client of [pedidos, inventario]) client.run('COMMIT; BEGIN')
      if (order.numero % (batch * 10) === 0) say(`${order.numero} orders written`)
      // Ctrl-C gets its turn.
      await Bun.sleep(0)
    }
    levels.finish()
    markIndexed(pedidos)
    finish(pedidos)
    finish(inventario)
  } finally {
    pedidos.close()
    inventario.close()
  }
}
