import { type StorageFailure, StorageUnavailableError } from '../errors.ts'
import type { Engine, Many } from '../engine.ts'
import { isGoing, type Script } from '../script.ts'
import type { Storage, StorageStats } from '../storage.ts'
import { openBunPool } from './bun.ts'
import { isComplete } from './check.ts'
import { inTime, type OpenPool } from './client.ts'
import { isDuplicate } from './failures.ts'
import { GroupCommit, type GroupResult, type Write } from './group.ts'
import { HealthRecord } from './health.ts'
import { lease } from './lease.ts'
import { migrate, readMigrations } from './migrations.ts'
import { Preparation } from './prepare.ts'
import { reading } from './reads.ts'
import { sessionOf } from './session.ts'
import { cannotOpen, placeText } from './start.ts'

export interface PostgresOptions {
  /** Such as `postgres://user:password@host:5432/database`. */
  url: string
  /** Each service has one of its own in the database. */
  schema: string
  /** The folder of its migrations, `NNNN_name.sql`. */
  migrationsFolder: string
  /** Monotonic milliseconds, default `performance.now`. */
  now?: () => number
  /** How many connections reads may use, default 4; writes have one of their own. */
  readers?: number
  /** How long an answer may take before its connection is given up, default 10 s. */
  deadlineMs?: number
  /** How many writes may be queued before more are refused as `overloaded`, default 1024. */
  maxPending?: number
  /** After each commit: how many writes shared it, and the time from BEGIN to COMMIT. */
  onBatch?: (batch: { writes: number; ms: number }) => void
  /** The driver, default Bun's. */
  openPool?: OpenPool
}

/** To make an index takes its time, and to lock a table must not keep others waiting for long. */
const forMigrations = { lock_timeout: '2000', statement_timeout: '0' }
const longestMigrationMs = 3_600_000

/** Makes sure that the server is one to work with, and brings the schema up to date. */
async function setUp(options: PostgresOptions): Promise<void> {
  if (await isComplete(options)) return
  const { url, schema, migrationsFolder, openPool = openBunPool } = options
  const settings = { ...sessionOf(schema), ...forMigrations }
  const pool = openPool({ url, max: 1, settings, deadlineMs: longestMigrationMs })
  try {
    await migrate(pool, schema, readMigrations(migrationsFolder))
  } finally {
    await pool.close()
  }
}

/** One of many that comes alone: their statements are the fewest for it as well. */
function* alone<Q, A>({ all }: Many<Q, A>, request: Q): Script<A> {
  const [answer] = yield* all([request])
  if (!answer) throw new TypeError('not every request has its answer')
  return answer()
}

/** Opens and migrates a schema. Rejects with StorageOpenError, whose message is fit for a person. */
export async function openPostgres(options: PostgresOptions): Promise<Storage> {
  const { url, schema, maxPending = 1024, deadlineMs = 10_000, openPool = openBunPool } = options
  const now = options.now ?? (() => performance.now())
  const place = placeText(url, schema)
  try {
    await setUp(options)
  } catch (error) {
    throw cannotOpen(place, error)
  }
  const settings = sessionOf(schema)
  const readers = openPool({ url, max: options.readers ?? 4, settings, deadlineMs })
  const writers = openPool({ url, max: 1, settings, deadlineMs })
  const stats: StorageStats & { roundTrips: number } = {
    commits: 0,
    writes: 0,
    pending: 0,
    roundTrips: 0,
  }
  let closing: Promise<void> | undefined

  const health = new HealthRecord({
    client: readers,
    now,
    demoted() {
      readers.renew()
      writers.renew()
    },
  })

  function failed(reason: StorageFailure): void {
    stats.lastError = { reason, at: now() }
    health.bad(reason)
  }

  function observe({ writes, ms, failure }: GroupResult): void {
    if (failure) failed(failure.reason)
    if (writes === 0) return
    health.good()
    stats.commits++
    stats.writes += writes
    try {
      options.onBatch?.({ writes, ms })
    } catch (error) {
      // The writes are kept and their callers know; a listener's mistake must not stop the rest.
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  const preparation = new Preparation(readers)
  const { ready } = preparation
  const waiting = () => void stats.roundTrips++
  const isClosed = () => closing !== undefined
  const group = new GroupCommit({ pool: writers, maxPending, now, ready, waiting, observe })
  const leases = lease(readers, waiting)

  function submit<T>(work: Write['work'], of?: Write['of']): Promise<T> {
    // Thrown, not rejected: only so does the enclosing work fail instead of going on unaware.
    if (isGoing()) throw new TypeError('write() was called inside the work of a write()')
    if (closing) return Promise.reject(new StorageUnavailableError('closed'))
    return new Promise<T>((resolve, reject) => {
      group.submit({ work, of, resolve: resolve as Write['resolve'], reject })
    })
  }

  async function finish(): Promise<void> {
    await group.drained()
    await inTime(leases.giveBack(), 1_000, () => undefined).catch(() => undefined)
    await Promise.all([readers.close(), writers.close()])
  }

  const { look, ...reads } = reading({ pool: readers, isClosed, ready, waiting, failed })
  const engine: Engine = {
    ...reads,
    shared: true,
    write: (work) => submit(work),
    writeEach: (many, request) =>
      submit(() => alone(many, request), { many: many as never, request }),
    // The turn is had to its end, so its steps are few.
    writeInSteps: (work) => submit(work),
    isDuplicate,
    holds: (work) => look(() => leases.holds(work)),
    forget: () => Promise.resolve(true),
    prepare: (...statements) => preparation.add(statements),
  }
  return {
    ...engine,
    place,
    health() {
      if (closing) return { ok: false, reason: 'closed' }
      if (group.pending >= maxPending) return { ok: false, reason: 'overloaded' }
      return health.current()
    },
    stats: () => ({ ...stats, pending: group.pending }),
    close: () => (closing ??= finish()),
  }
}
