import { inProgram } from '@encargo/program'
import { openPostgres, type Storage } from '@encargo/storage'

/**
 * Opens auth's schema of a PostgreSQL database and brings its tables up to date.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openAuthPostgres(url: string, schema = 'auth'): Promise<Storage> {
  const migrationsFolder = inProgram('apps/auth/src/store/postgres/migrations')
  return openPostgres({ url, schema, migrationsFolder })
}
