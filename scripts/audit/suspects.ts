import type { InvariantId } from './report.ts'

/** An id whose order and reservation did not agree when they were read. */
export interface Suspect {
  readonly id: string
  readonly invariant: InvariantId
  readonly subject: string
}

/**
 * What has to be looked at again: the files are read at slightly different moments, so that what
 * changed in between may look wrong. Bounded; a system with more than that wrong is not in flight.
 */
export class Suspects {
  readonly #limit: number
  readonly #byId = new Map<string, Suspect>()

  constructor(limit = 50_000) {
    this.#limit = limit
  }

  /** False when there are too many already. */
  add(suspect: Suspect): boolean {
    if (this.#byId.size >= this.#limit && !this.#byId.has(suspect.id)) return false
    this.#byId.set(suspect.id, suspect)
    return true
  }

  get all(): Suspect[] {
    return [...this.#byId.values()]
  }
}
