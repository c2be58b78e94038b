import { inProgram } from '@encargo/program'
import { openStorage, type Storage } from '@encargo/storage'

/**
 * Opens productos' database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openProductosStorage(file: string): Storage {
  const migrationsFolder = inProgram('apps/productos/src/store/sqlite/migrations')
  return openStorage({ file, migrationsFolder })
}
