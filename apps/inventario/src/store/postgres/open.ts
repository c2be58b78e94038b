import { inProgram } from '@encargo/program'
import { openPostgres, type Storage } from '@encargo/storage'

/**
 * Opens inventario's schema of a PostgreSQL database and brings its tables up to date.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openInventarioPostgres(url: string, schema = 'inventario'): Promise<Storage> {
  const migrationsFolder = inProgram('apps/inventario/src/store/postgres/migrations')
  return openPostgres({ url, schema, migrationsFolder })
}
