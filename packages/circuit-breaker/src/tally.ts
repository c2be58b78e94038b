import type { Counts, Window } from './types.ts'

/** Divided, not multiplied: 7 of 100 is 0.07, but 0.07 * 100 is more than 7. */
export function reached(window: Window, { calls, failures, slow }: Counts): boolean {
  if (window.type === 'consecutive') return failures > 0
  return failures / calls >= window.failureRate || slow / calls >= (window.slowRate ?? Infinity)
}

type Cell = Counts & { at: number }
const newCell = (at: number): Cell => ({ at, calls: 0, failures: 0, slow: 0 })

/**
 * The finished calls of a closed breaker, in a ring of cells: one for each bucket of time, or for
 * each call. A cell knows its number, so none needs clearing when it leaves the window.
 */
export class Tally {
  readonly #window: Window
  readonly #size: number
  readonly #cells: Cell[] = []
  #cell = newCell(-1)
  /** When the running bucket ends, in milliseconds; a cell for one call has ended as it began. */
  #endsAt = -Infinity

  constructor(window: Window) {
    this.#window = window
    if (window.type === 'consecutive') this.#size = window.failures
    else this.#size = window.type === 'count' ? window.size : (window.buckets ?? 10)
  }

  /** Whether this call, by failing or by being slow, reached a threshold at `time` (milliseconds). */
  record(failed: boolean, slow: boolean, time: number): boolean {
    if (time >= this.#endsAt) this.#startCell(time)
    const cell = this.#cell
    cell.calls++
    if (failed) cell.failures++
    if (slow) cell.slow++
    return (failed || slow) && this.#isReached(time)
  }

  counts(time: number): Counts {
    const window = this.#window
    const at = window.type === 'time' ? this.#bucketAt(time, window.ms) : this.#cell.at
    const sum = { calls: 0, failures: 0, slow: 0 }
    for (const cell of this.#cells) {
      if (cell === undefined || cell.at <= at - this.#size) continue
      sum.calls += cell.calls
      sum.failures += cell.failures
      sum.slow += cell.slow
    }
    return sum
  }

  #bucketAt(time: number, ms: number): number {
    return Math.floor((time * this.#size) / ms)
  }

  #startCell(time: number): void {
    const window = this.#window
    let at = this.#cell.at + 1
    if (window.type === 'time') {
      at = Math.max(at, this.#bucketAt(time, window.ms))
      this.#endsAt = ((at + 1) * window.ms) / this.#size
    }
    this.#cell = this.#cells[at % this.#size] = newCell(at)
  }

  #isReached(time: number): boolean {
    const counts = this.counts(time)
    if (this.#window.type === 'consecutive') return counts.failures === this.#size
    const enough = counts.calls >= (this.#window.minimumCalls ?? this.#size)
    return enough && reached(this.#window, counts)
  }
}
