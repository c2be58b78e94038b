import { networkOf } from '../../values/network-of.ts'

/** Where a request gives its place back while it has nothing to do but wait, and takes it again. */
export interface Places {
  leave(): void
  enter(): void
  /** Whether more came back than may be at work. */
  readonly crowded: boolean
}

export interface ArrivalsOptions {
  readonly places?: Places
  /** How many slow bodies one address may have on their way. */
  readonly maxPerAddress?: number
  /** How many slow bodies may be on their way in all. */
  readonly maxTotal?: number
  /** How many bytes the bodies that are collected may announce in all, small ones left out. */
  readonly maxHeldBytes?: number
}

/** So little that it always has room: what it takes is bounded by how many connections there are. */
const smallBytes = 16 * 1024

interface Waiting {
  readonly giveWay: () => void
}

/**
 * The slow bodies that are on their way to a server; others are there before anybody could count
 * them. Nobody is refused for those of others: where there are too many, the one that is waited for
 * longest gives way, of the same address if that has its share, else of the one that has the most.
 */
export class Arrivals {
  readonly places: Places | undefined
  /** In the order in which they began, by address. */
  readonly #waiting = new Map<string, Set<Waiting>>()
  readonly #options: Required<Omit<ArrivalsOptions, 'places'>>
  #total = 0
  #heldBytes = 0
  #closed = false

  constructor({ places, ...options }: ArrivalsOptions = {}) {
    this.places = places
    this.#options = {
      maxPerAddress: 32,
      maxTotal: 256,
      maxHeldBytes: 64 * 1024 * 1024,
      ...options,
    }
  }

  /** How many are on their way. */
  get size(): number {
    return this.#total
  }

  /**
   * Room for a body that is kept until all of it is there, however many send one at a time.
   *
   * @returns to be called once nobody waits for it any more; undefined where there is no room
   */
  hold(bytes: number): (() => void) | undefined {
    const counted = bytes > smallBytes ? bytes : 0
    if (counted > 0 && this.#heldBytes + counted > this.#options.maxHeldBytes) return undefined
    this.#heldBytes += counted
    return () => {
      this.#heldBytes -= counted
    }
  }

  /**
   * Notes a body that is waited for from now on.
   *
   * @param giveWay called when it is not to be waited for any longer
   * @returns to be called once it is there, or nobody wants it any more
   */
  add(address: string, giveWay: () => void): () => void {
    if (this.#closed) {
      giveWay()
      return () => {}
    }
    const network = networkOf(address)
    this.#makeRoom(network)
    const own = this.#waiting.get(network) ?? new Set()
    const waiting: Waiting = { giveWay }
    this.#waiting.set(network, own.add(waiting))
    this.#total += 1
    return () => this.#remove(network, waiting)
  }

  /** The server stops: no slow body is waited for any longer, nor one that becomes slow. */
  close(): void {
    this.#closed = true
    for (const [network, own] of this.#waiting) {
      for (const waiting of own) this.#dismiss(network, waiting)
    }
  }

  #makeRoom(network: string): void {
    const { maxPerAddress, maxTotal } = this.#options
    const own = this.#waiting.get(network)
    const [oldest] = own ?? []
    if (own && oldest && own.size >= maxPerAddress) this.#dismiss(network, oldest)
    if (this.#total < maxTotal) return
    const most = [...this.#waiting].reduce((a, b) => (b[1].size > a[1].size ? b : a))
    const [first] = most[1]
    if (first) this.#dismiss(most[0], first)
  }

  #dismiss(network: string, waiting: Waiting): void {
    this.#remove(network, waiting)
    waiting.giveWay()
  }

  #remove(network: string, waiting: Waiting): void {
    const own = this.#waiting.get(network)
    if (!own?.delete(waiting)) return
    this.#total -= 1
    if (own.size === 0) this.#waiting.delete(network)
  }
}
