import type { Database } from 'bun:sqlite'
import { failureOf, isUniqueViolation, StorageUnavailableError, unavailable } from './errors.ts'
import type { GroupCommit } from './group-commit.ts'
import { answers } from './answers.ts'
import { advance, type Answer, type Asked, type Script, type Sql } from './script.ts'
import { inTurns, runAtOnce, type Walk } from './steps.ts'
import { rollBack } from './transaction.ts'

/**
 * What a store is given, the same whatever the database. Each rejects with StorageUnavailableError
 * when that can't serve, and then nothing was done; unless the error is `inDoubt`, as when a server goes
 * away in the middle of COMMIT: then the write was done or not, as when a process dies before it answers.
 */
export interface Engine {
  /**
   * Runs a script as if there were no other, and resolves when all of it is on disk. What it throws
   * undoes this write alone and is rejected unchanged. The script may be run again. One statement will
   * do instead of a script.
   * @throws TypeError, at once, inside the work of a write
   */
  write<T>(work: () => Script<T> | Asked<T>): Promise<T>
  /**
   * For a write that takes long: lets others work at each bare `yield`. Reads see nothing of it
   * before its end, and other writes wait for that.
   */
  writeInSteps<T>(work: () => Script<T>): Promise<T>
  /** Asks one thing of what is committed. */
  ask<T>(asked: Asked<T>): Promise<T>
  /** Asks several things of what is committed, as of one moment. */
  read<T>(work: () => Script<T>): Promise<T>
  /** For a look that takes long: lets others work at each bare `yield`, and sees what they commit. */
  lookInSteps<T>(work: () => Script<T>): Promise<T>
  /**
   * Whether an error says that a key is there already.
   * @param rule `table.column`, or the index's name if it is on an expression
   */
  isDuplicate(error: unknown, rule: string): boolean
  /**
   * Lets go of what the log still has of what was erased, once those writes have ended. False when
   * somebody else is reading that log: then it is to be asked for again.
   */
  forget(): Promise<boolean>
  /**
   * Prepares statements before anything else is asked, so that a wrong text stops the start: at once, or,
   * where a server must be asked, by rejecting the next question.
   */
  prepare(...statements: readonly Sql[]): void
  /**
   * A write of which many come at once: those of a moment may share their statements.
   * @see Many
   */
  writeEach<Q, A>(many: Many<Q, A>, request: Q): Promise<A>
  /** Whether other processes may be writing to the same database. */
  readonly shared: boolean
  /**
   * Whether this process is the one to do a piece of work in the background, for some seconds from now; it
   * stays so by asking again. It spares the others the same work, and is no lock: what is done must be
   * right if two do it.
   */
  holds(work: string): Promise<boolean>
}

/** A write that can be done for many at once in a few statements, where each costs a way to a server. */
export interface Many<Q, A> {
  /** One of them, where a statement costs nothing. What it throws undoes it. */
  one(request: Q): Script<A>
  /**
   * Several or one, as if one after the other in this order. Answers, for each, what tells its outcome or
   * throws what `one` would; of such a one nothing may have been written.
   */
  all(requests: readonly Q[]): Script<readonly (() => A)[]>
}

interface EngineParts {
  readonly client: Database
  readonly group: GroupCommit
  readonly now: () => number
  readonly isClosed: () => boolean
  /** Runs steps in one transaction, on the connection that they are given. */
  readonly alone: <T>(work: (client: Database) => Walk<T>) => Promise<T>
}

/** What whoever asked is told of an error. */
const told = (error: unknown) => (failureOf(error) ? unavailable(error) : error)

/** The engine on SQLite, where each question is answered at once. */
export function createEngine({ client, group, now, isClosed, alone }: EngineParts): Engine {
  const { prepare, answer } = answers(client)
  const begin = client.prepare('BEGIN')
  const emptied = client.prepare<{ busy: number }, []>('PRAGMA wal_checkpoint(TRUNCATE)')

  function mustBeOpen(): void {
    if (isClosed()) throw new StorageUnavailableError('closed')
  }

  const reading: Answer = (asked) => {
    mustBeOpen()
    // It would be a commit of its own, with an fsync.
    if (asked.statement.changes) throw new TypeError('a read changes no rows: use write()')
    return answer(asked)
  }

  function mustNotBeWriting(): void {
    if (group.working) throw new TypeError('a read was asked for inside the work of a write()')
  }

  /** Thrown, not rejected, as by a write: only so does the enclosing work fail. */
  function look<T>(work: () => T | Promise<T>): Promise<T> {
    mustNotBeWriting()
    return Promise.try(work).catch((error: unknown) => {
      throw told(error)
    })
  }

  /** The same for one statement, without a promise to spare: most requests ask one. */
  function askOne<T>(asked: Asked<T>): Promise<T> {
    mustNotBeWriting()
    try {
      return Promise.resolve(reading(asked))
    } catch (error) {
      return Promise.reject(told(error))
    }
  }

  function asOfNow<T>(script: Script<T>): T {
    mustBeOpen()
    begin.run()
    try {
      return runAtOnce(walk(script, reading))
    } finally {
      rollBack(client)
    }
  }

  return {
    write(work) {
      if (isClosed()) return Promise.reject(new StorageUnavailableError('closed'))
      return group.submit(() => runAtOnce(walk(work(), answer)))
    },
    writeInSteps: (work) =>
      alone((own) => walk(work(), own === client ? answer : answers(own).answer)),
    ask: askOne,
    read: (work) => look(() => asOfNow(work())),
    lookInSteps: (work) => look(() => inTurns(walk(work(), reading), now)),
    isDuplicate: isUniqueViolation,
    // Where a statement costs a microsecond, to share it costs more.
    writeEach(many, request) {
      return this.write(() => many.one(request))
    },
    shared: false,
    holds: () => Promise.resolve(true),
    forget: () => look(() => emptied.get()?.busy === 0),
    prepare: (...statements) => statements.forEach(prepare),
  }
}

const walk = <T>(script: Script<T> | Asked<T>, answer: Answer): Walk<T> => ({
  next: () => advance(script, answer),
})

/** Runs a script that only reads, at once, on a connection of one's own: an audit's, or at the start. */
export function lookAt<T>(client: Database, work: () => Script<T>): T {
  const { answer, finalize } = answers(client)
  try {
    return runAtOnce(walk(work(), answer))
  } finally {
    finalize()
  }
}
