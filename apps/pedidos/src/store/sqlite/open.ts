import { inProgram } from '@encargo/program'
import { openStorage, type SqliteStorage } from '@encargo/storage'

/**
 * Opens pedidos' database and brings its tables up to date. Erasing a person is a promise.
 * @param onCommit is called after each commit, whatever was written
 * @throws StorageOpenError
 */
export function openPedidosStorage(file: string, onCommit: () => void = () => {}): SqliteStorage {
  const migrationsFolder = inProgram('apps/pedidos/src/store/sqlite/migrations')
  return openStorage({ file, migrationsFolder, erases: true, onBatch: onCommit })
}
