import { inProgram } from '@encargo/program'
import { openPostgres, type Storage } from '@encargo/storage'

/**
 * Opens pagos's schema of a PostgreSQL database and brings its tables up to date.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openPagosPostgres(url: string, schema = 'pagos'): Promise<Storage> {
  const migrationsFolder = inProgram('apps/pagos/src/store/postgres/migrations')
  return openPostgres({ url, schema, migrationsFolder })
}
