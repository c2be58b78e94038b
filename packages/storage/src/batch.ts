import type { Database } from 'bun:sqlite'
import { failureOf, type StorageUnavailableError, unavailable } from './errors.ts'
import { rollBack } from './transaction.ts'

/** The limits of one batch: how much work may sit between two turns of the event loop. */
const longestWrites = 256
const longestMs = 20

/** A queued write. */
export interface Write {
  /** Does the work; what it returns tells the caller of the success. */
  run: () => () => void
  reject: (error: unknown) => void
  waitedMs: number
}

type Outcome =
  | { kept: true; tell: () => void }
  | { kept: false; tell: () => void; failure: StorageUnavailableError | undefined }

export interface BatchResult {
  committed: number
  ms: number
  /** A failure of the storage that a write of the batch met. */
  failure: StorageUnavailableError | undefined
}

/** Runs writes in one transaction with one fsync, each in a savepoint of its own. */
export class BatchRunner {
  readonly #client: Database
  readonly #now: () => number
  readonly #statements

  constructor(client: Database, now: () => number) {
    this.#client = client
    this.#now = now
    this.#statements = {
      begin: client.prepare('BEGIN IMMEDIATE'),
      savepoint: client.prepare('SAVEPOINT write'),
      release: client.prepare('RELEASE write'),
      undo: client.prepare('ROLLBACK TO write'),
      commit: client.prepare('COMMIT'),
    }
  }

  /** Takes the write lock, or says why it cannot. */
  begin(): StorageUnavailableError | undefined {
    try {
      // A transaction left open by a stranger to this class would stall every later writer.
      rollBack(this.#client)
      this.#statements.begin.run()
      return undefined
    } catch (error) {
      return unavailable(error)
    }
  }

  /** Needs `begin`. Takes writes off the queue; before it returns, their transaction has ended. */
  run(queue: Write[]): BatchResult {
    const startedAt = this.#now()
    // A write that is alone needs no savepoint: to undo it is to undo all there is.
    const alone = queue.length === 1
    const ran: Write[] = []
    const outcomes: Outcome[] = []
    try {
      do {
        const write = queue.shift()
        if (!write) break
        ran.push(write)
        outcomes.push(alone ? this.#runAlone(write) : this.#runProtected(write))
      } while (ran.length < longestWrites && this.#now() - startedAt < longestMs)
      if (!alone || outcomes[0]?.kept) this.#statements.commit.run()
    } catch (error) {
      const failure = this.#abandon(error)
      for (const write of ran) write.reject(failure)
      return { committed: 0, ms: this.#now() - startedAt, failure }
    }
    // Refusals waited for the commit as well: they may rest on what an earlier write did.
    for (const outcome of outcomes) outcome.tell()
    const refused = outcomes.filter((outcome) => !outcome.kept)
    return {
      committed: outcomes.length - refused.length,
      ms: this.#now() - startedAt,
      failure: refused.find((outcome) => outcome.failure)?.failure,
    }
  }

  /** Throws only if the whole transaction is lost. After a refusal it has ended. */
  #runAlone(write: Write): Outcome {
    try {
      return { kept: true, tell: write.run() }
    } catch (error) {
      this.#stillThere(error)
      rollBack(this.#client)
      return refusal(write, error)
    }
  }

  /** Throws only if the whole transaction is lost. */
  #runProtected(write: Write): Outcome {
    const { savepoint, release, undo } = this.#statements
    try {
      savepoint.run()
      const tell = write.run()
      // Fails if the transaction is gone although the work did not say so.
      release.run()
      return { kept: true, tell }
    } catch (error) {
      this.#stillThere(error)
      undo.run()
      release.run()
      return refusal(write, error)
    }
  }

  /** On a full disk and the like SQLite rolls back everything, not just the statement. */
  #stillThere(error: unknown): void {
    if (!this.#client.inTransaction) throw error
  }

  #abandon(error: unknown): StorageUnavailableError {
    try {
      rollBack(this.#client)
    } catch {
      // The next batch tries again before it begins.
    }
    return unavailable(error)
  }
}

function refusal(write: Write, error: unknown): Outcome {
  const failure = failureOf(error) && unavailable(error)
  return { kept: false, tell: () => write.reject(failure ?? error), failure }
}
