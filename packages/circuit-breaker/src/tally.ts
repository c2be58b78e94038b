import type { Counts, Window } from './types.ts'

/** Divided, not multiplied: 7 of 100 is 0.07, but 0.07 * 100 is more than 7. */
export function reached(window: Window, { calls, failures, slow }: Counts): boolean {
  if (window.type === 'consecutive') return failures > 0
  return failures / calls >= window.failureRate || slow / calls >= (window.slowRate ?? Infinity)
}

/** What a closed breaker remembers of finished calls. Times are milliseconds from 0 on. */
export interface Tally {
  /** Whether this call, by failing or by being slow, reached a threshold. */
  record(failed: boolean, slow: boolean, time: number): boolean
  counts(time: number): Counts
}

export function createTally(window: Window): Tally {
  if (window.type !== 'consecutive') return new Ring(window)
  let streak = 0
  return {
    record: (failed) => (streak = failed ? streak + 1 : 0) >= window.failures,
    counts: () => ({ calls: streak, failures: streak, slow: 0 }),
  }
}

class Cell implements Counts {
  calls = 0
  failures = 0
  slow = 0
  next: Cell = this
  add(sign: 1 | -1, { calls, failures, slow }: Counts): void {
    this.calls += sign * calls
    this.failures += sign * failures
    this.slow += sign * slow
  }
}

/** A ring of cells, one for each call of a count or for each bucket of a time. */
class Ring implements Tally {
  readonly #window: Exclude<Window, { type: 'consecutive' }>
  readonly #size: number
  readonly #sum = new Cell()
  #cell = new Cell()
  #bucket = 0

  constructor(window: Exclude<Window, { type: 'consecutive' }>) {
    this.#window = window
    this.#size = window.type === 'count' ? window.size : (window.buckets ?? 10)
    for (let made = 1; made < this.#size; made++) {
      this.#cell.next = Object.assign(new Cell(), { next: this.#cell.next })
    }
  }

  record(failed: boolean, slow: boolean, time: number): boolean {
    const window = this.#window
    this.#turnTo(time, 1)
    const call = { calls: 1, failures: Number(failed), slow: Number(slow) }
    this.#cell.add(1, call)
    this.#sum.add(1, call)
    const enough = this.#sum.calls >= (window.minimumCalls ?? this.#size)
    return (failed || slow) && enough && reached(window, this.#sum)
  }

  counts(time: number): Counts {
    this.#turnTo(time, 0)
    const { calls, failures, slow } = this.#sum
    return { calls, failures, slow }
  }

  /** Clears each cell it comes by, so that of a pause longer than the window nothing is left. */
  #turnTo(time: number, calls: number): void {
    let steps = calls
    if (this.#window.type === 'time') {
      const bucket = Math.floor((time * this.#size) / this.#window.ms)
      steps = Math.min(bucket - this.#bucket, this.#size)
      this.#bucket = bucket
    }
    for (; steps > 0; steps--) {
      this.#cell = this.#cell.next
      this.#sum.add(-1, this.#cell)
      this.#cell.add(-1, this.#cell)
    }
  }
}
