import { join } from 'node:path'
import { openStorage, type Storage } from '@encargo/storage'
import { type InventarioSchema, schema } from './tables.ts'

export type InventarioStorage = Storage<InventarioSchema>

/**
 * Opens inventario's database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openInventarioStorage(file: string): InventarioStorage {
  return openStorage({ file, schema, migrationsFolder: join(import.meta.dir, 'migrations') })
}
