import { csvCalls } from '@encargo/csv/testing'
import type { FilaRecontada } from '../src/domain/recuento.ts'
import { operador } from './fixture.ts'

export const { importar, erroresDe, exportar } = csvCalls<FilaRecontada>('/inventario', operador)
