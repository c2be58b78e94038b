import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cerrado } from '@encargo/service-kit/http/schemas'
import { problemError, rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { ConfirmarEmail } from '../app/confirmar.ts'
import { esperar } from './demasiados.ts'
import type { OrigenDe } from './origen.ts'
import { TokenDeCorreo } from './schemas.ts'

const Confirmacion = cerrado({ token: TokenDeCorreo })
const respuestas = { 204: Type.Void(), ...rechazos('token-invalido') }
const respuestasPedir = { 202: Type.Object({ mensaje: Type.String() }), ...rechazos() }
const mensajes = {
  enviada: 'Te llegará un mensaje en unos minutos.',
  'ya-confirmado': 'Tu correo ya está confirmado.',
} as const

interface ConfirmacionRoutesDeps {
  readonly confirmar: ConfirmarEmail
  readonly origenDe: OrigenDe
}

export const confirmacionRoutes = (
  base: ReturnType<typeof service>,
  { confirmar, origenDe }: ConfirmacionRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/correo/confirmar',
      async ({ body, request }) => {
        const { direccion } = origenDe(request)
        if (await confirmar.confirmar(body.token, direccion)) return status(204, undefined)
        const detail = 'El enlace no existe, ya se usó o caducó. Pide otro desde tu cuenta.'
        return rechazar('token-invalido', { detail })
      },
      {
        publico: true,
        body: Confirmacion,
        response: respuestas,
        detail: {
          tags: ['acceso'],
          summary: 'Confirmar un correo con el token que llegó a él',
          description:
            'El token sirve una vez, durante 72 horas. Quien restablece la contraseña por correo lo confirma también.',
        },
      },
    )
    .post(
      '/me/confirmacion',
      async ({ identidad, request, set }) => {
        const pedida = await confirmar.pedir(identidad.id, origenDe(request).direccion)
        if (pedida.tipo === 'sin-cuenta') {
          throw problemError('no-autenticado', { detail: 'La cuenta de este token está cerrada.' })
        }
        if (pedida.tipo !== 'demasiados-intentos') {
          return status(202, { mensaje: mensajes[pedida.tipo] })
        }
        return esperar(pedida.esperaMs, set.headers, 'Ya se enviaron varios mensajes')
      },
      {
        acceso: 'cuenta',
        response: respuestasPedir,
        detail: {
          tags: ['mi cuenta'],
          summary: 'Pedir otro correo de confirmación',
          description: 'Uno nuevo anula el anterior. Se envían pocos por hora.',
        },
      },
    )
