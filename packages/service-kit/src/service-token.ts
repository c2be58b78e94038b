/** As RFC 6749, 5.1 answers it; `expires_in` in seconds. */
export interface IssuedToken {
  readonly access_token: string
  readonly expires_in: number
}

/**
 * A service's own access token: fetched when first needed, kept until shortly before it runs out,
 * one fetch at a time however many calls wait for it.
 */
export class ServiceToken {
  #token: { readonly text: string; readonly goodUntil: number } | undefined
  #running: Promise<string> | undefined
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
    if (held !== undefined) return held
    this.#running ??= this.#fetch().finally(() => {
      this.#running = undefined
    })
    return await this.#running
  }

  /**
   * Forgets the token, as after a 401: the next `get` fetches a new one. Given the token that was
   * refused, a newer one stays, so that late refusals of an old one cost nothing.
   */
  forget(refused?: string): void {
    if (refused === undefined || refused === this.#token?.text) this.#token = undefined
  }

  async #fetch(): Promise<string> {
    const { access_token, expires_in } = await this.#issue()
    this.#token = { text: access_token, goodUntil: this.#now() + expires_in * 800 }
    return access_token
  }
}
