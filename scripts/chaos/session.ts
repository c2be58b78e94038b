import { Type } from '@sinclair/typebox'
import { ask, persist, read } from './caller.ts'
import { pause } from './mischief.ts'

const Tokens = Type.Object({ access_token: Type.String() })

/** Tokens are good for ten minutes. */
const renewAfterMs = 7 * 60 * 1000

/** Somebody who is logged in, and logs in again in time. */
export class Session {
  readonly #origin: string
  readonly #who: { readonly email: string; readonly password: string }
  #token: { readonly text: string; readonly until: number } | undefined
  #running: Promise<string | null> | undefined

  constructor(origin: string, who: { readonly email: string; readonly password: string }) {
    this.#origin = origin
    this.#who = who
  }

  /** A good token, or null when auth can't be asked now. */
  async token(): Promise<string | null> {
    if (this.#token && performance.now() < this.#token.until) return this.#token.text
    this.#running ??= this.#login().finally(() => {
      this.#running = undefined
    })
    return await this.#running
  }

  async #login(): Promise<string | null> {
    const url = `${this.#origin}/login`
    const answer = await ask({ method: 'POST', url, body: this.#who })
    if (answer?.status !== 200) return null
    const text = read(Tokens, answer).access_token
    this.#token = { text, until: performance.now() + renewAfterMs }
    return text
  }
}

/** Registers a shopper before anything bad happens. */
export async function register(origin: string, name: string): Promise<Session> {
  const who = { email: `${name}@caos.example`, password: `${crypto.randomUUID()}-${name}` }
  const body = { ...who, nombre: `Compradora ${name}` }
  const signal = AbortSignal.timeout(20_000)
  const answer = await persist(() => ask({ method: 'POST', url: `${origin}/register`, body }), {
    signal,
    waitMs: () => 200,
    onRetry: () => {},
  })
  // On a busy machine the first answer may come too late to be waited for, and the next one is 409.
  if (answer?.status !== 201 && answer?.status !== 409) {
    throw new Error(`a shopper could not register: ${answer?.status}`)
  }
  const session = new Session(origin, who)
  while ((await session.token()) === null && !signal.aborted) await pause(200, signal)
  return session
}
