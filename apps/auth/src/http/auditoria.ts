import { appOptions, type service } from '@encargo/service-kit/http/service'
import {
  consulta,
  Instante,
  limitePorDefecto,
  pagina,
  paginacion,
} from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { acciones, type ApunteGuardado } from '../domain/auditoria.ts'
import type { AuditoriaStore } from '../ports/auditoria.ts'

/** Of a person or a service account; all are kept in lower case. */
const Id = Type.Transform(Type.String({ minLength: 1, maxLength: 100 }))
  .Decode((id) => id.toLowerCase())
  .Encode((id) => id)
const orNull = Type.Union([Type.String(), Type.Null()])
const Linea = Type.Object({
  numero: Type.Integer(),
  en: Instante,
  accion: Type.String(),
  actorId: orNull,
  sujetoId: orNull,
  red: Type.Union([Type.String(), Type.Null()], { description: 'red de origen, no la dirección' }),
  detalle: orNull,
})
const Consulta = consulta({
  ...paginacion,
  accion: Type.Optional(
    Type.String({
      pattern: `^(${acciones.join('|')})$`,
      error: `debe ser uno de ${acciones.join(', ')}`,
    }),
  ),
  actorId: Type.Optional(Id),
  sujetoId: Type.Optional(Id),
})
const Cursor = Type.Integer({ minimum: 1 })
const respuestas = { 200: pagina(Linea), ...rechazos() }

const verLinea = (apunte: ApunteGuardado) => ({ ...apunte, en: new Date(apunte.en).toISOString() })

export const auditoriaRoutes = (
  base: ReturnType<typeof service>,
  deps: { readonly auditoria: AuditoriaStore },
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/auditoria',
    async ({ query: { cursor, limite = limitePorDefecto, ...filtro } }) => {
      const from = cursor === undefined ? {} : { antesDe: decodeCursor(Cursor, cursor) }
      const rows = await deps.auditoria.listar({ ...filtro, ...from, limite })
      return toPagina(rows, limite, verLinea, ({ numero }) => numero)
    },
    {
      acceso: 'personal',
      query: Consulta,
      response: respuestas,
      detail: {
        tags: ['auditoría'],
        summary: 'Registro de auditoría, lo más nuevo primero',
        description: `Quién, a quién, cuándo y desde qué red. No se puede cambiar ni borrar, y de las personas solo tiene el id. Acciones: ${acciones.join(', ')}.`,
      },
    },
  )
