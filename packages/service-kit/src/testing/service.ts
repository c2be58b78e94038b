import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { epochMs, monoMs } from '../async/clock.ts'
import { silentLogger } from '../run/logger.ts'
import type { ServiceOptions } from '../http/service.ts'
import { audience, type Rol, type Scope, TokenVerifier } from '../identity/tokens.ts'

export interface TestSubject {
  readonly id?: string
  readonly rol?: Rol
  readonly scopes?: readonly Scope[]
}

/** Signs tokens as auth would, with a key of its own, for tests of the other services. */
export async function createTestTokens(now: () => number = Date.now) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const kid = 'test'
  const issuer = 'https://auth.example'
  const jwks = {
    issuer,
    keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }],
  }
  const verifier = new TokenVerifier({ fetchKeys: () => Promise.resolve(jwks), now })

  const token = (subject: TestSubject, extra: JWTPayload = {}): Promise<string> => {
    const seconds = Math.floor(now() / 1000)
    const grant = subject.scopes
      ? { scope: subject.scopes.join(' ') }
      : { rol: subject.rol ?? 'cliente' }
    const claims = {
      iss: issuer,
      aud: audience,
      sub: subject.id ?? Bun.randomUUIDv7(),
      iat: seconds,
      exp: seconds + 600,
      jti: Bun.randomUUIDv7(),
    }
    return new SignJWT({ ...claims, ...grant, ...extra })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .sign(privateKey)
  }

  /** Headers that identify a request as `subject`'s. */
  const as = async (subject: TestSubject) => ({ authorization: `Bearer ${await token(subject)}` })

  return { verifier, jwks, token, as, privateKey, publicKey }
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
