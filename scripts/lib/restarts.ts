/** What comes after each death in a row, in milliseconds; after one more it is given up. */
export const waitsMs: readonly number[] = [100, 1_000, 2_000, 4_000, 8_000]
/** Who was up for so long has recovered: its next death is the first again. */
export const recoveredMs = 60_000

export type AfterDeath =
  | {
      readonly kind: 'restart'
      readonly inMs: number
      readonly restart: number
      readonly of: number
    }
  | { readonly kind: 'give-up'; readonly deaths: number }

/** When one service that dies is started again, and when no more. */
export class Restarts {
  readonly #waitsMs: readonly number[]
  #deaths = 0

  constructor(waits = waitsMs) {
    this.#waitsMs = waits
  }

  /** Another death, of a process that had been ready for `upMs`. */
  afterDeath(upMs: number): AfterDeath {
    if (upMs >= recoveredMs) this.#deaths = 0
    const inMs = this.#waitsMs[this.#deaths]
    this.#deaths += 1
    if (inMs === undefined) return { kind: 'give-up', deaths: this.#deaths }
    return { kind: 'restart', inMs, restart: this.#deaths, of: this.#waitsMs.length }
  }
}
