import { ConIdempotencyKey } from '@encargo/service-kit/http/idempotency'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { ConId } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { etag } from '@encargo/service-kit/http/versions'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Creado, Personal } from '../app/personal.ts'
import { limpios } from './limpieza.ts'
import type { OrigenDe } from './origen.ts'
import { NuevaInvitacion, NuevoCliente, UsuarioVisto, verUsuario } from './schemas.ts'

const creados = {
  201: UsuarioVisto,
  ...rechazos('email-en-uso', 'cedula-en-uso', 'prohibido', 'idempotencia-distinta'),
}
const repetidas = {
  202: Type.Object({ mensaje: Type.String() }),
  ...rechazos('no-encontrado', 'prohibido'),
}
const anuladas = { 204: Type.Void(), ...rechazos('no-encontrado', 'prohibido') }
const tags = ['usuarios']

const detalles = {
  'email-en-uso': 'Ya hay una cuenta con ese correo. Búscala en la lista de usuarios.',
  'cedula-en-uso': 'Ya hay una cuenta con esa cédula. Búscala en la lista de usuarios.',
} as const
const notAllowed = () =>
  rechazar('prohibido', {
    detail: 'Tu cuenta ya no tiene permiso para esto. Inicia sesión de nuevo.',
  })
const notPending = () =>
  rechazar('no-encontrado', { detail: 'No hay ninguna invitación pendiente de esa persona.' })

function answer(result: Creado, headers: Record<string, string | number>) {
  if (result.tipo === 'sin-permiso') return notAllowed()
  if (result.tipo === 'distinta') {
    return rechazar('idempotencia-distinta', {
      detail: 'Con esa Idempotency-Key ya se creó a otra persona. Usa una clave nueva.',
    })
  }
  if (!('usuario' in result)) return rechazar(result.tipo, { detail: detalles[result.tipo] })
  const { usuario } = result
  if (result.tipo === 'repetido') headers['idempotency-replayed'] = 'true'
  headers['location'] = `/usuarios/${usuario.id}`
  headers['etag'] = etag(usuario.version)
  return status(201, verUsuario(usuario))
}

/** Accounts that staff open for others: of customers at the counter, and of more staff. */
export const personalRoutes = (
  base: ReturnType<typeof service>,
  { personal, origenDe }: { readonly personal: Personal; readonly origenDe: OrigenDe },
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/usuarios',
      async ({ identidad, body, headers, request, set }) => {
        const por = { actorId: identidad.id, direccion: origenDe(request).direccion }
        const clave = headers['idempotency-key']
        return answer(await personal.crearCliente(limpios(body), por, clave), set.headers)
      },
      {
        acceso: 'personal',
        headers: ConIdempotencyKey,
        body: NuevoCliente,
        response: creados,
        detail: {
          tags,
          summary: 'Crear un cliente en el mostrador o por teléfono',
          description:
            'Sin contraseña. Si tiene correo, puede hacer suya la cuenta cuando quiera: pide cambiar la contraseña con él. Con `Idempotency-Key` se crea una vez: repetida, responde a quien se creó, con `Idempotency-Replayed: true`, también pasadas 24 h; con otros datos responde 422.',
        },
      },
    )
    .post(
      '/usuarios/invitaciones',
      async ({ identidad, body, request, set }) => {
        const por = { actorId: identidad.id, direccion: origenDe(request).direccion }
        return answer(await personal.invitar(limpios(body), por), set.headers)
      },
      {
        acceso: 'admin',
        body: NuevaInvitacion,
        response: creados,
        detail: {
          tags,
          summary: 'Invitar a alguien al personal',
          description:
            'Le llega un enlace con el que pone su contraseña, una vez y durante 72 horas. Hasta entonces no puede entrar, tampoco pidiendo cambiar la contraseña.',
        },
      },
    )
    .post(
      '/usuarios/:id/invitacion',
      async ({ identidad, params, request }) => {
        const por = { actorId: identidad.id, direccion: origenDe(request).direccion }
        const result = await personal.repetir(params.id, por)
        if (result === 'sin-permiso') return notAllowed()
        if (result === 'no-encontrado') return notPending()
        return status(202, { mensaje: 'Le llegará otro enlace en unos minutos.' })
      },
      {
        acceso: 'admin',
        params: ConId,
        response: repetidas,
        detail: {
          tags,
          summary: 'Enviar otra vez una invitación',
          description: 'Vale 72 horas más; el enlace anterior deja de valer.',
        },
      },
    )
    .delete(
      '/usuarios/:id/invitacion',
      async ({ identidad, params, request }) => {
        const por = { actorId: identidad.id, direccion: origenDe(request).direccion }
        const result = await personal.anular(params.id, por)
        if (result === 'borrado') return status(204, undefined)
        return result === 'sin-permiso' ? notAllowed() : notPending()
      },
      {
        acceso: 'admin',
        params: ConId,
        response: anuladas,
        detail: {
          tags,
          summary: 'Anular una invitación que nadie aceptó todavía',
          description:
            'La cuenta se elimina y su correo queda libre. De quien ya entró responde 404.',
        },
      },
    )
