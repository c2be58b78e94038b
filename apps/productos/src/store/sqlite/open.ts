import { openStorage, type Storage } from '@encargo/storage'
import { join } from 'node:path'

/**
 * Opens productos' database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openProductosStorage(file: string): Storage {
  return openStorage({ file, migrationsFolder: join(import.meta.dir, 'migrations') })
}
