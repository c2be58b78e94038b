import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { PeerLink } from '../peer/peer-link.ts'
import type { FetchKeys } from './key-cache.ts'

const KeySet = Type.Object({
  keys: Type.Array(
    Type.Object({ kid: Type.String(), kty: Type.String(), crv: Type.String(), x: Type.String() }),
  ),
  // An auth of before told neither.
  issuer: Type.Optional(Type.String()),
  rolesCambiados: Type.Optional(
    Type.Array(
      Type.Object({ sujeto: Type.String(), rol: Type.Union([Type.String(), Type.Null()]) }),
    ),
  ),
})

/** Auth's public keys over HTTP, as a key set (RFC 7517) with members of our own. */
export function fetchKeysFrom(auth: PeerLink): FetchKeys {
  return async () => {
    const answer = await auth.fetcher(`${auth.origin}/.well-known/jwks.json`)
    if (!answer.ok) throw new Error(`auth answered ${answer.status} for its keys`)
    return Value.Parse(KeySet, await answer.json())
  }
}
