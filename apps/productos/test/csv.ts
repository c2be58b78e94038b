import { csvCalls } from '@encargo/csv/testing'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { join } from 'node:path'
import type { FilaHecha } from '../src/domain/surtido.ts'
import { cleanUp, openShop, operador } from './fixture.ts'

/** The service on a file, where an import has a connection of its own. */
export const openFileShop = () => openShop(join(testFolder('productos', cleanUp), 'productos.db'))

export const { importar, erroresDe, exportar } = csvCalls<FilaHecha>('/productos', operador)
