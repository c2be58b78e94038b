import { BoundedMap } from '../async/bounded-map.ts'
import { SingleFlight } from '../async/single-flight.ts'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** No access token of an account lives longer, in seconds, whatever it says of itself. */
export const longestLifeSeconds = 15 * 60

/** Of a guest, who can't have another: as long as somebody may take to buy, in seconds. */
export const guestLifeSeconds = 2 * 60 * 60

/** An account that changed while tokens from before may be in use; without a role it is closed. */
export interface RolCambiado {
  /** Of the account's id, as the answer is for everybody: `subjectDigest`. */
  readonly sujeto: string
  readonly rol: string | null
}

/** What auth answers whoever checks its tokens: its public keys (RFC 7517), and what else to look at. */
export interface ClavesDeAuth extends JSONWebKeySet {
  /** What its tokens say as `iss`. */
  readonly issuer?: string
  readonly rolesCambiados?: readonly RolCambiado[]
}

/** Gives auth's answer; rejects when it can't be had. */
export type FetchKeys = () => Promise<ClavesDeAuth>

/** SHA-256, base64url: tells whoever knows the id, and nobody else. */
export function subjectDigest(id: string): string {
  return new Bun.CryptoHasher('sha256').update(id).digest('base64url')
}

/** One answer of auth, and what was found out with it: a different answer finds out all anew. */
export interface Keys<Seen> {
  readonly get: JWTVerifyGetKey
  readonly kids: ReadonlySet<string>
  readonly issuer: string | undefined
  readonly changed: ReadonlyMap<string, string | null>
  readonly seen: BoundedMap<string, Seen>
}

export interface KeyCacheOptions {
  readonly fetchKeys: FetchKeys
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The least time between two questions, in milliseconds. */
  readonly refetchMs: number
  /** An answer this old is asked for again, while it is still gone by. */
  readonly refreshMs: number
  /** An answer this old is gone by only while auth gives no other. */
  readonly staleMs: number
  /** How much of what was found out with one answer is remembered. */
  readonly maxSeen: number
}

/**
 * The keys of auth, asked for by time as well as for a `kid` that they lack: a key that is gone is
 * gone here within `staleMs` of its use. While auth is away nobody waits for it, and its last answer
 * is good for as long as a token may live: whoever was signed in notices nothing, and a key that got
 * out is of no use for longer than that to whoever also keeps auth away.
 */
export class KeyCache<Seen> {
  #known: { readonly keys: Keys<Seen>; readonly text: string; readonly at: number } | undefined
  #askedAt = Number.NEGATIVE_INFINITY
  #failedAt = Number.NEGATIVE_INFINITY
  readonly #questions = new SingleFlight<'keys', void>()
  readonly #options: KeyCacheOptions

  constructor(options: KeyCacheOptions) {
    this.#options = options
  }

  /** The last answer, however old. */
  get latest(): Keys<Seen> | undefined {
    return this.#known?.keys
  }

  /** The keys to go by without waiting; undefined when auth must be asked first. */
  current(): Keys<Seen> | undefined {
    const { refreshMs, staleMs } = this.#options
    const known = this.#known
    if (!known) return undefined
    if (!this.#within(known.at, refreshMs)) void this.#ask()
    const away = this.#within(this.#failedAt, staleMs)
    return this.#within(known.at, staleMs) || away ? this.#trusted() : undefined
  }

  /** The keys to go by for a token of `kid`, asked for where they are old or lack it. */
  async with(kid: string): Promise<Keys<Seen> | 'unavailable'> {
    const keys = this.current()
    if (keys?.kids.has(kid)) return keys
    await this.#ask()
    return this.#trusted() ?? 'unavailable'
  }

  #trusted(): Keys<Seen> | undefined {
    const known = this.#known
    return known && this.#within(known.at, longestLifeSeconds * 1000) ? known.keys : undefined
  }

  /** Less than `ms` ago. What lies in the future is of a clock that was put right since. */
  #within(at: number, ms: number): boolean {
    const age = this.#options.now() - at
    return age >= 0 && age < ms
  }

  /** One question at a time, at a bounded rate once there are keys; never rejects. */
  #ask(): Promise<void> {
    return this.#questions.run('keys', async () => {
      const tooSoon = this.#known && this.#within(this.#askedAt, this.#options.refetchMs)
      if (!tooSoon) await this.#fetch()
    })
  }

  async #fetch(): Promise<void> {
    this.#askedAt = this.#options.now()
    try {
      const answer = await this.#options.fetchKeys()
      const text = JSON.stringify(answer)
      const keys = text === this.#known?.text ? this.#known.keys : this.#keysOf(answer)
      this.#known = { keys, text, at: this.#options.now() }
    } catch {
      this.#failedAt = this.#options.now()
    }
  }

  #keysOf({ rolesCambiados = [], issuer, ...set }: ClavesDeAuth): Keys<Seen> {
    return {
      get: createLocalJWKSet(set),
      kids: new Set(set.keys.flatMap(({ kid }) => kid ?? [])),
      issuer,
      changed: new Map(rolesCambiados.map(({ sujeto, rol }) => [sujeto, rol])),
      seen: new BoundedMap(this.#options.maxSeen),
    }
  }
}
