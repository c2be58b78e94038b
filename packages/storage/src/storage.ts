import type { Database } from 'bun:sqlite'
import { backupDatabase, writeBackup } from './backup.ts'
import { type StorageFailure, StorageUnavailableError } from './errors.ts'
import { createEngine, type Engine } from './engine.ts'
import { type BatchResult, BatchRunner } from './batch.ts'
import { Checkpoints } from './checkpoints.ts'
import { GroupCommit } from './group-commit.ts'
import { type Health, HealthRecord } from './health.ts'
import { openBeside, openDatabase } from './open.ts'
import { runAtOnce, runInSteps, type Walk } from './steps.ts'

export interface StorageOptions {
  /** Path of the database, or ':memory:' (for tests: nothing of it is durable). */
  file: string
  /** What drizzle-kit generated, with its `meta` folder. */
  migrationsFolder: string
  /** Whether what is deleted is overwritten, not just unlinked: see `forget`. Default false. */
  erases?: boolean
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
  /** How many times somebody has waited for a server; undefined where there is none. */
  roundTrips?: number
  lastError?: { reason: StorageFailure; at: number }
}

/** A database that is open. Stores are given the part of it that they know as `Engine`. */
export interface Storage extends Engine {
  /** Where it is, in words for a person. */
  readonly place: string
  /** Whether the database can be read and written now. */
  health(): Health
  stats(): StorageStats
  /** Finishes what is queued, refuses what comes later (`closed`), and closes. Can be repeated. */
  close(): Promise<void>
}

/** One that is a file. */
export interface SqliteStorage extends Storage {
  /** Its absolute path, or ':memory:'. */
  readonly file: string
  /** Copies the database as of one moment to a new file, while reads and writes go on. */
  backup(toFile: string): Promise<void>
}

/** Opens and migrates a database. Throws StorageOpenError, whose message is fit for a person. */
export function openStorage(options: StorageOptions): SqliteStorage {
  const setUp = (opened: Database) => {
    if (options.erases === true) opened.run('PRAGMA secure_delete = ON')
    return opened
  }
  const client = setUp(openDatabase(options.file, options.migrationsFolder))
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
      const own = setUp(openBeside(client.filename))
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
    ...createEngine({ client, group, now, alone, isClosed: () => closing !== undefined }),
    place: client.filename,
    file: client.filename,
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
