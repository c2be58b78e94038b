import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { epochMs, monoMs } from '../async/clock.ts'
import { silentLogger } from '../run/logger.ts'
import type { ServiceOptions } from '../http/service.ts'
import { audience, type Rol, type Scope, TokenVerifier } from '../identity/tokens.ts'

export interface TestSubject {
  readonly id?: string
  readonly rol?: Rol
  readonly scopes?: readonly Scope[]
  readonly invitado?: boolean
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** What an auth signs with. */
interface TestSigner {
  readonly privateKey: KeyObject
  readonly kid: string
  readonly issuer: string
}

const ownSigner = (): TestSigner => ({
  privateKey: generateKeyPairSync('ed25519').privateKey,
  kid: 'test',
  issuer: 'https://auth.example',
})

/**
 * Signs tokens as auth would, with a key of its own unless one is given, for tests of the other services.
 * `now` tells the time of those who verify them, in milliseconds since the epoch.
 */
export function createTestTokens(now: () => number = Date.now, signer = ownSigner()) {
  const { privateKey, kid, issuer } = signer
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  const jwks = { issuer, keys: [{ ...jwk, kty: 'OKP', kid, alg: 'EdDSA', use: 'sig' }] }
  const verifier = new TokenVerifier({ fetchKeys: () => Promise.resolve(jwks), now })
  const header = encode({ alg: 'EdDSA', typ: 'at+jwt', kid })

  function token(
    { id = Bun.randomUUIDv7(), rol = 'cliente', scopes, invitado }: TestSubject,
    extra = {},
  ) {
    const iat = Math.floor(now() / 1000)
    const guest = invitado ? { inv: true } : {}
    const grant = scopes ? { scope: scopes.join(' ') } : { rol, ...guest }
    const jti = Bun.randomUUIDv7()
    const claims = { iss: issuer, aud: audience, sub: id, iat, exp: iat + 600, jti }
    const signed = `${header}.${encode({ ...claims, ...grant, ...extra })}`
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
  }

  /** Headers that identify a request as `subject`'s, by a token that is renewed before it expires. */
  function as({ id = Bun.randomUUIDv7(), ...subject }: TestSubject) {
    let [last, at] = ['', -Infinity]
    return {
      get authorization() {
        // Of the future, too, it is another one: the clock of the next test begins anew.
        if (now() < at || now() > at + 300_000) [last, at] = [token({ id, ...subject }), now()]
        return `Bearer ${last}`
      },
    }
  }

  return { verifier, jwks, token, as }
}

/** What `service()` needs, with nothing that writes or listens. */
export function testServiceOptions(
  verifier: TokenVerifier,
): Omit<ServiceOptions, 'name' | 'description'> {
  return {
    logger: silentLogger,
    verifier,
    health: { storage: () => ({ ok: true }) },
    corsOrigins: ['http://localhost:3000'],
  }
}

/** A clock that moves when the test says so. Starts at 2026-01-15T12:00:00.000Z. */
export function createTestClock(startAt = Date.UTC(2026, 0, 15, 12)) {
  let ms = startAt
  return {
    now: () => new Date(ms),
    ms: () => ms,
    epochMs: () => epochMs(ms),
    monoMs: () => monoMs(ms),
    advance(byMs: number) {
      ms += byMs
    },
  }
}
