import type { Clock } from '@encargo/service-kit/async/clock'
import { guestLifeSeconds } from '@encargo/service-kit/identity/key-cache'
import { audience } from '@encargo/service-kit/identity/tokens'
import { SignJWT } from 'jose'
import { accessTokenSeconds } from '../domain/sesion.ts'
import type { FirmarToken, Sujeto } from '../ports/seguridad.ts'
import type { KeyRing } from './key-ring.ts'
import { algorithm } from './signing-key.ts'

export interface FirmarDeps {
  readonly ring: KeyRing
  /** A URL (RFC 9068, 2.2), where auth is known by. */
  readonly issuer: string
  readonly clock: Clock
  readonly uuid: () => string
}

function grantOf(sujeto: Sujeto) {
  switch (sujeto.tipo) {
    case 'usuario':
      return { rol: sujeto.rol, sid: sujeto.sesionId }
    case 'invitado':
      return { rol: 'cliente', inv: true }
    case 'servicio':
      return { scope: sujeto.scopes.join(' '), client_id: sujeto.id }
  }
}

/**
 * Signs access tokens as RFC 9068 has them; `sid` names the session that a user's token is of, `inv` says
 * that it is a guest's and of none, `client_id` names the service account that asked for its own. A user
 * signs in without a client.
 */
export function createAccessTokens({ ring, issuer, clock, uuid }: FirmarDeps): FirmarToken {
  return async (sujeto) => {
    const { kid, privateKey } = await ring.signing()
    const seconds = Math.floor(clock.epochMs() / 1000)
    const claims = { iss: issuer, aud: audience, sub: sujeto.id, jti: uuid() }
    return await new SignJWT({
      ...claims,
      ...grantOf(sujeto),
      iat: seconds,
      exp: seconds + (sujeto.tipo === 'invitado' ? guestLifeSeconds : accessTokenSeconds),
    })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid })
      .sign(privateKey)
  }
}
