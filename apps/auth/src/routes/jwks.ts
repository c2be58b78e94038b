import { appOptions, rechazos, type service } from '@encargo/service-kit'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { KeyRing } from '../security/key-ring.ts'

const Clave = Type.Object({
  kid: Type.String(),
  kty: Type.String(),
  crv: Type.String(),
  x: Type.String(),
  alg: Type.String(),
  use: Type.String(),
})
const respuestas = { 200: Type.Object({ keys: Type.Array(Clave) }), ...rechazos() }

export const jwksRoutes = (base: ReturnType<typeof service>, deps: { ring: KeyRing }) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/.well-known/jwks.json',
    async ({ set }) => {
      // Short, so that a new key is seen before it signs.
      set.headers['cache-control'] = 'public, max-age=10'
      return { keys: await deps.ring.publicKeys() }
    },
    {
      publico: true,
      response: respuestas,
      detail: {
        tags: ['acceso'],
        summary: 'Claves públicas con las que se comprueban los tokens (RFC 7517)',
      },
    },
  )
