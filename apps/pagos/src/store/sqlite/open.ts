import { inProgram } from '@encargo/program'
import { openStorage, type SqliteStorage } from '@encargo/storage'

/**
 * Opens pagos's database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openPagosStorage(file: string): SqliteStorage {
  const migrationsFolder = inProgram('apps/pagos/src/store/sqlite/migrations')
  return openStorage({ file, migrationsFolder })
}
