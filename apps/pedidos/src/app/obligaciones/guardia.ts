import type { Clock } from '@encargo/service-kit/async/clock'
import type { PedidosStore } from '../../ports/store.ts'

export interface GuardiaOptions {
  readonly store: Pick<PedidosStore, 'deGuardia'>
  readonly clock: Pick<Clock, 'monoMs'>
}

/** How long an answer counts, in milliseconds: a small part of how long the database keeps it. */
const valeMs = 1_000

/** Whether this process is the one that works in the background, asked again and again while it does. */
export class Guardia {
  readonly #options: GuardiaOptions
  #mia = false
  #hasta = Number.NEGATIVE_INFINITY

  constructor(options: GuardiaOptions) {
    this.#options = options
  }

  /** As it was answered last. */
  get mia(): boolean {
    return this.#mia
  }

  /** Rejects as the store does; it is then somebody else's until that can be asked. */
  async sigue(): Promise<boolean> {
    const { store, clock } = this.#options
    const ahora = clock.monoMs()
    if (ahora < this.#hasta) return this.#mia
    this.#mia = await store.deGuardia().catch((error: unknown) => {
      this.#mia = false
      throw error
    })
    this.#hasta = ahora + valeMs
    return this.#mia
  }
}
