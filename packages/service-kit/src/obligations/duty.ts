import type { Clock } from '../async/clock.ts'
import type { Turnos } from './port.ts'

export interface DutyOptions {
  readonly store: Pick<Turnos, 'deGuardia'>
  readonly clock: Pick<Clock, 'monoMs'>
}

/** How long an answer counts, in milliseconds: a small part of how long the database keeps it. */
const countsMs = 1_000

/** Whether this process is the one that works in the background, asked again and again while it does. */
export class Duty {
  readonly #options: DutyOptions
  #mine = false
  #until = Number.NEGATIVE_INFINITY

  constructor(options: DutyOptions) {
    this.#options = options
  }

  /** As it was answered last. */
  get mine(): boolean {
    return this.#mine
  }

  /** Rejects as the store does; it is then somebody else's until that can be asked. */
  async goesOn(): Promise<boolean> {
    const { store, clock } = this.#options
    const now = clock.monoMs()
    if (now < this.#until) return this.#mine
    this.#mine = await store.deGuardia().catch((error: unknown) => {
      this.#mine = false
      throw error
    })
    this.#until = now + countsMs
    return this.#mine
  }
}
