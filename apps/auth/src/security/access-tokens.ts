import { audience, type Rol, type Scope } from '@encargo/service-kit/identity/tokens'
import { SignJWT } from 'jose'
import type { KeyRing } from './key-ring.ts'
import { algorithm } from './signing-key.ts'

/** How long an access token is good, in seconds. */
export const accessTokenSeconds = 600

export type Sujeto =
  | { readonly tipo: 'usuario'; readonly id: string; readonly rol: Rol; readonly sesionId: string }
  | { readonly tipo: 'servicio'; readonly id: string; readonly scopes: readonly Scope[] }

export interface FirmarDeps {
  readonly ring: KeyRing
  /** A URL (RFC 9068, 2.2), where auth is known by. */
  readonly issuer: string
  readonly now: () => Date
  readonly newId: () => string
}

export type FirmarToken = (sujeto: Sujeto) => Promise<string>

/**
 * Signs access tokens as RFC 9068 has them; `sid` names the session that a user's token is of,
 * `client_id` the service account that asked for its own. A user signs in without a client.
 */
export function createAccessTokens({ ring, issuer, now, newId }: FirmarDeps): FirmarToken {
  return async (sujeto) => {
    const { kid, privateKey } = await ring.signing()
    const seconds = Math.floor(now().getTime() / 1000)
    const grant =
      sujeto.tipo === 'usuario'
        ? { rol: sujeto.rol, sid: sujeto.sesionId }
        : { scope: sujeto.scopes.join(' '), client_id: sujeto.id }
    const claims = { iss: issuer, aud: audience, sub: sujeto.id, jti: newId() }
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
