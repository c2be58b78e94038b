export const freshSeed = () => Math.floor(Math.random() * 2 ** 31)

/** The seed of a property or fuzz test, which prints it: the one that was asked for, or a new one. */
export function fuzzSeed(asked: string | undefined): number {
  return Number(asked ?? freshSeed())
}

/** Numbers in [0, 1) that a seed repeats: mulberry32, with 32 bits of state. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
