import { StorageOpenError, StorageUnavailableError } from '../errors.ts'
import type { Engine } from '../engine.ts'
import type { Health } from '../health.ts'
import type { Asked, Script, Sql } from '../script.ts'
import type { Storage, StorageStats } from '../storage.ts'
import { openPool } from './client.ts'
import { isDuplicate, told } from './failures.ts'
import { GroupCommit, type GroupResult, type Write } from './group.ts'
import { migrate, readMigrations } from './migrations.ts'
import { Talk } from './talk.ts'

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
}

/** For 10 s, by the server's clock, unless another process has it for longer than now. */
const lease = `INSERT INTO "__arriendos" AS a (nombre, quien, hasta)
  VALUES ($1, $2, clock_timestamp() + interval '10 seconds')
  ON CONFLICT (nombre) DO UPDATE SET quien = excluded.quien, hasta = excluded.hasta
  WHERE a.quien = excluded.quien OR a.hasta < clock_timestamp() RETURNING 1 AS mine`

/** What a person may read of a URL: not its password. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return 'the database of DATABASE_URL'
  const { protocol, hostname, port, pathname } = new URL(url)
  return `${protocol}//${hostname}${port && `:${port}`}${pathname}`
}

/** Opens and migrates a schema. Rejects with StorageOpenError, whose message is fit for a person. */
export async function openPostgres(options: PostgresOptions): Promise<Storage> {
  const { url, schema, maxPending = 1024, deadlineMs = 10_000 } = options
  const now = options.now ?? (() => performance.now())
  const settings = {
    search_path: schema,
    application_name: `encargo ${schema}`,
    lock_timeout: '4000',
    statement_timeout: '8000',
    // A process that stands still with the turn keeps all others waiting for that long.
    idle_in_transaction_session_timeout: '2000',
    // Nothing is planned anew for each set of parameters.
    plan_cache_mode: 'force_generic_plan',
  }
  const place = `${shownUrl(url)} (schema ${schema})`
  const readers = openPool({ url, max: options.readers ?? 4, settings, deadlineMs })
  const writers = openPool({ url, max: 1, settings, deadlineMs })
  const stats: StorageStats = { commits: 0, writes: 0, pending: 0 }
  const replica = Bun.randomUUIDv7()
  let health: Health = { ok: true }
  let closing: Promise<void> | undefined
  const sqls: Sql[] = []

  async function start(): Promise<void> {
    const connection = await writers.reserve()
    try {
      await migrate(connection, schema, readMigrations(options.migrationsFolder))
      connection.giveBack()
    } catch (error) {
      connection.close()
      throw error
    }
  }
  try {
    await start()
  } catch (error) {
    await Promise.all([readers.close(), writers.close()])
    throw new StorageOpenError(place, told(error))
  }

  function observe({ writes, ms, failure }: GroupResult): void {
    if (failure) {
      stats.lastError = { reason: failure.reason, at: now() }
      health = { ok: false, reason: failure.reason }
    } else health = { ok: true }
    if (writes === 0) return
    stats.commits++
    stats.writes += writes
    try {
      options.onBatch?.({ writes, ms })
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  const group = new GroupCommit({
    pool: writers,
    maxPending,
    now,
    observe,
    ready: Promise.resolve(),
  })

  function submit<T>(work: Write['work'], of?: Write['of']): Promise<T> {
    if (closing) return Promise.reject(new StorageUnavailableError('closed'))
    return new Promise<T>((resolve, reject) => {
      group.submit({ work, of, resolve: resolve as Write['resolve'], reject })
    })
  }

  function mayRead(asked: Asked<unknown>): void {
    if (closing) throw new StorageUnavailableError('closed')
    if (asked.statement.changes) throw new TypeError('a read changes no rows: use write()')
  }

  async function look<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (closing) throw new StorageUnavailableError('closed')
      return await work()
    } catch (error) {
      throw told(error)
    }
  }

  const engine: Engine = {
    shared: true,
    write: (work) => submit(work),
    writeEach: (many, request) => submit(() => many.one(request), { many: many as never, request }),
    // The turn is had to its end, so its steps are few.
    writeInSteps: (work) => submit(work),
    ask: (asked) =>
      look(async () => {
        mayRead(asked)
        return (await new Talk(readers).ask(asked)) as never
      }),
    read: (work) =>
      look(async () => {
        const connection = await readers.reserve()
        const talk = new Talk(connection)
        try {
          talk.ahead('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
          const value = await talk.run(work())
          await talk.say('COMMIT')
          connection.giveBack()
          return value
        } catch (error) {
          connection.close()
          throw error
        }
      }),
    lookInSteps: (work: () => Script<never>) => look(() => new Talk(readers).run(work())),
    isDuplicate,
    holds: (work) => look(async () => (await readers.query(lease, [work, replica])).length === 1),
    forget: () => Promise.resolve(true),
    prepare: (...statements) => void sqls.push(...statements),
  }
  return {
    ...engine,
    place,
    health: () => (closing ? { ok: false, reason: 'closed' } : health),
    stats: () => ({ ...stats, pending: group.pending }),
    close: () =>
      (closing ??= (async () => {
        await group.drained()
        await Promise.all([readers.close(), writers.close()])
      })()),
  }
}
