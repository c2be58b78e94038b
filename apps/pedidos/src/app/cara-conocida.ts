import { SingleFlight } from '@encargo/service-kit/async/single-flight'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { describeError } from '@encargo/service-kit/run/logger'
import { type Cara, sinCara } from '../domain/cara.ts'
import type { Deps } from './deps.ts'

/** How long an answer counts, in milliseconds. */
const valeMs = 60_000
const marca = 'cara'

/** How the shop presents itself, as it was told last: a mail waits for no auth. */
export class CaraConocida {
  readonly #deps: Pick<Deps, 'store' | 'clientes' | 'clock' | 'logger'>
  readonly #preguntas = new SingleFlight<'cara', Cara>()
  #ultima: Cara | undefined
  #hasta = Number.NEGATIVE_INFINITY

  constructor(deps: Pick<Deps, 'store' | 'clientes' | 'clock' | 'logger'>) {
    this.#deps = deps
  }

  /** Rejects as the store does. */
  async leer(): Promise<Cara> {
    if (this.#ultima && this.#deps.clock.monoMs() < this.#hasta) return this.#ultima
    return await this.#preguntas.run('cara', () => this.#preguntar())
  }

  async #preguntar(): Promise<Cara> {
    const { store, clientes, clock, logger } = this.#deps
    this.#ultima ??= await this.#anotada()
    try {
      const cara = await clientes.cara(backgroundCall())
      // What a process that begins without auth goes by.
      if (!Bun.deepEquals(cara, this.#ultima)) await store.ponerMarca(marca, JSON.stringify(cara))
      this.#ultima = cara
    } catch (error) {
      logger.debug('mails show the shop as it was known last', { error: describeError(error) })
    }
    this.#hasta = clock.monoMs() + valeMs
    return this.#ultima
  }

  async #anotada(): Promise<Cara> {
    const anotada = await this.#deps.store.marca(marca)
    // Written above; what a later version adds is filled in.
    return anotada === undefined
      ? sinCara
      : { ...sinCara, ...(JSON.parse(anotada) as Partial<Cara>) }
  }
}
