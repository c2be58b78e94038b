import { inProgram } from '@encargo/program'
import { openPostgres, type Storage } from '@encargo/storage'

/**
 * Opens productos' schema of a PostgreSQL database and brings its tables up to date.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openProductosPostgres(url: string, schema = 'productos'): Promise<Storage> {
  const migrationsFolder = inProgram('apps/productos/src/store/postgres/migrations')
  return openPostgres({ url, schema, migrationsFolder })
}
