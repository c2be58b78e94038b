import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import {
  type FetchKeys,
  guestLifeSeconds,
  KeyCache,
  type Keys,
  longestLifeSeconds,
  subjectDigest,
} from './key-cache.ts'

/** What tokens said as `iss` before auth's was a URL; its keys are what tells whose they are. */
export const formerIssuer = 'encargo'
export const audience = 'encargo'
export const roles = ['cliente', 'operador', 'admin'] as const
export type Rol = (typeof roles)[number]
export const scopes = [
  'usuarios:leer',
  'inventario:reservar',
  'pedidos:completar',
  'pedidos:cobrar',
  'pagos:mandar',
  'eventos:leer',
] as const
export type Scope = (typeof scopes)[number]

/** Who is asking: a person with a role, or a service account with scopes. */
export type Identidad =
  | {
      readonly tipo: 'usuario'
      readonly id: string
      readonly rol: Rol
      /** Buys without an account (`inv`): has no session, no password and no address book. */
      readonly invitado: boolean
      /** The session that the token is of (`sid`). */
      readonly sesionId?: string
    }
  | { readonly tipo: 'servicio'; readonly id: string; readonly scopes: readonly Scope[] }

export interface VerifierOptions {
  readonly fetchKeys: FetchKeys
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The least time between two fetches, in milliseconds. */
  readonly refetchMs?: number
  /** Keys this old are fetched again, beside the requests that go by them, in milliseconds. */
  readonly refreshMs?: number
  /** Keys this old are gone by only while auth is away, in milliseconds. */
  readonly staleMs?: number
  /** How many verified tokens are remembered. */
  readonly cacheSize?: number
}

/** Instants in milliseconds since the epoch. */
interface Good {
  readonly ok: true
  readonly identidad: Identidad
  readonly issuedAt: number
  readonly expiresAt: number
}

export type Verdict =
  | Good
  | {
      readonly ok: false
      /** `changed`: its account has another role by now, or is closed. */
      readonly reason: 'invalid' | 'expired' | 'changed' | 'keys-unavailable'
    }

/** No token of ours is longer, in characters; a longer one is refused unread. */
const maxTokenLength = 2048
const skewSeconds = 5

const invalid = { ok: false, reason: 'invalid' } as const

function identityOf(claims: JWTPayload): Identidad | undefined {
  const { sub, scope, sid, inv } = claims
  if (sub === undefined) return undefined
  const rol = roles.find((one) => one === claims['rol'])
  const session = typeof sid === 'string' ? { sesionId: sid } : {}
  const invitado = inv === true && rol === 'cliente'
  if (rol) return { tipo: 'usuario', id: sub, rol, invitado, ...session }
  if (typeof scope !== 'string') return undefined
  const granted = scope.split(' ')
  return { tipo: 'servicio', id: sub, scopes: scopes.filter((one) => granted.includes(one)) }
}

function longestLife(identidad: Identidad): number {
  const guest = identidad.tipo === 'usuario' && identidad.invitado
  return guest ? guestLifeSeconds : longestLifeSeconds
}

/** Whether somebody may do other things by now than the token says. */
function hasChanged(identidad: Identidad, { changed }: Keys<Good>): boolean {
  if (identidad.tipo === 'servicio' || changed.size === 0) return false
  const rol = changed.get(subjectDigest(identidad.id))
  return rol !== undefined && rol !== identidad.rol
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}

/** As it is now on this clock: one that was put right may lie before a token that was taken. */
function isNow({ issuedAt, expiresAt }: Good, now: number): boolean {
  return issuedAt - skewSeconds * 1000 <= now && now < expiresAt
}

/**
 * Verifies access tokens (RFC 9068: `typ: at+jwt`; RFC 8037: EdDSA and nothing else) with auth's
 * public keys. A token that verified is remembered until it expires or auth's answer is another, so
 * the second check is a look-up.
 */
export class TokenVerifier {
  readonly #keys: KeyCache<Good>
  readonly #now: () => number

  constructor(options: VerifierOptions) {
    this.#now = options.now
    this.#keys = new KeyCache({
      fetchKeys: options.fetchKeys,
      now: this.#now,
      refetchMs: options.refetchMs ?? 5_000,
      refreshMs: options.refreshMs ?? 15_000,
      staleMs: options.staleMs ?? 45_000,
      maxSeen: options.cacheSize ?? 10_000,
    })
  }

  /** Whose token this was when it verified, with the keys of then: to count by, not to let in by. */
  seen(token: string): Identidad | undefined {
    return this.#remembered(this.#keys.latest, token)?.identidad
  }

  /** Whose token this is, when that can be told without waiting; costs a look-up. */
  known(token: string): Identidad | undefined {
    return this.#remembered(this.#keys.current(), token)?.identidad
  }

  async verify(token: string): Promise<Verdict> {
    const known = this.#remembered(this.#keys.current(), token)
    if (known) return known
    if (token.length > maxTokenLength) return invalid
    const kid = kidOf(token)
    if (kid === undefined) return invalid
    const keys = await this.#keys.with(kid)
    if (keys === 'unavailable') return { ok: false, reason: 'keys-unavailable' }
    if (!keys.kids.has(kid)) return invalid
    return this.#remembered(keys, token) ?? (await this.#check(token, keys))
  }

  #remembered(keys: Keys<Good> | undefined, token: string): Good | undefined {
    const good = keys?.seen.get(token)
    return good && isNow(good, this.#now()) ? good : undefined
  }

  async #check(token: string, keys: Keys<Good>): Promise<Verdict> {
    try {
      const { payload } = await jwtVerify(token, keys.get, {
        algorithms: ['EdDSA', 'Ed25519'],
        typ: 'at+jwt',
        issuer: [formerIssuer, ...(keys.issuer === undefined ? [] : [keys.issuer])],
        audience,
        clockTolerance: skewSeconds,
        // Of `iat` too: one that lies ahead is refused.
        maxTokenAge: guestLifeSeconds,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
        currentDate: new Date(this.#now()),
      })
      const { iat, exp } = payload
      const identidad = identityOf(payload)
      if (!identidad || iat === undefined || exp === undefined) return invalid
      if (exp - iat > longestLife(identidad)) return invalid
      if (hasChanged(identidad, keys)) return { ok: false, reason: 'changed' }
      const good = { ok: true, identidad, issuedAt: iat * 1000, expiresAt: exp * 1000 } as const
      if (isNow(good, this.#now())) keys.seen.set(token, good)
      return good
    } catch (error) {
      return error instanceof errors.JWTExpired ? { ok: false, reason: 'expired' } : invalid
    }
  }
}
