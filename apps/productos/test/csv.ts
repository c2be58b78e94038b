import { csvCalls } from '@encargo/csv/testing'
import type { FilaHecha } from '../src/domain/surtido.ts'
import { operador } from './fixture.ts'

export const { importar, erroresDe, exportar } = csvCalls<FilaHecha>('/productos', operador)
