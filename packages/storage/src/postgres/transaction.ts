import { StorageUnavailableError } from '../errors.ts'
import { Asked, inScript } from '../script.ts'
import type { Connection, Result } from './client.ts'
import { failureOf, told } from './failures.ts'
import type { Unit, Write } from './group.ts'
import { answerOf, Talk } from './talk.ts'

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

  constructor(connection: Connection, waiting: () => void) {
    this.#connection = connection
    this.#talk = new Talk(connection, waiting)
  }

  /**
   * Runs units, each as if it were alone; answers what came of each write once it is on disk.
   * @param proven whether the connection is known to be alive
   * @throws what the database failed with. All is undone then, or StorageUnavailableError says that it is
   * in doubt.
   */
  async of(units: readonly Unit[], proven: boolean): Promise<readonly Outcome[]> {
    try {
      const [[write, ...more] = [], ...others] = units
      const outcomes =
        write && more.length + others.length === 0
          ? await this.#alone(write, proven)
          : await this.#together(units)
      this.#connection.giveBack()
      return outcomes
    } catch (error) {
      // It may still be in a transaction, or lost.
      this.#connection.close()
      const unknown = this.#committing && failureOf(error) === 'unreachable'
      throw unknown ? told(error, true) : error
    }
  }

  /** A write that is alone needs no savepoint: to undo it is to undo all there is. */
  async #alone(write: Write, proven: boolean): Promise<Outcome[]> {
    let value: unknown
    try {
      const work = inScript(write.work)
      if (proven && work instanceof Asked) return [await this.#atOnce(write, work)]
      this.#begin()
      value = await this.#talk.run(work)
    } catch (error) {
      if (failureOf(error)) throw error
      await this.#talk.say('ROLLBACK')
      return [refused(write, error)]
    }
    await this.#commit()
    return [kept(write, value)]
  }

  /** One statement, in one way to the server and back. */
  async #atOnce(write: Write, asked: Asked<unknown>): Promise<Outcome> {
    const { statement, params } = asked
    this.#committing = true
    this.#begin()
    this.#talk.ahead(statement.postgres, params)
    this.#talk.ahead(commit)
    const ends = await this.#talk.settled()
    const errors = ends.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    const failure: unknown = errors.find(failureOf)
    if (failure) throw failure
    // COMMIT has rolled back what had failed.
    if (errors.length > 0) return refused(write, errors[0])
    const results = ends.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    mustBeCommitted(results.at(-1))
    return kept(write, answerOf(asked, results.at(-2) as Result))
  }

  #begin(): void {
    this.#talk.ahead(begin)
    this.#talk.ahead(takeTurn)
  }

  async #commit(): Promise<void> {
    this.#committing = true
    mustBeCommitted(await this.#talk.say(commit))
  }

  async #together(units: readonly Unit[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    this.#begin()
    for (const unit of units) outcomes.push(...(await this.#protected(unit)))
    await this.#commit()
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
    const outcomes: Outcome[] = []
    for (const one of unit) outcomes.push(...(await this.#protected([one])))
    return outcomes
  }

  async #run(write: Write): Promise<Outcome> {
    return kept(write, await this.#talk.run(inScript(write.work)))
  }

  async #shared(unit: Unit, { of }: Write): Promise<Outcome[]> {
    if (!of) throw new TypeError('writes of several kinds were taken for one')
    const answers = await this.#talk.run(
      inScript(() => of.many.all(unit.map((one) => one.of?.request))),
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
