import type { Environment } from './environment.ts'
import { NetworkError } from './problems.ts'
import type { RefreshTokens } from './tokens.ts'
import { type TabMessage, Tabs } from './tabs.ts'

/** What `/login` and `/token` answer (RFC 6749, 5.1). In cookie mode without the refresh token. */
export interface IssuedTokens {
  readonly access_token: string
  readonly expires_in: number
  readonly refresh_token?: string
}

/** How asking for fresh tokens went. `refused`: the session is over. */
export type Renewal =
  { readonly result: 'issued'; readonly tokens: IssuedTokens } | { readonly result: 'refused' }

export interface SessionOptions extends Pick<Environment, 'now' | 'epochMs' | 'locks' | 'channel'> {
  readonly tokens: RefreshTokens
  /** Names what tabs of one session share: the same for all clients of the same services. */
  readonly name: string
  /** `null` in cookie mode. Rejects when auth can't be had; then nothing is known. */
  readonly renew: (refreshToken: string | null) => Promise<Renewal>
}

/** `unknown` until the first refresh where only a cookie, or another tab, knows. */
export type SessionState = 'unknown' | 'open' | 'closed'

interface Access {
  readonly text: string
  /** On the clock of `now`. */
  readonly goodUntil: number
}

/** Of its life, this much a token is used: the rest is for clocks and slow networks. */
const usedShare = 0.8

/**
 * Who is logged in. The access token lies here and nowhere else; it is renewed one at a time,
 * across tabs too: a refresh token works once, and one of before ends the session when it comes late.
 */
export class Session {
  /** Whether the tabs of a browser have it in common. */
  readonly shared: boolean
  readonly #options: SessionOptions
  readonly #tabs: Tabs
  readonly #listeners = new Set<(state: SessionState) => void>()
  readonly #turnListeners = new Set<() => void>()
  #access: Access | undefined
  #state: SessionState
  #running: Promise<string | undefined> | undefined
  /** Grows with every login and logout: what was asked for before is then worth nothing. */
  #epoch = 0
  /** When somebody logged in or out, here or in another tab; 0 as long as this is not known. */
  #since = 0

  constructor(options: SessionOptions) {
    this.#options = options
    const { tokens, name, locks, channel } = options
    this.shared = tokens.type === 'cookie' || tokens.shared
    this.#tabs = new Tabs({ name, locks, channel: this.shared ? channel : undefined })
    this.#tabs.onMessage = (message) => this.#heard(message)
    this.#state = this.shared ? 'unknown' : 'closed'
  }

  get state(): SessionState {
    return this.#state
  }

  /** Calls `listener` at every change from now on; what it returns ends that. */
  onChange(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Calls `listener` at every login and logout, here and in other tabs; what it returns ends that. */
  onTurn(listener: () => void): () => void {
    this.#turnListeners.add(listener)
    return () => void this.#turnListeners.delete(listener)
  }

  /**
   * The access token to call with, fresh if need be; undefined when nobody is logged in.
   * @throws NetworkError when it has to be renewed and auth can't be had
   */
  async bearer(): Promise<string | undefined> {
    const held = this.#held()
    if (held !== undefined || !this.#mayBeOpen()) return held
    return await this.renew(undefined)
  }

  /** A shared store may have been written to since. */
  #mayBeOpen(): boolean {
    const { tokens } = this.#options
    if (this.#state !== 'closed') return true
    return tokens.type === 'store' && tokens.shared && tokens.read() !== null
  }

  /**
   * A token other than the one that was `refused`; undefined when the session is over.
   * @throws NetworkError when auth can't be had
   */
  async renew(refused: string | undefined): Promise<string | undefined> {
    const held = this.#held()
    if (held !== undefined && held !== refused) return held
    if (held !== undefined) this.#access = undefined
    this.#running ??= this.#alone(refused)
    return await this.#running
  }

  #alone(refused: string | undefined): Promise<string | undefined> {
    const running = this.#tabs
      .alone(() => this.#refresh(refused))
      .finally(() => {
        // A login may have made room for a newer one meanwhile.
        if (this.#running === running) this.#running = undefined
      })
    return running
  }

  /** After a login: these tokens from now on, in the other tabs too. */
  adopt(tokens: IssuedTokens): void {
    this.#turn(this.#nextMoment())
    this.#running = undefined
    this.#take(tokens)
  }

  /** After a logout, or when the session turned out to be over. Gives what was the refresh token. */
  close(): string | null {
    this.#turn(this.#nextMoment())
    this.#running = undefined
    const { tokens } = this.#options
    const last = tokens.type === 'store' ? tokens.read() : null
    if (tokens.type === 'store') tokens.write(null)
    this.#forget()
    this.#tabs.tell({ type: 'closed', since: this.#since })
    return last
  }

  /** Lets go of what tabs share; the session itself stays open. */
  release(): void {
    this.#tabs.release()
  }

  /**
   * Messages come late: what a tab got for a session must not open it again after a logout that
   * the tab had not heard of.
   */
  #heard(message: TabMessage): void {
    const { since } = message
    if (message.type === 'closed') {
      if (since < this.#since) return
      this.#turn(since)
      this.#forget()
      return
    }
    if (since < this.#since || (since === this.#since && this.#state === 'closed')) return
    if (since > this.#since) this.#turn(since)
    this.#hold(message.access, message.ttlMs)
  }

  #turn(since: number): void {
    this.#epoch++
    this.#since = since
    for (const listener of this.#turnListeners) listener()
  }

  #nextMoment(): number {
    return Math.max(this.#options.epochMs(), this.#since + 1)
  }

  async #refresh(refused: string | undefined): Promise<string | undefined> {
    const epoch = this.#epoch
    // Another tab may have been quicker while this one waited for its turn.
    const held = this.#held()
    if (held !== undefined && held !== refused) return held
    const { tokens } = this.#options
    const refreshToken = tokens.type === 'store' ? tokens.read() : null
    if (tokens.type === 'store' && refreshToken === null) {
      this.#forget()
      return undefined
    }
    const renewal = await this.#options.renew(refreshToken)
    // Somebody logged in or out meanwhile: that counts, not the session that was.
    if (epoch !== this.#epoch) return this.#held()
    const stored = tokens.type === 'store' ? tokens.read() : null
    // Another tab logged out or in and has not been heard of yet; or, where there are no locks, it
    // used the token a moment before, and its successor is good.
    if (stored !== refreshToken) return await this.#refresh(refused)
    if (renewal.result === 'issued') {
      this.#take(renewal.tokens)
      return renewal.tokens.access_token
    }
    this.close()
    return undefined
  }

  #held(): string | undefined {
    const access = this.#access
    return access && this.#options.now() < access.goodUntil ? access.text : undefined
  }

  #take({ access_token: text, expires_in: seconds, refresh_token: refreshToken }: IssuedTokens) {
    const { tokens } = this.#options
    if (tokens.type === 'store') {
      if (refreshToken === undefined) throw new NetworkError('auth answered no refresh token')
      tokens.write(refreshToken)
    }
    const ttlMs = seconds * 1000 * usedShare
    this.#hold(text, ttlMs)
    this.#tabs.tell({ type: 'open', since: this.#since, access: text, ttlMs })
  }

  #hold(text: string, ttlMs: number): void {
    this.#access = { text, goodUntil: this.#options.now() + ttlMs }
    this.#enter('open')
  }

  #forget(): void {
    this.#access = undefined
    this.#enter('closed')
  }

  #enter(state: SessionState): void {
    if (state === this.#state) return
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }
}
