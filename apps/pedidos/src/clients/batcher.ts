import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Outside } from '@encargo/service-kit/run/outside'

/** By which a caller's own deadline is kept. */
export type Tiempo = Pick<Outside, 'clock' | 'timer'>

export interface BatcherOptions<K, V> {
  /** Looks up all of `keys` in one call; what it does not know is left out. */
  readonly load: (keys: readonly K[], call: CallContext) => Promise<ReadonlyMap<K, V>>
  /** The most keys of one call. */
  readonly maxKeys: number
  /** Runs `next` at the end of this turn of the event loop. */
  readonly schedule?: (next: () => void) => void
  readonly tiempo: Tiempo
}

interface Batch<K, V> {
  readonly keys: Set<K>
  /** How many look-ups are in it. */
  lookUps: number
  readonly call: CallContext
  readonly loaded: Promise<ReadonlyMap<K, V>>
  readonly start: () => void
}

/**
 * How many turns of the event loop a call waits at most. Requests that were sent together arrive over
 * several turns, as each turn answers some of them; a call costs far more than another turn does.
 */
const longestTurns = 8

/**
 * Makes one call of the look-ups that arrive in a row of turns of the event loop, until a turn brings
 * none: one that is alone waits for a turn, not for a time. Nothing is remembered: each look-up is
 * answered by a call that began after it was asked for. A failed call fails those who wait for it, and
 * nobody else.
 *
 * @example const users = new Batcher({ load, maxKeys: 200, tiempo: outside }); await users.get([id], call)
 */
export class Batcher<K, V> {
  readonly #options: Required<BatcherOptions<K, V>>
  #open: Batch<K, V> | undefined

  constructor(options: BatcherOptions<K, V>) {
    this.#options = { schedule: setImmediate, ...options }
  }

  /**
   * What is known of `keys`, at most `maxKeys` of them. Rejects as `load` does, or with
   * `onLate()` when the caller's own deadline passes first.
   */
  async get(
    keys: readonly K[],
    call: CallContext,
    onLate: () => Error,
  ): Promise<ReadonlyMap<K, V>> {
    if (keys.length === 0) return new Map()
    const batch = this.#batchFor(keys, call)
    for (const key of keys) batch.keys.add(key)
    batch.lookUps++
    // Who came with less time than the batch has must not wait for longer than that.
    if (call.deadlineAt >= batch.call.deadlineAt) return await batch.loaded
    return await this.#before(call.deadlineAt, batch.loaded, onLate)
  }

  #batchFor(keys: readonly K[], call: CallContext): Batch<K, V> {
    const open = this.#open
    const fits =
      open &&
      open.call.deadlineAt >= call.deadlineAt - deadlineSlackMs &&
      open.keys.size + keys.length <= this.#options.maxKeys
    if (fits) return open
    const { promise: loaded, resolve } = Promise.withResolvers<ReadonlyMap<K, V>>()
    // Somebody always waits for `loaded`, but perhaps no more when it rejects.
    loaded.catch(() => undefined)
    const start = () => resolve(this.#load(fresh))
    const fresh: Batch<K, V> = { keys: new Set(), lookUps: 0, call, loaded, start }
    this.#open = fresh
    this.#gather(fresh, 1)
    return fresh
  }

  #gather(batch: Batch<K, V>, turn: number, before = 0): void {
    this.#options.schedule(() => {
      const grew = batch.lookUps > before
      // Another one is open when this one is full.
      if (grew && turn < longestTurns && this.#open === batch) {
        this.#gather(batch, turn + 1, batch.lookUps)
        return
      }
      if (this.#open === batch) this.#open = undefined
      batch.start()
    })
  }

  async #load({ keys, call }: Pick<Batch<K, V>, 'keys' | 'call'>): Promise<ReadonlyMap<K, V>> {
    return await this.#options.load([...keys], call)
  }

  async #before<T>(deadlineAt: number, work: Promise<T>, onLate: () => Error): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const { clock, timer } = this.#options.tiempo
    const cancel = timer(() => reject(onLate()), Math.max(0, deadlineAt - clock.monoMs()))
    try {
      return await Promise.race([work, late])
    } finally {
      cancel()
    }
  }
}

/** Requests of one turn have nearly the same deadline; one in a great hurry gets its own call. */
const deadlineSlackMs = 250
