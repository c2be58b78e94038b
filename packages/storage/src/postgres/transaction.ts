import { StorageUnavailableError } from '../errors.ts'
import { Asked, inScript, Last } from '../script.ts'
import type { Connection, Result } from './client.ts'
import { failureOf, told } from './failures.ts'
import type { Unit, Write } from './group.ts'
import { type Ending, Talk } from './talk.ts'

/** Whatever the database's default: what is read after the turn is had must be what is committed by then. */
const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED'

/**
 * Locks the one row that whoever writes to this schema has to have, in whatever process, as SQLite's
 * write lock does: so numbers, moments and history grow in the order of commits.
 */
export const takeTurn = 'SELECT 1 FROM "__turno" WHERE particion = 0 FOR UPDATE'

const commit = 'COMMIT'

/** A transaction that had failed is rolled back by COMMIT, and that is no error. */
function mustBeCommitted(result: Result | undefined): void {
  if (result?.command !== commit) throw new StorageUnavailableError('io')
}

/** What came of a write, and how to tell whoever asked for it. */
export interface Outcome {
  readonly kept: boolean
  readonly tell: () => void
}

const kept = ({ resolve }: Write, value: unknown): Outcome => ({
  kept: true,
  tell: () => resolve(value),
})
const refused = ({ reject }: Write, error: unknown): Outcome => ({
  kept: false,
  tell: () => reject(error),
})

/** One transaction with the turn, on a connection that is given back or closed at its end. */
export class Transaction {
  readonly #connection: Connection
  readonly #talk: Talk
  /** Whether COMMIT is on its way. */
  #committing = false
  /** Whether there is a transaction to be ended. */
  #open = false

  readonly #ending: Ending = {
    text: commit,
    begins: () => {
      this.#committing = true
    },
    failed: () => {
      this.#committing = false
      this.#open = false
    },
    succeeded: (result) => {
      mustBeCommitted(result)
      this.#open = false
    },
  }

  /** @param proven whether the connection is known to be alive */
  constructor(connection: Connection, waiting: () => void, proven: boolean) {
    this.#connection = connection
    this.#talk = new Talk(connection, waiting, proven)
  }

  /**
   * Runs units, each as if it were alone; answers what came of each write once it is on disk.
   * @throws what the database failed with. All is undone then, or StorageUnavailableError says that it is
   * in doubt.
   */
  async of(units: readonly Unit[]): Promise<readonly Outcome[]> {
    try {
      const [unit = [], ...others] = units
      const outcomes =
        others.length === 0
          ? await this.#only(unit)
          : await this.#each(() => this.#protectedly(units))
      this.#connection.giveBack()
      return outcomes
    } catch (error) {
      // It may still be in a transaction, or lost.
      this.#connection.close()
      const unknown = this.#committing && failureOf(error) === 'unreachable'
      throw unknown ? told(error, true) : error
    }
  }

  /** A unit that is alone needs no savepoint: to undo it is to undo all there is. */
  async #only(unit: Unit): Promise<readonly Outcome[]> {
    const [write, ...more] = unit
    if (!write) return []
    try {
      return await this.#each(async () =>
        more.length > 0
          ? await this.#shared(unit, write, this.#ending)
          : [await this.#alone(write)],
      )
    } catch (error) {
      if (failureOf(error)) throw error
      if (this.#open) await this.#talk.say('ROLLBACK')
      if (more.length === 0) return [refused(write, error)]
    }
    // One by one, to find whose fault it is.
    return await this.#each(() => this.#protectedly(unit.map((one) => [one])))
  }

  /** Begins, works and commits, unless that went along with the last of the work. */
  async #each<T>(work: () => Promise<T>): Promise<T> {
    this.#talk.ahead(begin)
    this.#talk.ahead(takeTurn)
    this.#open = true
    const value = await work()
    if (this.#open) {
      this.#committing = true
      mustBeCommitted(await this.#talk.say(commit))
    }
    return value
  }

  async #alone(write: Write): Promise<Outcome> {
    const work = inScript(write.work)
    if (!(work instanceof Asked)) return kept(write, await this.#talk.run(work, this.#ending))
    const answers = (await this.#talk.ask(new Last([work]), this.#ending)) as readonly unknown[]
    return kept(write, answers[0])
  }

  async #protectedly(units: readonly Unit[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (const unit of units) outcomes.push(...(await this.#protected(unit)))
    return outcomes
  }

  /**
   * Runs a unit in a savepoint of its own. One that several share is run again one by one if it fails, to
   * find whose fault it is.
   */
  async #protected(unit: Unit): Promise<Outcome[]> {
    const [write, ...more] = unit as [Write, ...Write[]]
    this.#talk.ahead('SAVEPOINT write')
    try {
      const outcomes = more.length > 0 ? await this.#shared(unit, write) : [await this.#run(write)]
      this.#talk.ahead('RELEASE write')
      return outcomes
    } catch (error) {
      if (failureOf(error)) throw error
      this.#talk.ahead('ROLLBACK TO write')
      this.#talk.ahead('RELEASE write')
      if (more.length === 0) return [refused(write, error)]
    }
    return await this.#protectedly(unit.map((one) => [one]))
  }

  async #run(write: Write): Promise<Outcome> {
    return kept(write, await this.#talk.run(inScript(write.work)))
  }

  async #shared(unit: Unit, { of }: Write, ending?: Ending): Promise<Outcome[]> {
    if (!of) throw new TypeError('writes of several kinds were taken for one')
    const answers = await this.#talk.run(
      inScript(() => of.many.all(unit.map((one) => one.of?.request))),
      ending,
    )
    if (answers.length !== unit.length) throw new TypeError('not every request has its answer')
    return unit.map((write, n) => {
      try {
        return kept(write, answers[n]?.())
      } catch (error) {
        return refused(write, error)
      }
    })
  }
}
