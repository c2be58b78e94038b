import { appOptions, type service } from '@encargo/service-kit/http/service'
import {
  type ClavesDeAuth,
  longestLifeSeconds,
  subjectDigest,
} from '@encargo/service-kit/identity/key-cache'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { KeyRing } from '../security/key-ring.ts'
import type { AuditoriaStore } from '../store/port.ts'
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

export interface ClavesDeps {
  readonly ring: KeyRing
  readonly issuer: string
  readonly auditoria: Pick<AuditoriaStore, 'cambiados'>
  readonly now: () => Date
}

/** What whoever checks tokens goes by, this service included. */
export async function clavesDeAuth({ ring, issuer, auditoria, now }: ClavesDeps) {
  const cambiados = await auditoria.cambiados(now().getTime() - longestLifeSeconds * 1000)
  return {
    issuer,
    keys: await ring.publicKeys(),
    rolesCambiados: cambiados.map(({ id, rol }) => ({ sujeto: subjectDigest(id), rol })),
  } satisfies ClavesDeAuth
}

export const jwksRoutes = (base: ReturnType<typeof service>, deps: ClavesDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      rutaClaves,
      async ({ set }) => {
        // Short, so that a new key is seen before it signs.
        set.headers['cache-control'] = 'public, max-age=10'
        return await clavesDeAuth(deps)
      },
      {
        publico: true,
        response: respuestas,
        detail: {
          tags: ['acceso'],
          summary: 'Claves públicas con las que se comprueban los tokens (RFC 7517)',
          description:
            'Se vuelve a pedir cada pocos segundos: un token de una clave que ya no está, o cuyo `rol` no es el que dice `rolesCambiados`, deja de valer. Ahí están las cuentas que cambiaron en los últimos 15 minutos, más de lo que vive un token.',
        },
      },
    )
    .get(
      '/.well-known/oauth-authorization-server',
      ({ set }) => {
        set.headers['cache-control'] = 'public, max-age=3600'
        return metadatosDe(deps.issuer)
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
