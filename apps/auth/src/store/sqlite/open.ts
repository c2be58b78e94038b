import { inProgram } from '@encargo/program'
import { openStorage, type SqliteStorage } from '@encargo/storage'

/**
 * Opens auth's database and brings its tables up to date. Erasing a person is a promise.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openAuthStorage(file: string): SqliteStorage {
  const migrationsFolder = inProgram('apps/auth/src/store/sqlite/migrations')
  return openStorage({ file, migrationsFolder, erases: true })
}
