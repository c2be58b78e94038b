import { join } from 'node:path'
import { openStorage, type Storage } from '@encargo/storage'

/**
 * Opens inventario's database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openInventarioStorage(file: string): Storage {
  return openStorage({ file, migrationsFolder: join(import.meta.dir, 'migrations') })
}
