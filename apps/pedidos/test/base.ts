import { onPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import type { Storage } from '@encargo/storage'
import { openPedidosPostgres } from '../src/store/postgres/open.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'

/** A database at which any number of processes can be, on the engine that is being tested. */
export interface Base {
  /** For one more process; a database in memory is the same for all. */
  abrir(): Promise<Storage>
  cerrar(): Promise<void>
}

let servidor: Promise<string> | undefined
let hechas = 0

/** A new one, which is empty. On PostgreSQL it is a schema of its own. */
export async function baseNueva(): Promise<Base> {
  if (!onPostgres) {
    const storage = openPedidosStorage(':memory:')
    return { abrir: () => Promise.resolve(storage), cerrar: () => storage.close() }
  }
  const url = await (servidor ??= testDatabase())
  const schema = `base${hechas++}`
  const abiertas: Storage[] = []
  return {
    async abrir() {
      const storage = await openPedidosPostgres(url, schema)
      abiertas.push(storage)
      return storage
    },
    cerrar: async () => void (await Promise.all(abiertas.map((una) => una.close()))),
  }
}
