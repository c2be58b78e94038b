import { createRandom } from '@encargo/service-kit/testing/random'

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

export function createChance(seed: number): Chance {
  const next = createRandom(seed)
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    happens: (share) => next() < share,
    fork: () => createChance(Math.floor(next() * 2 ** 32)),
  }
}

/** Half of the keys tell their moment, as the typed client's do; the ids of their orders then do, too. */
export const keyFor = (mark: string, chance: Chance) =>
  chance.happens(0.5) ? Bun.randomUUIDv7() : `clave-${mark}`
