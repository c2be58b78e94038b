/** Choices that a seed repeats. */
export function chanceOf(random: () => number) {
  const below = (n: number) => Math.floor(random() * n)
  const of = <const T>(...ones: readonly [T, ...T[]]): T => ones[below(ones.length)] ?? ones[0]
  const id = (version = 7) => {
    const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('')
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `${version}${hex.slice(13, 16)}`]
    return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-')
  }
  return {
    below,
    of,
    id,
    /** Whether what happens once in `n` times happens now. */
    once: (n: number) => below(n) === 0,
    /** One of a list that may be empty. */
    from: <T>(ones: readonly T[]): T | undefined => ones[below(ones.length)],
    /** One of the last `most` of such a list. */
    late: <T>(ones: readonly T[], most: number): T | undefined =>
      ones.at(-1 - below(Math.min(most, ones.length))),
    /** Gives all of them, in any order, before one a second time. */
    deck<T>(ones: readonly T[]): () => T | undefined {
      let left: T[] = []
      return () => {
        if (left.length === 0) left = [...ones]
        return left.splice(below(left.length), 1)[0]
      }
    },
    many: <T>(n: number, one: (at: number) => T): T[] =>
      Array.from({ length: n }, (_, at) => one(at)),
    /** Words of some kinds, with what engines may take for something else. */
    text: (words: number) =>
      Array.from({ length: 1 + below(words) }, () => of(...pieces)).join(of('', ' ', ' ')),
  }
}
export type Chance = ReturnType<typeof chanceOf>

/** Things in the order in which they were first heard of, however often. */
export class Known<T> {
  readonly #seen = new Set<unknown>()
  readonly all: T[] = []

  /** @param key what is the same of two that are the same */
  add(one: T, key: unknown = one): void {
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.all.push(one)
  }
}

const pieces: [string, ...string[]] = [
  'café',
  'Núñez',
  'mañana',
  'TAZA',
  'o\u0301',
  "O'Hara",
  'a"b',
  '\\x41',
  '%_',
  '$1 ?1',
  '{"a":1}',
  '3.5mm',
  '漢字',
  '👩‍🦰',
  'ﬁ½',
  'ß',
  'Ⅷ',
  '00',
  '-7',
]
