import type { Clock } from '@encargo/service-kit/async/clock'
import { audience } from '@encargo/service-kit/identity/tokens'
import { SignJWT } from 'jose'
import { accessTokenSeconds } from '../domain/sesion.ts'
import type { FirmarToken } from '../ports/seguridad.ts'
import type { KeyRing } from './key-ring.ts'
import { algorithm } from './signing-key.ts'

export interface FirmarDeps {
  readonly ring: KeyRing
  /** A URL (RFC 9068, 2.2), where auth is known by. */
  readonly issuer: string
  readonly clock: Clock
  readonly uuid: () => string
}

/**
 * Signs access tokens as RFC 9068 has them; `sid` names the session that a user's token is of,
 * `client_id` the service account that asked for its own. A user signs in without a client.
 */
export function createAccessTokens({ ring, issuer, clock, uuid }: FirmarDeps): FirmarToken {
  return async (sujeto) => {
    const { kid, privateKey } = await ring.signing()
    const seconds = Math.floor(clock.epochMs() / 1000)
    const grant =
      sujeto.tipo === 'usuario'
        ? { rol: sujeto.rol, sid: sujeto.sesionId }
        : { scope: sujeto.scopes.join(' '), client_id: sujeto.id }
    const claims = { iss: issuer, aud: audience, sub: sujeto.id, jti: uuid() }
    return await new SignJWT({
      ...claims,
      ...grant,
      iat: seconds,
      exp: seconds + accessTokenSeconds,
    })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid })
      .sign(privateKey)
  }
}
