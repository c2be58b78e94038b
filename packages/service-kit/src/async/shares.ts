export interface SharesOptions {
  /** How many one name may hold at once, and how many all together. */
  readonly each: number
  readonly total: number
}

export type Share =
  | { readonly result: 'taken'; readonly release: () => void }
  | { readonly result: 'own-full' | 'all-full' }

/** What is held for a while, such as a stream: bounded for each who holds it, and in all. */
export class Shares {
  readonly #options: SharesOptions
  readonly #held = new Map<string, number>()
  #total = 0

  constructor(options: SharesOptions) {
    this.#options = options
  }

  /** How many are held, by all. */
  get held(): number {
    return this.#total
  }

  heldBy(name: string): number {
    return this.#held.get(name) ?? 0
  }

  /** One more for `name`, until it is released; releasing again does nothing. */
  take(name: string): Share {
    const { each, total } = this.#options
    if (this.heldBy(name) >= each) return { result: 'own-full' }
    if (this.#total >= total) return { result: 'all-full' }
    this.#add(name, 1)
    let held = true
    const release = () => {
      if (held) this.#add(name, -1)
      held = false
    }
    return { result: 'taken', release }
  }

  #add(name: string, change: 1 | -1): void {
    this.#total += change
    const left = this.heldBy(name) + change
    if (left > 0) this.#held.set(name, left)
    else this.#held.delete(name)
  }
}
