import { join } from 'node:path'
import { openStorage, type Storage } from '@encargo/storage'

/**
 * Opens auth's database and brings its tables up to date. Erasing a person is a promise.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openAuthStorage(file: string): Storage {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  return openStorage({ file, migrationsFolder, erases: true })
}
