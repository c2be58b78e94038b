import { csvCalls } from '@encargo/csv/testing'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { join } from 'node:path'
import type { FilaRecontada } from '../src/domain/recuento.ts'
import { cleanUp, openWarehouse, operador } from './fixture.ts'

/** The service on a file, where an import has a connection of its own. */
export const openFileWarehouse = () =>
  openWarehouse(join(testFolder('inventario', cleanUp), 'inventario.db'))

export const { importar, erroresDe, exportar } = csvCalls<FilaRecontada>('/inventario', operador)
