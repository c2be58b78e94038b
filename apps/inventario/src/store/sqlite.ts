import { join } from 'node:path'
import { openStorage, type Storage, type StorageOptions } from '@encargo/storage'
import { createExistencias } from './existencias.ts'
import { createInstalacion } from './instalacion.ts'
import { createLibro } from './libro.ts'
import type { InventarioStore } from './port.ts'
import { createRecuento } from './recuento.ts'
import { createReservas } from './reservas.ts'
import { type InventarioSchema, schema } from './tables.ts'

/** Opens inventario's database and brings its tables up to date. Throws StorageOpenError. */
export function openInventarioStorage(
  options: Pick<StorageOptions<InventarioSchema>, 'file' | 'onBatch'>,
): Storage<InventarioSchema> {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  return openStorage({ ...options, schema, migrationsFolder })
}

/** When something was last reserved or moved, in milliseconds since the epoch; null before that. */
export function ultimoMomento({ client }: Storage<InventarioSchema>): number | null {
  const ultimo = client
    .query<{ en: number | null }, []>(
      `SELECT max(
         coalesce((SELECT creada_en FROM reservas ORDER BY n DESC LIMIT 1), 0),
         coalesce((SELECT creado_en FROM movimientos ORDER BY secuencia DESC LIMIT 1), 0)) AS en`,
    )
    .get()
  return ultimo?.en || null
}

/** The store on SQLite. `newId` names the lines of the ledger. */
export function createInventarioStore(
  storage: Storage<InventarioSchema>,
  newId: () => string,
): InventarioStore {
  const libro = createLibro(storage.client, newId)
  return {
    ...createExistencias(storage, libro),
    ...createRecuento(storage, newId),
    ...createReservas(storage, libro),
    ...createInstalacion(storage),
  }
}
