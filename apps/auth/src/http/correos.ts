import { appOptions, type service } from '@encargo/service-kit/http/service'
import {
  consulta,
  Instante,
  limitePorDefecto,
  pagina,
  paginacion,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { CorreoVisto } from '../domain/correo.ts'
import type { CorreoStore } from '../ports/correos.ts'

const orNull = Type.Union([Type.String(), Type.Null()])
const Tipo = Type.Union([
  Type.Literal('restablecer'),
  Type.Literal('confirmar'),
  Type.Literal('invitar'),
])
const Estado = Type.Union([
  Type.Literal('pendiente'),
  Type.Literal('enviado'),
  Type.Literal('abandonado'),
])
const Correo = Type.Object({
  id: Uuid,
  tipo: Tipo,
  usuarioId: Uuid,
  estado: Estado,
  intentos: Type.Integer(),
  fallo: Type.Union([Type.String(), Type.Null()], {
    description: 'Por qué falló el último intento, como `EENVELOPE 550`',
  }),
  creadoEn: Instante,
  proximoEn: orNull,
  terminadoEn: orNull,
})
const Consulta = consulta({ ...paginacion, estado: Type.Optional(Estado) })
const respuestas = { 200: pagina(Correo), ...rechazos() }

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
const verCorreo = ({ creadoEn, proximoEn, terminadoEn, ...correo }: CorreoVisto) => ({
  ...correo,
  creadoEn: new Date(creadoEn).toISOString(),
  proximoEn: iso(proximoEn),
  terminadoEn: iso(terminadoEn),
})

/** What is owed and what became of it; never what a mail says, as it lets its reader in. */
export const correosRoutes = (
  base: ReturnType<typeof service>,
  deps: { readonly correos: Pick<CorreoStore, 'listar'> },
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/correos',
    async ({ query: { cursor, estado, limite = limitePorDefecto } }) => {
      const from = cursor === undefined ? {} : { antesDe: decodeCursor(Uuid, cursor) }
      const which = estado === undefined ? {} : { estado }
      const rows = await deps.correos.listar({ ...which, ...from, limite })
      return toPagina(rows, limite, verCorreo, ({ id }) => id)
    },
    {
      acceso: 'personal',
      query: Consulta,
      response: respuestas,
      detail: {
        tags: ['usuarios'],
        summary: 'Correos que se deben, se enviaron o se abandonaron, lo más nuevo primero',
        description:
          'Un correo se intenta hasta que el servidor lo acepta o lo rechaza del todo, o hasta que lo que lleva caduca: 30 minutos (restablecer) o 72 horas (confirmar, invitar). Queda aquí 30 días; su contenido, nunca.',
      },
    },
  )
