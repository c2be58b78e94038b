import type { Clock } from '@encargo/service-kit/async/clock'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cerrado } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Cuentas } from '../app/cuentas.ts'
import type { Usuario } from '../domain/usuario.ts'
import type { AuthStore } from '../ports/store.ts'
import { demasiadosIntentos } from './demasiados.ts'
import { hashing } from './hashing.ts'
import { limpios } from './limpieza.ts'
import type { OrigenDe } from './origen.ts'
import { passwordDebil } from './password-debil.ts'
import {
  ConIfMatch,
  EdicionPropia,
  Password,
  PasswordDada,
  UsuarioPropio,
  verPropio,
} from './schemas.ts'
import { accountGone, titularDe } from './titular.ts'

const CambioPassword = cerrado({ actual: PasswordDada, nueva: Password })
const respuestas = { 200: UsuarioPropio, ...rechazos() }
const respuestasEdicion = { 200: UsuarioPropio, ...rechazos('version-distinta') }
const respuestasPassword = { 204: Type.Void(), ...rechazos('credenciales-invalidas') }
const tags = ['mi cuenta']

/** @throws ProblemError 401 when the account is closed */
function own(usuario: Usuario | undefined) {
  const visto = usuario?.activo ? verPropio(usuario) : undefined
  if (!usuario || !visto) throw accountGone()
  return { visto, tag: etag(usuario.version) }
}

interface MeRoutesDeps {
  readonly cuentas: Cuentas
  readonly store: AuthStore
  readonly origenDe: OrigenDe
  readonly clock: Clock
}

export const meRoutes = (
  base: ReturnType<typeof service>,
  { cuentas, store, origenDe, clock }: MeRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/me',
      async ({ identidad, set }) => {
        const { visto, tag } = own(await store.usuarios.porId(identidad.id))
        set.headers['etag'] = tag
        return visto
      },
      {
        acceso: 'usuario',
        response: respuestas,
        detail: { tags, summary: 'Mis datos', description: 'Con ETag, para editarlos después.' },
      },
    )
    .patch(
      '/me',
      async ({ identidad, body: cambios, headers, request, set }) => {
        const result = await store.usuarios.editar({
          id: identidad.id,
          actor: { como: 'propio', ...titularDe(identidad) },
          cambios: limpios(cambios),
          direccion: origenDe(request).direccion,
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          now: clock.epochMs(),
        })
        if (result.tipo === 'version-distinta') {
          const detail = 'Tus datos cambiaron desde que los leíste. Léelos de nuevo y repite.'
          return rechazar('version-distinta', { detail })
        }
        const { visto, tag } = own(result.tipo === 'editado' ? result.usuario : undefined)
        set.headers['etag'] = tag
        return visto
      },
      {
        acceso: 'cuenta',
        body: EdicionPropia,
        headers: ConIfMatch,
        response: respuestasEdicion,
        detail: {
          tags,
          summary: 'Cambiar mi nombre o teléfono',
          description: 'telefono: null lo quita. Con If-Match, solo si nadie los cambió antes.',
        },
      },
    )
    .post(
      '/me/password',
      async ({ identidad, body, request, set }) => {
        const { sesionId } = titularDe(identidad)
        const { direccion } = origenDe(request)
        const result = await hashing(
          cuentas.cambiarPassword({ id: identidad.id, sesionId, direccion, ...body }),
        )
        if (result.tipo === 'sin-cuenta') throw accountGone()
        if (result.tipo === 'demasiados-intentos') {
          return demasiadosIntentos(result.esperaMs, set.headers)
        }
        if (result.tipo === 'password-debil') return passwordDebil('nueva', result.motivo)
        if (result.tipo === 'cambiada') return status(204, undefined)
        const detail = 'La contraseña actual no es esa. Escríbela de nuevo.'
        return rechazar('credenciales-invalidas', { detail })
      },
      {
        acceso: 'cuenta',
        body: CambioPassword,
        response: respuestasPassword,
        detail: {
          tags,
          summary: 'Cambiar mi contraseña',
          description: 'Las demás sesiones terminan; esta sigue.',
        },
      },
    )
