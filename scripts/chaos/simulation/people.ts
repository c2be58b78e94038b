import { type Answer, ask, type Client, createClient } from '@encargo/client'
import { isTransient, wordingOf } from '../caller.ts'
import { origins, type World } from './world.ts'

interface Refusal {
  readonly codigo: string
  readonly status: number
}

/** Somebody with a client of the simulated shop. */
export class Someone {
  readonly #client: Client
  readonly #who: { email: string; password: string }

  constructor(world: Pick<World, 'fetch' | 'clock'>, who: { email: string; password: string }) {
    this.#client = createClient({
      ...origins,
      environment: { fetch: world.fetch, epochMs: world.clock.ms },
      timeoutMs: 20_000,
    })
    this.#who = who
  }

  async client(): Promise<Client> {
    if (this.#client.session !== 'open') await this.#client.login(this.#who)
    return this.#client
  }

  static async register(world: World, name: string): Promise<Someone> {
    const who = { email: `${name}@caos.example`, password: `${crypto.randomUUID()}-${name}` }
    const one = new Someone(world, who)
    const { auth } = one.#client
    const answer = await ask(auth.register.post({ ...who, nombre: `Compradora ${name}` }))
    if (!answer.ok) throw new Error(`a shopper could not register: ${wordingOf(answer.problem)}`)
    return one
  }

  /** Asks, and again where that says nothing about the request; undefined where nobody answers. */
  async ask<T, P extends Refusal>(
    send: (client: Client) => Promise<Answer<T, P>>,
    attempts = 3,
  ): Promise<Answer<T, P> | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const answer = await send(await this.client())
      if (answer.ok || !isTransient(answer.problem)) return answer
    }
    return undefined
  }
}
