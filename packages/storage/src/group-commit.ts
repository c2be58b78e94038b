import type { Database } from 'bun:sqlite'
import { failureOf, sqliteErrorIn, StorageUnavailableError, translate } from './errors.ts'
import { blockMs } from './open.ts'
import { rollBack } from './transaction.ts'

/** The limits of one batch: how much work may sit between two turns of the event loop. */
const batchWrites = 256
const batchMs = 20
const longestBackOffMs = 50

export interface GroupCommitOptions {
  client: Database
  /** Monotonic milliseconds. */
  now: () => number
  wait: (ms: number) => Promise<void>
  /** How long a write waits for a lock that another connection holds. */
  busyMs: number
  maxPending: number
  onBatch: (batch: { writes: number; ms: number }) => void
  onFailure: (error: StorageUnavailableError) => void
}

interface Entry {
  /** Runs the work; the answer tells the caller of its success, once that is on disk. */
  run: () => () => void
  reject: (error: unknown) => void
  waitedMs: number
}

/** Queues writes and runs those which arrived together in one transaction with one fsync. */
export class GroupCommit {
  readonly #options: GroupCommitOptions
  readonly #queue: Entry[] = []
  readonly #statements
  #draining: Promise<void> | undefined
  #working = false

  constructor(options: GroupCommitOptions) {
    this.#options = options
    const { client } = options
    this.#statements = {
      begin: client.prepare('BEGIN IMMEDIATE'),
      savepoint: client.prepare('SAVEPOINT write'),
      release: client.prepare('RELEASE write'),
      undo: client.prepare('ROLLBACK TO write'),
      commit: client.prepare('COMMIT'),
    }
  }

  get pending(): number {
    return this.#queue.length
  }

  get working(): boolean {
    return this.#working
  }

  submit<T>(work: () => T): Promise<T> {
    // Thrown, not rejected: only so does the enclosing work fail instead of going on unaware.
    if (this.#working) throw new TypeError('write() was called inside the work of a write()')
    if (this.#queue.length >= this.#options.maxPending) {
      return Promise.reject(new StorageUnavailableError('overloaded'))
    }
    return new Promise<T>((resolve, reject) => {
      const run = () => {
        const value = work()
        return () => resolve(value)
      }
      this.#queue.push({ run, reject, waitedMs: 0 })
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when nothing is queued any more. Never rejects. */
  async drained(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    let backOffMs = 1
    while (this.#queue.length > 0) {
      // The end of this turn of the event loop: everything that it brought is queued by then.
      await new Promise((resolve) => setImmediate(resolve))
      const refusal = this.#begin()
      if (refusal === undefined) {
        this.#runBatch()
        backOffMs = 1
      } else if (refusal.reason === 'locked') {
        await this.#options.wait(backOffMs)
        this.#expire(backOffMs + blockMs, refusal)
        backOffMs = Math.min(backOffMs * 2, longestBackOffMs)
      } else {
        this.#fail(this.#queue.splice(0), refusal)
      }
    }
    this.#draining = undefined
  }

  #begin(): StorageUnavailableError | undefined {
    try {
      // A transaction left open by a stranger to this class would stall every later writer.
      rollBack(this.#options.client)
      this.#statements.begin.run()
      return undefined
    } catch (error) {
      return unavailable(error)
    }
  }

  /** Waiting is counted, not read from a clock: a clock that jumps must not lengthen it. */
  #expire(waitedMs: number, refusal: StorageUnavailableError): void {
    for (const entry of this.#queue) entry.waitedMs += waitedMs
    const fresh = this.#queue.findIndex((entry) => entry.waitedMs < this.#options.busyMs)
    this.#fail(this.#queue.splice(0, fresh === -1 ? this.#queue.length : fresh), refusal)
  }

  #fail(entries: Entry[], error: StorageUnavailableError): void {
    if (entries.length === 0) return
    this.#options.onFailure(error)
    for (const entry of entries) entry.reject(error)
  }

  /** Runs with a transaction open; ends it before anything else can run on the connection. */
  #runBatch(): void {
    const { client, now, onBatch } = this.#options
    const startedAt = now()
    const alone = this.#queue.length === 1
    const ran: Entry[] = []
    const outcomes: (() => void)[] = []
    let successes = 0
    this.#working = true
    try {
      do {
        const entry = this.#queue.shift()
        if (!entry) break
        ran.push(entry)
        const outcome = this.#runOne(entry, alone)
        outcomes.push(outcome.tell)
        if (outcome.succeeded) successes++
      } while (ran.length < batchWrites && now() - startedAt < batchMs)
      if (successes > 0) this.#statements.commit.run()
      else rollBack(client)
    } catch (error) {
      this.#abandon(ran, error)
      return
    } finally {
      this.#working = false
    }
    // Refusals wait for the commit as well: they may rest on what an earlier write of the batch did.
    for (const tell of outcomes) tell()
    if (successes > 0) onBatch({ writes: successes, ms: now() - startedAt })
  }

  /** Throws only if the whole transaction is lost. */
  #runOne(entry: Entry, alone: boolean): { succeeded: boolean; tell: () => void } {
    const { client } = this.#options
    const { savepoint, release, undo } = this.#statements
    try {
      if (!alone) savepoint.run()
      const tell = entry.run()
      if (!client.inTransaction) throw new StorageUnavailableError('io')
      if (!alone) release.run()
      return { succeeded: true, tell }
    } catch (error) {
      // On a full disk and the like SQLite rolls back everything, not just the statement.
      if (!client.inTransaction) throw error
      if (alone) rollBack(client)
      else {
        undo.run()
        release.run()
      }
      const shown = translate(error)
      if (shown instanceof StorageUnavailableError) this.#options.onFailure(shown)
      return { succeeded: false, tell: () => entry.reject(shown) }
    }
  }

  #abandon(ran: Entry[], error: unknown): void {
    try {
      rollBack(this.#options.client)
    } catch {
      // The next batch tries again before it begins.
    }
    this.#fail(ran, unavailable(error))
  }
}

function unavailable(error: unknown): StorageUnavailableError {
  if (error instanceof StorageUnavailableError) return error
  return new StorageUnavailableError(failureOf(error) ?? 'io', sqliteErrorIn(error))
}
