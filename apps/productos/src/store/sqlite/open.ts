import { crashAround } from '@encargo/service-kit/run/crash-points'
import { openStorage, type Storage } from '@encargo/storage'
import { join } from 'node:path'

/**
 * Opens productos' database and brings its tables up to date.
 * @throws StorageOpenError
 */
export function openProductosStorage(file: string): Storage {
  const storage = openStorage({ file, migrationsFolder: join(import.meta.dir, 'migrations') })
  return {
    ...storage,
    write: (work) => crashAround('productos.escribir', () => storage.write(work)),
    writeInSteps: (work) =>
      crashAround('productos.importar.escribir', () => storage.writeInSteps(work)),
  }
}
