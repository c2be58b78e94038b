import type { Counts, Window } from './types.ts'

/** Divided, not multiplied: 7 of 100 is 0.07, but 0.07 * 100 is more than 7. */
export function reached(window: Window, { calls, failures, slow }: Counts): boolean {
  if (window.type === 'consecutive') return failures > 0
  return failures / calls >= window.failureRate || slow / calls >= (window.slowRate ?? Infinity)
}

/**
 * The finished calls of a closed breaker, in a ring of cells: one for each bucket of time, or for
 * each call. A cell knows its number, so none needs clearing when it leaves the window.
 */
export class Tally {
  readonly #window: Window
  readonly #size: number
  readonly #cells: (Counts & { at: number })[] = []
  #at = 0

  constructor(window: Window) {
    this.#window = window
    if (window.type === 'consecutive') this.#size = window.failures
    else this.#size = window.type === 'count' ? window.size : (window.buckets ?? 10)
  }

  /** Whether this call, by failing or by being slow, reached a threshold at `time` (milliseconds). */
  record(failed: boolean, slow: boolean, time: number): boolean {
    this.#turn(time, 1)
    const slot = this.#at % this.#size
    const known = this.#cells[slot]
    const cell = known?.at === this.#at ? known : { at: this.#at, calls: 0, failures: 0, slow: 0 }
    this.#cells[slot] = cell
    cell.calls++
    cell.failures += Number(failed)
    cell.slow += Number(slow)
    return (failed || slow) && this.#isReached(time)
  }

  counts(time: number): Counts {
    this.#turn(time, 0)
    const sum = { calls: 0, failures: 0, slow: 0 }
    for (const cell of this.#cells) {
      if (cell === undefined || cell.at <= this.#at - this.#size) continue
      sum.calls += cell.calls
      sum.failures += cell.failures
      sum.slow += cell.slow
    }
    return sum
  }

  #turn(time: number, calls: number): void {
    const window = this.#window
    this.#at =
      window.type === 'time' ? Math.floor((time * this.#size) / window.ms) : this.#at + calls
  }

  #isReached(time: number): boolean {
    const counts = this.counts(time)
    if (this.#window.type === 'consecutive') return counts.failures === this.#size
    const enough = counts.calls >= (this.#window.minimumCalls ?? this.#size)
    return enough && reached(this.#window, counts)
  }
}
