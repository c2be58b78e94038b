import { inProgram } from '@encargo/program'
import { openStorage, type SqliteStorage } from '@encargo/storage'

/**
 * Opens productos' database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openProductosStorage(file: string): SqliteStorage {
  const migrationsFolder = inProgram('apps/productos/src/store/sqlite/migrations')
  return openStorage({ file, migrationsFolder })
}
