import { inProgram } from '@encargo/program'
import { openPostgres, type Storage } from '@encargo/storage'

/**
 * Opens pedidos' schema of a PostgreSQL database and brings its tables up to date.
 * @param onCommit is called after each commit of this process, whatever was written
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openPedidosPostgres(
  url: string,
  schema = 'pedidos',
  onCommit: () => void = () => {},
): Promise<Storage> {
  const migrationsFolder = inProgram('apps/pedidos/src/store/postgres/migrations')
  return openPostgres({ url, schema, migrationsFolder, onBatch: onCommit })
}
