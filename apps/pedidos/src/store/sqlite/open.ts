import { openStorage, type Storage } from '@encargo/storage'
import { join } from 'node:path'
import { type PedidosSchema, schema } from './tables.ts'

export type PedidosStorage = Storage<PedidosSchema>

/**
 * Opens and migrates pedidos' database. Throws StorageOpenError. `onCommit` is called after each
 * commit, whatever was written.
 */
export function openPedidosStorage(file: string, onCommit: () => void = () => {}): PedidosStorage {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  const storage = openStorage({ file, schema, migrationsFolder, onBatch: onCommit })
  // What is erased is overwritten, not just unlinked: erasing a person is a promise.
  storage.client.run('PRAGMA secure_delete = ON')
  return storage
}
