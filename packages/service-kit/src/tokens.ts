import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose'

export const issuer = 'encargo'
export const audience = 'encargo'
export const roles = ['cliente', 'operador', 'admin'] as const
export type Rol = (typeof roles)[number]
export const scopes = ['usuarios:leer', 'inventario:reservar', 'pedidos:completar'] as const
export type Scope = (typeof scopes)[number]

/** Who is asking: a person with a role, or a service account with scopes. */
export type Identidad =
  | {
      readonly tipo: 'usuario'
      readonly id: string
      readonly rol: Rol
      /** The session that the token is of (`sid`). */
      readonly sesionId?: string
    }
  | { readonly tipo: 'servicio'; readonly id: string; readonly scopes: readonly Scope[] }

/** Gives the public keys (RFC 7517) that tokens are checked with; rejects when they can't be had. */
export type FetchKeys = () => Promise<JSONWebKeySet>

export interface VerifierOptions {
  readonly fetchKeys: FetchKeys
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** The least time between two fetches for an unknown `kid`, in milliseconds. */
  readonly refetchMs?: number
  /** How many verified tokens are remembered. */
  readonly cacheSize?: number
}

export type Verdict =
  | { readonly ok: true; readonly identidad: Identidad; readonly expiresAt: number }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' | 'keys-unavailable' }

/** No token of ours is longer, in characters; a longer one is refused unread. */
const maxTokenLength = 2048
const skewSeconds = 5

function identityOf(claims: JWTPayload): Identidad | undefined {
  const { sub, scope, sid } = claims
  if (sub === undefined) return undefined
  const rol = roles.find((one) => one === claims['rol'])
  const session = typeof sid === 'string' ? { sesionId: sid } : {}
  if (rol) return { tipo: 'usuario', id: sub, rol, ...session }
  if (typeof scope !== 'string') return undefined
  const granted = scope.split(' ')
  return { tipo: 'servicio', id: sub, scopes: scopes.filter((one) => granted.includes(one)) }
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}

type Keys = { readonly get: JWTVerifyGetKey; readonly kids: ReadonlySet<string> }

/** The key set, fetched once and again for a `kid` it lacks, at a bounded rate, one fetch at a time. */
class KeyCache {
  #keys: Keys | undefined
  #fetchedAt = Number.NEGATIVE_INFINITY
  #running: Promise<void> | undefined
  readonly #options: Required<Pick<VerifierOptions, 'fetchKeys' | 'refetchMs' | 'now'>>

  constructor(options: Required<Pick<VerifierOptions, 'fetchKeys' | 'refetchMs' | 'now'>>) {
    this.#options = options
  }

  async with(kid: string): Promise<Keys | 'unavailable'> {
    if (this.#keys?.kids.has(kid)) return this.#keys
    const waited = this.#options.now() - this.#fetchedAt
    if (this.#running || waited >= this.#options.refetchMs) {
      this.#running ??= this.#fetch().finally(() => {
        this.#running = undefined
      })
      await this.#running
    }
    return this.#keys ?? 'unavailable'
  }

  async #fetch(): Promise<void> {
    this.#fetchedAt = this.#options.now()
    try {
      const set = await this.#options.fetchKeys()
      const kids = set.keys.flatMap((key) => (key.kid === undefined ? [] : [key.kid]))
      this.#keys = { get: createLocalJWKSet(set), kids: new Set(kids) }
    } catch {
      // Without an answer the known keys stay good; the next unknown kid asks again. A first fetch
      // that failed must not block the second, so its time does not count.
      if (!this.#keys) this.#fetchedAt = Number.NEGATIVE_INFINITY
    }
  }
}

/**
 * Verifies access tokens (RFC 9068: `typ: at+jwt`; RFC 8037: EdDSA and nothing else) with auth's
 * public keys. A token that verified is remembered until it expires, so the second check is a look-up.
 */
export class TokenVerifier {
  readonly #seen = new Map<string, Extract<Verdict, { ok: true }>>()
  readonly #keys: KeyCache
  readonly #now: () => number
  readonly #cacheSize: number

  constructor(options: VerifierOptions) {
    this.#now = options.now ?? Date.now
    this.#cacheSize = options.cacheSize ?? 10_000
    this.#keys = new KeyCache({
      fetchKeys: options.fetchKeys,
      refetchMs: options.refetchMs ?? 5_000,
      now: this.#now,
    })
  }

  /** Whose token this is, when it verified before and has not ended since; costs a look-up. */
  seen(token: string): Identidad | undefined {
    const seen = this.#seen.get(token)
    return seen && seen.expiresAt > this.#now() ? seen.identidad : undefined
  }

  async verify(token: string): Promise<Verdict> {
    const seen = this.#seen.get(token)
    if (seen) {
      if (seen.expiresAt > this.#now()) return seen
      this.#seen.delete(token)
    }
    if (token.length > maxTokenLength) return { ok: false, reason: 'invalid' }
    const kid = kidOf(token)
    if (kid === undefined) return { ok: false, reason: 'invalid' }
    const keys = await this.#keys.with(kid)
    if (keys === 'unavailable') return { ok: false, reason: 'keys-unavailable' }
    return keys.kids.has(kid) ? await this.#check(token, keys) : { ok: false, reason: 'invalid' }
  }

  async #check(token: string, keys: Keys): Promise<Verdict> {
    try {
      const { payload } = await jwtVerify(token, keys.get, {
        algorithms: ['EdDSA', 'Ed25519'],
        typ: 'at+jwt',
        issuer,
        audience,
        clockTolerance: skewSeconds,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
        currentDate: new Date(this.#now()),
      })
      const identidad = identityOf(payload)
      if (!identidad || payload.exp === undefined) return { ok: false, reason: 'invalid' }
      const verdict = { ok: true, identidad, expiresAt: payload.exp * 1000 } as const
      if (verdict.expiresAt > this.#now()) this.#remember(token, verdict)
      return verdict
    } catch (error) {
      return { ok: false, reason: error instanceof errors.JWTExpired ? 'expired' : 'invalid' }
    }
  }

  #remember(token: string, verdict: Extract<Verdict, { ok: true }>): void {
    if (this.#seen.size >= this.#cacheSize) {
      const oldest = this.#seen.keys().next()
      if (!oldest.done) this.#seen.delete(oldest.value)
    }
    this.#seen.set(token, verdict)
  }
}
