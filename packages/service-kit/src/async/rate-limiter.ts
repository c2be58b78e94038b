import { BoundedMap } from './bounded-map.ts'

/** How often something may happen: steadily so many a second, and so many at once after a rest. */
export interface Quota {
  readonly perSecond: number
  readonly burst: number
}

export type Take =
  | { readonly allowed: true; readonly remaining: number }
  | { readonly allowed: false; readonly waitMs: number }

export interface RateLimiterOptions {
  readonly quota: Quota
  /** How many callers are remembered; beyond it the one that was quiet longest is forgotten. */
  readonly maxCallers: number
  /** Monotonic milliseconds. */
  readonly now: () => number
}

/** Keeps sums of thirds and sevenths of a millisecond from costing a request. */
const roundingMs = 1e-6

/**
 * A token bucket for each caller, kept as the one time at which it is full again (the generic cell
 * rate algorithm). A caller that is not remembered has a full bucket, so forgetting is safe.
 */
export class RateLimiter {
  readonly #fullAt: BoundedMap<string, number>
  readonly #intervalMs: number
  readonly #capacityMs: number
  readonly #options: RateLimiterOptions

  constructor(options: RateLimiterOptions) {
    this.#options = options
    this.#fullAt = new BoundedMap(options.maxCallers)
    this.#intervalMs = 1000 / options.quota.perSecond
    this.#capacityMs = options.quota.burst * this.#intervalMs
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.#fullAt.size
  }

  /** Takes one token of `caller`'s, or says in how many milliseconds there is one. */
  take(caller: string): Take {
    const now = this.#options.now()
    const fullAt = Math.max(this.#fullAt.get(caller) ?? now, now) + this.#intervalMs
    const left = this.#capacityMs - (fullAt - now) + roundingMs
    if (left < 0) return { allowed: false, waitMs: -left }
    this.#fullAt.set(caller, fullAt)
    return { allowed: true, remaining: Math.floor(left / this.#intervalMs) }
  }

  /** Takes so many tokens more of a caller that was let in, for what it turned out to cost. */
  charge(caller: string, tokens: number): void {
    const now = this.#options.now()
    const fullAt = Math.max(this.#fullAt.get(caller) ?? now, now)
    this.#fullAt.set(caller, fullAt + tokens * this.#intervalMs)
  }
}
