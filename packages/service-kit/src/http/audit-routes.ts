import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { ApunteGuardado, ListarAuditoria } from '../audit/log.ts'
import { decodeCursor, toPagina } from './pagination.ts'
import { rechazos } from './problems.ts'
import { consulta, Instante, limitePorDefecto, pagina, paginacion } from './schemas.ts'
import { appOptions, type service } from './service.ts'

/** Of a person, a service account or a thing; all are kept in lower case. */
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
const Cursor = Type.Integer({ minimum: 1 })
const respuestas = { 200: pagina(Linea), ...rechazos() }

const verLinea = (apunte: ApunteGuardado) => ({ ...apunte, en: new Date(apunte.en).toISOString() })

interface AuditRoutes {
  readonly listar: ListarAuditoria
  /** What a line of this service can say that was done. */
  readonly acciones: readonly string[]
}

/** `GET /auditoria`: what a service has noted of who did what, for staff. */
export function auditRoutes(base: ReturnType<typeof service>, { listar, acciones }: AuditRoutes) {
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
  return new Elysia({ ...appOptions }).use(base).get(
    '/auditoria',
    async ({ query: { cursor, limite = limitePorDefecto, ...filtro } }) => {
      const from = cursor === undefined ? {} : { antesDe: decodeCursor(Cursor, cursor) }
      const rows = await listar({ ...filtro, ...from, limite })
      return toPagina(rows, limite, verLinea, ({ numero }) => numero)
    },
    {
      acceso: 'personal',
      query: Consulta,
      response: respuestas,
      detail: {
        tags: ['auditoría'],
        summary: 'Registro de auditoría, lo más nuevo primero',
        description: `Quién, a quién o a qué, cuándo y desde qué red. No se puede cambiar ni borrar, y de las personas solo tiene el id. Acciones: ${acciones.join(', ')}.`,
      },
    },
  )
}
