import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Many } from '../engine.ts'
import { StorageUnavailableError } from '../errors.ts'
import type { Asked, Script } from '../script.ts'
import type { Pool } from './client.ts'
import { failureOf, isRetryable, told } from './failures.ts'
import { Talk } from './talk.ts'

/** How many units share a transaction: each has a savepoint, and PostgreSQL slows down beyond 64 of them. */
const longestUnits = 32
/** How many writes that share their statements are one unit. */
const longestShared = 128
/** How often what met somebody else's transaction is run. */
const attempts = 5

/**
 * Locks the one row that whoever writes to this schema has to have, in whatever process, as SQLite's
 * write lock does: so numbers, moments and history grow in the order of commits.
 */
export const takeTurn = 'SELECT 1 FROM "__turno" WHERE particion = 0 FOR UPDATE'

export interface Write {
  readonly work: () => Script<unknown> | Asked<unknown>
  /** Where it is one of many of a kind. */
  readonly of?: { readonly many: Many<unknown, unknown>; readonly request: unknown } | undefined
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface GroupResult {
  readonly writes: number
  readonly ms: number
  readonly roundTrips: number
  /** What kept the whole group from being written. */
  readonly failure?: StorageUnavailableError | undefined
}

export interface GroupOptions {
  /** Of one connection: only one transaction of a process can have the turn. */
  readonly pool: Pool
  readonly maxPending: number
  readonly now: () => number
  readonly observe: (result: GroupResult) => void
  /** What has to be there before the first. */
  readonly ready: Promise<unknown>
}

/** Writes that are run together: alone, or several of a kind. */
type Unit = readonly Write[]
type Tell = () => void

/** The units of the writes at the head of a queue, which are taken off it. */
function takeUnits(queue: Write[]): Unit[] {
  const units: Write[][] = []
  const shared = new Map<Many<unknown, unknown>, Write[]>()
  while (queue.length > 0) {
    const [write] = queue as [Write]
    const many = write.of?.many
    const open = many && shared.get(many)
    if (open && open.length < longestShared) open.push(write)
    else if (units.length === longestUnits) break
    else {
      const unit = [write]
      units.push(unit)
      if (many) shared.set(many, unit)
    }
    queue.shift()
  }
  return units
}

/** Runs a unit; answers how to tell each of its writes what came of it. */
async function runUnit(talk: Talk, unit: Unit): Promise<Tell[]> {
  const [write] = unit as [Write]
  if (unit.length === 1 || !write.of) {
    const value = await talk.run(write.work())
    return [() => write.resolve(value)]
  }
  const answers = await talk.run(write.of.many.all(unit.map((one) => one.of?.request)))
  return unit.map(
    ({ resolve, reject }, n) =>
      () =>
        void Promise.try(answers[n] as () => unknown).then(resolve, reject),
  )
}

/** Queues writes, so that those of one turn of the event loop are one transaction. */
export class GroupCommit {
  readonly #options: GroupOptions
  readonly #queue: Write[] = []
  #draining: Promise<void> | undefined

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
    try {
      await this.#options.ready
    } catch (error) {
      for (const write of this.#queue.splice(0)) write.reject(told(error))
    }
    while (this.#queue.length > 0) {
      // The end of this turn of the event loop: everything that it brought is queued by then.
      await nextTurn()
      await this.#commit(takeUnits(this.#queue))
    }
    this.#draining = undefined
  }

  /** Never rejects. */
  async #commit(units: readonly Unit[]): Promise<void> {
    const startedAt = this.#options.now()
    const writes = units.flat()
    for (let attempt = 1; ; attempt++) {
      try {
        const { tells, kept, roundTrips } = await this.#transaction(units)
        for (const tell of tells) tell()
        this.#options.observe({ writes: kept, ms: this.#options.now() - startedAt, roundTrips })
        return
      } catch (error) {
        if (isRetryable(error) && attempt < attempts) continue
        const reason = told(error)
        for (const write of writes) write.reject(reason)
        const failure = reason instanceof StorageUnavailableError ? reason : undefined
        const ms = this.#options.now() - startedAt
        this.#options.observe({ writes: 0, ms, roundTrips: 0, failure })
        return
      }
    }
  }

  /** One transaction. What it throws has undone all of it, unless the answer to COMMIT was lost. */
  async #transaction(units: readonly Unit[]) {
    const connection = await this.#options.pool.reserve()
    const talk = new Talk(connection)
    try {
      talk.ahead('BEGIN')
      talk.ahead(takeTurn)
      const tells: Tell[] = []
      let kept = 0
      const alone = units.length === 1 && units[0]?.length === 1
      for (const unit of alone ? [] : units) kept += await protectedly(talk, unit, tells)
      if (alone) {
        const [write] = units.flat() as [Write]
        try {
          tells.push(...(await runUnit(talk, [write])))
          kept = 1
        } catch (error) {
          if (failureOf(error)) throw error
          // To undo it is to undo all there is.
          await talk.say('ROLLBACK')
          connection.giveBack()
          return { tells: [() => write.reject(error)], kept: 0, roundTrips: talk.roundTrips }
        }
      }
      const { command } = await talk.say('COMMIT')
      // A transaction that had failed is rolled back by COMMIT, and that is no error.
      if (command !== 'COMMIT') throw new StorageUnavailableError('io')
      connection.giveBack()
      return { tells, kept, roundTrips: talk.roundTrips }
    } catch (error) {
      // It may still be in a transaction, or lost.
      connection.close()
      throw error
    }
  }
}

/**
 * Runs a unit in a savepoint of its own; answers how many of it are kept. Throws only if the whole
 * transaction is lost. One that several share is run again one by one if it fails, to find whose it is.
 */
async function protectedly(talk: Talk, unit: Unit, tells: Tell[]): Promise<number> {
  talk.ahead('SAVEPOINT write')
  try {
    const told = await runUnit(talk, unit)
    talk.ahead('RELEASE write')
    tells.push(...told)
    return unit.length
  } catch (error) {
    if (failureOf(error)) throw error
    talk.ahead('ROLLBACK TO write')
    await talk.say('RELEASE write')
    const [write] = unit as [Write]
    if (unit.length === 1) {
      tells.push(() => write.reject(error))
      return 0
    }
  }
  let kept = 0
  for (const write of unit) kept += await protectedly(talk, [write], tells)
  return kept
}
