import { crashAround } from '@encargo/service-kit/run/crash-points'
import { type Engine, openStorage } from '@encargo/storage'
import { join } from 'node:path'
import { schema } from './tables.ts'

/**
 * Opens and migrates productos' database.
 * @throws StorageOpenError
 */
export function openProductosStorage(file: string) {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  const storage = openStorage({ file, schema, migrationsFolder })
  const engine: Engine = {
    ...storage.engine,
    write: (work) => crashAround('productos.escribir', () => storage.engine.write(work)),
    writeInSteps: (work) =>
      crashAround('productos.importar.escribir', () => storage.engine.writeInSteps(work)),
  }
  return { ...storage, file, engine }
}
export type ProductosStorage = ReturnType<typeof openProductosStorage>
