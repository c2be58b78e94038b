import type { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import { backupDatabase, writeBackup } from './backup.ts'
import { type StorageFailure, StorageUnavailableError } from './errors.ts'
import { createEngine, type Engine } from './engine.ts'
import { type BatchResult, BatchRunner } from './batch.ts'
import { Checkpoints } from './checkpoints.ts'
import { GroupCommit } from './group-commit.ts'
import { type Health, HealthRecord } from './health.ts'
import { openBeside, openDatabase } from './open.ts'
import { runAtOnce, runInSteps, type Steps, type Walk } from './steps.ts'

export type Schema = Record<string, unknown>

export interface StorageOptions<S extends Schema> {
  /** Path of the database, or ':memory:' (for tests: nothing of it is durable). */
  file: string
  schema: S
  /** What drizzle-kit generated, with its `meta` folder. */
  migrationsFolder: string
  /** Monotonic milliseconds, default `performance.now`. */
  now?: () => number
  /** Pauses while another connection holds the write lock, default a timer. */
  wait?: (ms: number) => Promise<void>
  /** How long a write waits for that lock before it is refused as `locked`, default 2000 ms. */
  busyMs?: number
  /** How many writes may be queued before more are refused as `overloaded`, default 1024. */
  maxPending?: number
  /** After each commit: how many writes shared it, and the time from BEGIN to the fsync's end. */
  onBatch?: (batch: { writes: number; ms: number }) => void
}

export interface StorageStats {
  commits: number
  writes: number
  pending: number
  lastError?: { reason: StorageFailure; at: number }
}

/** A promise would be committed before it is done: work that returns one does not compile. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? never : T

export interface Storage<S extends Schema> {
  /** What stores are given. The four members after it go when the last store does without them. */
  readonly engine: Engine
  /** For reads. Sees committed data only. */
  readonly db: BunSQLiteDatabase<S>
  /** The raw connection, for full-text queries and prepared statements. */
  readonly client: Database
  /**
   * Runs `work` once, in a transaction shared with the writes that arrived together, and resolves
   * with its value after the fsync. What it throws rolls back this write alone and is rejected
   * unchanged; StorageUnavailableError means that nothing of it is on disk. `work` must not use
   * `db.transaction` (it is in one already) nor call `write` (throws TypeError).
   */
  write<T>(work: (db: BunSQLiteDatabase<S>) => Synchronous<T>): Promise<T>
  /**
   * For a write too long for one turn of the event loop: runs the generator that `work` returns, in
   * one transaction on a connection of its own, and lets others work wherever it yields. Reads see
   * nothing of it before its end, and other writes wait for that. All of it or, whatever is thrown,
   * nothing. `work` prepares its statements on the connection that it is given.
   */
  writeInSteps<T>(
    work: (db: BunSQLiteDatabase<S>, client: Database) => Steps<Synchronous<T>>,
  ): Promise<T>
  /** Whether the database can be read and written now. */
  health(): Health
  stats(): StorageStats
  /** Copies the database as of one moment to a new file, while reads and writes go on. */
  backup(toFile: string): Promise<void>
  /** Finishes what is queued, refuses what comes later (`closed`), and closes. Can be repeated. */
  close(): Promise<void>
}

/** Opens and migrates a database. Throws StorageOpenError, whose message is fit for a person. */
export function openStorage<S extends Schema>(options: StorageOptions<S>): Storage<S> {
  const client = openDatabase(options.file, options.migrationsFolder)
  const db: BunSQLiteDatabase<S> = drizzle(client, { schema: options.schema })
  const now = options.now ?? (() => performance.now())
  const maxPending = options.maxPending ?? 1024
  const health = new HealthRecord(client, now)
  const stats: StorageStats = { commits: 0, writes: 0, pending: 0 }
  // A database in memory has no log.
  const checkpoints = options.file === ':memory:' ? undefined : new Checkpoints(client)
  let closing: Promise<void> | undefined

  function observe({ committed, ms, failure }: BatchResult): void {
    if (failure) {
      stats.lastError = { reason: failure.reason, at: now() }
      health.record({ ok: false, reason: failure.reason })
    } else if (committed > 0) health.record({ ok: true })
    if (committed === 0) return
    stats.commits++
    stats.writes += committed
    checkpoints?.committed(committed)
    try {
      options.onBatch?.({ writes: committed, ms })
    } catch (error) {
      // The writes are on disk and their callers know; a listener's mistake must not stop the rest.
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  const patience = { wait: options.wait ?? Bun.sleep, busyMs: options.busyMs ?? 2_000 }
  const group = new GroupCommit({
    batches: new BatchRunner(client, now),
    ...patience,
    maxPending,
    observe,
  })

  function alone<T>(work: (client: Database) => Walk<T>): Promise<T> {
    if (closing) return Promise.reject(new StorageUnavailableError('closed'))
    // Another connection would see another, empty, database in memory.
    if (options.file === ':memory:') return group.submit(() => runAtOnce(work(client)))
    return group.alone(async () => {
      const startedAt = now()
      const own = openBeside(client.filename)
      try {
        const value = await runInSteps(own, work(own), { now, ...patience })
        observe({ committed: 1, ms: now() - startedAt, failure: undefined })
        checkpoints?.look()
        return value
      } catch (error) {
        const failure = error instanceof StorageUnavailableError ? error : undefined
        if (failure) observe({ committed: 0, ms: now() - startedAt, failure })
        throw error
      } finally {
        own.close(true)
      }
    })
  }

  async function finish(): Promise<void> {
    await group.drained()
    await checkpoints?.close()
    client.close(true)
  }

  return {
    engine: createEngine({ client, group, now, alone, isClosed: () => closing !== undefined }),
    db,
    client,
    write: (work) => {
      if (closing) return Promise.reject(new StorageUnavailableError('closed'))
      return group.submit(() => synchronously(work, db))
    },
    writeInSteps: (work) =>
      alone((own) => {
        const beside = own === client ? db : drizzle(own, { schema: options.schema })
        return work(beside, own)
      }),
    health() {
      if (closing) return { ok: false, reason: 'closed' }
      // The lock that it would meet is our own.
      if (group.interrupted) return health.last()
      if (group.pending >= maxPending) return { ok: false, reason: 'overloaded' }
      return health.current()
    },
    stats: () => ({ ...stats, pending: group.pending }),
    backup(toFile) {
      if (closing) return Promise.reject(new StorageUnavailableError('closed'))
      // Another connection would see another, empty, database in memory.
      if (options.file === ':memory:') {
        return writeBackup(toFile, (into) => void client.run('VACUUM INTO ?', [into]))
      }
      return backupDatabase(client.filename, toFile)
    },
    close: () => (closing ??= finish()),
  }
}

/** Refuses at run time what the type refuses already, for those who cast or write JavaScript. */
function synchronously<D, T>(work: (db: D) => Synchronous<T>, db: D): Synchronous<T> {
  const refusal = 'write() takes no async work, nor a query without .run(), .get() or .all()'
  if (work.constructor.name === 'AsyncFunction') throw new TypeError(refusal)
  const value = work(db)
  if (typeof value !== 'object' || value === null || !('then' in value)) return value
  // How a promise ends has nobody else to be told to. A query must not be awaited: it would run.
  if (value instanceof Promise) value.catch(() => undefined)
  throw new TypeError(refusal)
}
