import { Type } from '@sinclair/typebox'
import { t } from 'elysia'
import { consulta } from '../schemas.ts'

/** The query of a route that imports a file. */
export const ConsultaImportacion = consulta({
  simular: Type.Optional(t.Boolean({ description: 'Solo dice qué haría; no escribe nada' })),
})
