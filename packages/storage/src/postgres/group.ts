import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Many } from '../engine.ts'
import { StorageUnavailableError } from '../errors.ts'
import { Asked, type Script } from '../script.ts'
import type { Pool } from './client.ts'
import { isWorthAnother, told } from './failures.ts'
import { type Outcome, Transaction } from './transaction.ts'

/** How many units share a transaction: each has a savepoint, and PostgreSQL slows down beyond 64 of them. */
const longestUnits = 32
/** How many writes that share their statements are one unit. */
const longestShared = 128

export interface Write {
  readonly work: () => Script<unknown> | Asked<unknown>
  /** Where it is one of many of a kind. */
  readonly of?: { readonly many: Many<unknown, unknown>; readonly request: unknown } | undefined
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Writes that are run together: alone, or several of a kind. */
export type Unit = readonly Write[]

export interface GroupResult {
  /** How many were kept. */
  readonly writes: number
  readonly ms: number
  /** What kept the whole group from being written. */
  readonly failure?: StorageUnavailableError | undefined
}

export interface GroupOptions {
  /** Of one connection: only one transaction of a process can have the turn. */
  readonly pool: Pool
  readonly maxPending: number
  readonly now: () => number
  /** What has to be done before the next transaction. */
  readonly ready: () => Promise<void>
  /** Is told each time that somebody waits for the server. */
  readonly waiting: () => void
  /** After each group. Must not throw. */
  readonly observe: (result: GroupResult) => void
}

/** The units of the writes at the head of a queue, which are taken off it. */
function takeUnits(queue: Write[]): Unit[] {
  const units: Write[][] = []
  const shared = new Map<Many<unknown, unknown>, Write[]>()
  let taken = 0
  for (const write of queue) {
    const many = write.of?.many
    const open = many && shared.get(many)
    if (open && open.length < longestShared) open.push(write)
    else if (units.length === longestUnits) break
    else {
      const unit = [write]
      units.push(unit)
      if (many) shared.set(many, unit)
    }
    taken++
  }
  queue.splice(0, taken)
  return units
}

/** Queues writes, so that those of one turn of the event loop are one transaction. */
export class GroupCommit {
  readonly #options: GroupOptions
  readonly #queue: Write[] = []
  #draining: Promise<void> | undefined
  /** When the last transaction succeeded. */
  #lastAt = Number.NEGATIVE_INFINITY

  constructor(options: GroupOptions) {
    this.#options = options
  }

  get pending(): number {
    return this.#queue.length
  }

  submit(write: Write): void {
    if (this.#queue.length >= this.#options.maxPending) {
      write.reject(new StorageUnavailableError('overloaded'))
      return
    }
    this.#queue.push(write)
    this.#draining ??= this.#drain()
  }

  /** Resolves when nothing is queued or under way any more. Never rejects. */
  async drained(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // The end of this turn of the event loop: everything that it brought is queued by then.
      await nextTurn()
      await this.#commit(takeUnits(this.#queue))
    }
    this.#draining = undefined
  }

  /** Never rejects. */
  async #commit(units: readonly Unit[]): Promise<void> {
    const { now, observe, ready } = this.#options
    const startedAt = now()
    try {
      await ready()
      const outcomes = await this.#untilDone(units)
      // Refusals waited for the commit as well: they may rest on what an earlier write did.
      for (const { tell } of outcomes) tell()
      this.#lastAt = now()
      const writes = outcomes.filter(({ kept }) => kept).length
      observe({ writes, ms: now() - startedAt })
    } catch (error) {
      const reason = told(error)
      for (const write of units.flat()) write.reject(reason)
      const failure = reason instanceof StorageUnavailableError ? reason : undefined
      observe({ writes: 0, ms: now() - startedAt, failure })
    }
  }

  /** Runs units in a transaction, and in another if that one failed without having done anything. */
  async #untilDone(units: readonly Unit[]): Promise<readonly Outcome[]> {
    const { pool, waiting, now } = this.#options
    for (let attempt = 1; ; attempt++) {
      try {
        // What is sent over a connection that died of idleness is lost with it.
        const proven = attempt === 1 && now() - this.#lastAt < provenForMs
        return await new Transaction(await pool.reserve(), waiting, proven).of(units)
      } catch (error) {
        if (!isWorthAnother(error, attempt, pool.max)) throw error
      }
    }
  }
}

/** How long a connection that has answered is taken to be alive. */
const provenForMs = 1_000
