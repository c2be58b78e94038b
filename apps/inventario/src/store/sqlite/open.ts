import { inProgram } from '@encargo/program'
import { openStorage, type SqliteStorage } from '@encargo/storage'

/**
 * Opens inventario's database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openInventarioStorage(file: string): SqliteStorage {
  const migrationsFolder = inProgram('apps/inventario/src/store/sqlite/migrations')
  return openStorage({ file, migrationsFolder })
}
