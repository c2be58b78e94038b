import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cerrado } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Restablecer } from '../app/restablecer.ts'
import { hashing } from './hashing.ts'
import type { OrigenDe } from './origen.ts'
import { passwordDebil } from './password-debil.ts'
import { Email, Password, TokenDeCorreo } from './schemas.ts'

const Olvido = cerrado({ email: Email })
const NuevaPassword = cerrado({
  token: TokenDeCorreo,
  nueva: Password,
})
const respuestasOlvido = { 202: Type.Object({ mensaje: Type.String() }), ...rechazos() }
const respuestasNueva = { 204: Type.Void(), ...rechazos('token-invalido') }
const mensaje = 'Si hay una cuenta con ese correo, le llegará un mensaje en unos minutos.'
const tags = ['acceso']

interface PasswordRoutesDeps {
  readonly restablecer: Restablecer
  readonly origenDe: OrigenDe
}

export const passwordRoutes = (
  base: ReturnType<typeof service>,
  { restablecer, origenDe }: PasswordRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/password/olvido',
      ({ body, request }) => {
        restablecer.pedir(body.email, origenDe(request).direccion)
        return status(202, { mensaje })
      },
      {
        publico: true,
        body: Olvido,
        response: respuestasOlvido,
        detail: {
          tags,
          summary: 'Pedir por correo un token para cambiar la contraseña',
          description:
            'Responde siempre lo mismo. El token sirve una vez, durante 30 minutos; uno nuevo anula el anterior. Se envían pocos por hora.',
        },
      },
    )
    .post(
      '/password/restablecer',
      async ({ body, request }) => {
        const { direccion } = origenDe(request)
        const result = await hashing(restablecer.restablecer({ ...body, direccion }))
        if (result.tipo === 'password-debil') return passwordDebil('nueva', result.motivo)
        if (result.tipo === 'restablecida') return status(204, undefined)
        const detail = 'El token no existe, ya se usó o caducó. Pide otro.'
        return rechazar('token-invalido', { detail })
      },
      {
        publico: true,
        body: NuevaPassword,
        response: respuestasNueva,
        detail: {
          tags,
          summary: 'Cambiar la contraseña con el token del correo',
          description: 'Todas las sesiones terminan. Una contraseña rechazada no gasta el token.',
        },
      },
    )
