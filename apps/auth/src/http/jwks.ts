import { appOptions, type service } from '@encargo/service-kit/http/service'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Claves } from '../app/claves.ts'
import { Metadatos, metadatosDe, rutaClaves } from './metadatos.ts'
import { RolSchema } from './schemas.ts'

const Clave = Type.Object({
  kid: Type.String(),
  kty: Type.String(),
  crv: Type.String(),
  x: Type.String(),
  alg: Type.String(),
  use: Type.String(),
})
const RolCambiado = Type.Object({
  sujeto: Type.String({ description: 'SHA-256 de `sub`, en base64url' }),
  rol: Type.Union([RolSchema, Type.Null()], {
    description: 'El de ahora; `null` en una cuenta cerrada',
  }),
})
const respuestas = {
  200: Type.Object({
    issuer: Type.String({ description: 'Lo que dice `iss` en los tokens' }),
    keys: Type.Array(Clave),
    rolesCambiados: Type.Array(RolCambiado),
  }),
  ...rechazos(),
}

const respuestasMetadatos = { 200: Metadatos, ...rechazos() }

interface JwksRoutesDeps {
  readonly claves: Claves
  readonly issuer: string
  /** Where this service is below that origin; nothing for one that has it to itself. */
  readonly camino: string
}

export const jwksRoutes = (base: ReturnType<typeof service>, deps: JwksRoutesDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      rutaClaves,
      async ({ set }) => {
        // Short, so that a new key is seen before it signs.
        set.headers['cache-control'] = 'public, max-age=10'
        return await deps.claves()
      },
      {
        publico: true,
        response: respuestas,
        detail: {
          tags: ['acceso'],
          summary: 'Claves públicas con las que se comprueban los tokens (RFC 7517)',
          description:
            'Se vuelve a pedir cada pocos segundos: un token de una clave que ya no está, o cuyo `rol` no es el que dice `rolesCambiados`, deja de valer. Ahí están las cuentas que cambiaron en los últimos 15 minutos, más de lo que vive un token; las de quienes compraron sin cuenta, dos horas.',
        },
      },
    )
    .get(
      '/.well-known/oauth-authorization-server',
      ({ set }) => {
        set.headers['cache-control'] = 'public, max-age=3600'
        return metadatosDe(deps.issuer, deps.camino)
      },
      {
        publico: true,
        response: respuestasMetadatos,
        detail: {
          tags: ['acceso'],
          summary: 'Lo que un cliente OAuth necesita saber de este servicio (RFC 8414)',
        },
      },
    )
