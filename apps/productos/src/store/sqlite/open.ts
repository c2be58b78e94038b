import { crashAround } from '@encargo/service-kit/run/crash-points'
import { openStorage, type Storage } from '@encargo/storage'
import { join } from 'node:path'
import { renovarDerivados } from './renovar.ts'
import { schema } from './tables.ts'

export type ProductosStorage = Storage<typeof schema> & {
  /** SKUs that are by today's rule another product's too, and that nobody finds theirs by. */
  readonly skusRepetidos: readonly string[]
}

/**
 * Opens and migrates productos' database, and brings what follows from the products' texts up to date.
 * @throws StorageOpenError
 */
export function openProductosStorage(file: string): ProductosStorage {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  const storage = openStorage({ file, schema, migrationsFolder })
  return {
    ...storage,
    skusRepetidos: renovarDerivados(storage),
    write: (work) => crashAround('productos.escribir', () => storage.write(work)),
    writeInSteps: (work) =>
      crashAround('productos.importar.escribir', () => storage.writeInSteps(work)),
  }
}
