import { SingleFlight } from '../async/single-flight.ts'

/** As RFC 6749, 5.1 answers it; `expires_in` in seconds. */
export interface IssuedToken {
  readonly access_token: string
  readonly expires_in: number
}

interface Held {
  readonly text: string
  /** From then on a new one is fetched beside the calls that still use this one. */
  readonly renewAt: number
  readonly goodUntil: number
}

/**
 * A service's own access token: fetched when first needed, renewed from the half of its life on
 * without any call waiting for it, and used until shortly before it runs out, so that a service
 * goes on working for a while when auth is away. One fetch at a time.
 */
export class ServiceToken {
  #token: Held | undefined
  readonly #renewals = new SingleFlight<'token', string>()
  readonly #issue: () => Promise<IssuedToken>
  readonly #now: () => number

  /** `now` in milliseconds, monotonic. */
  constructor(issue: () => Promise<IssuedToken>, now: () => number = () => performance.now()) {
    this.#issue = issue
    this.#now = now
  }

  /** The token at hand, without asking for one: for calls that are better known than anonymous. */
  held(): string | undefined {
    return this.#token && this.#now() < this.#token.goodUntil ? this.#token.text : undefined
  }

  async get(): Promise<string> {
    const held = this.held()
    if (held === undefined) return await this.#renew()
    const renewAt = this.#token?.renewAt ?? Number.POSITIVE_INFINITY
    // Who has a good token does not fail because auth gives no newer one.
    if (this.#now() >= renewAt) this.#renew().catch(() => undefined)
    return held
  }

  /**
   * Forgets the token, as after a 401: the next `get` fetches a new one. Given the token that was
   * refused, a newer one stays, so that late refusals of an old one cost nothing.
   */
  forget(refused?: string): void {
    if (refused === undefined || refused === this.#token?.text) this.#token = undefined
  }

  #renew(): Promise<string> {
    return this.#renewals.run('token', () => this.#fetch())
  }

  async #fetch(): Promise<string> {
    const askedAt = this.#now()
    const { access_token: text, expires_in } = await this.#issue()
    const renewAt = askedAt + expires_in * 500
    this.#token = { text, renewAt, goodUntil: askedAt + expires_in * 950 }
    return text
  }
}
