/** Chance that a seed repeats. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** True in `share` of the cases, from 0 to 1. */
  happens(share: number): boolean
  /** A chance of its own that follows from this one, so that who draws more does not disturb others. */
  fork(): Chance
}

/** A generator with 32 bits of state (mulberry32): good enough to vary, small enough to read. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    happens: (share) => next() < share,
    fork: () => createChance(Math.floor(next() * 2 ** 32)),
  }
}

export const freshSeed = () => Math.floor(Math.random() * 2 ** 31)
