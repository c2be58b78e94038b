import { StorageOpenError } from '../errors.ts'
import { openBunPool } from '../postgres/bun.ts'
import type { Pool } from '../postgres/client.ts'
import { cannotOpen, checkUrl, placeText } from '../postgres/start.ts'
import { takeTurn } from '../postgres/transaction.ts'
import { statement, type Value } from '../script.ts'
import { Talk } from '../postgres/talk.ts'

/** A service's schema of a PostgreSQL database. */
export interface Schema {
  readonly url: string
  readonly schema: string
  /** The folder of its migrations for PostgreSQL. */
  readonly migrationsFolder: string
}

export type Row = Readonly<Record<string, Value>>

/** A connection to a schema for work that goes through all of it, and what is said over it. */
export interface Line {
  /** In SQLite's representation. */
  rows<R = Row>(text: string, ...params: readonly Value[]): Promise<readonly R[]>
  run(text: string, ...params: readonly Value[]): Promise<void>
  close(): Promise<void>
}

export const placeOf = ({ url, schema }: Schema) => placeText(url, schema)

/** What kept work on a schema from being done, in one sentence. */
export const failedAt = (at: Schema, error: unknown): StorageOpenError =>
  error instanceof StorageOpenError ? error : cannotOpen(placeOf(at), error)

/** How long one statement may take: some go through a whole table, or make an index. */
const deadlineMs = 600_000

/** What a connection of such work is given. It does not go by the name of a service. */
export const settingsOf = ({ schema }: Schema) => ({
  search_path: schema,
  application_name: 'encargo copy',
  lock_timeout: '10000',
  statement_timeout: String(deadlineMs),
  // Of four snapshots, three stand still while one is read.
  idle_in_transaction_session_timeout: '0',
})

export const openPoolAt = (at: Schema): Pool =>
  openBunPool({ url: at.url, max: 1, settings: settingsOf(at), deadlineMs })

/** @throws StorageOpenError with one sentence */
export async function openLine(at: Schema): Promise<Line> {
  try {
    checkUrl(at.url)
  } catch (error) {
    throw failedAt(at, error)
  }
  const pool = openPoolAt(at)
  try {
    const connection = await pool.reserve()
    const talk = new Talk(connection, () => undefined)
    return {
      rows: async <R>(text: string, ...params: readonly Value[]) =>
        (await talk.ask(
          statement<R, Value[]>({ sqlite: text, postgres: text }).all(...params),
        )) as readonly R[],
      run: async (text, ...params) => void (await connection.query(text, params)),
      async close() {
        connection.close()
        await pool.close()
      },
    }
  } catch (error) {
    await pool.close()
    throw failedAt(at, error)
  }
}

/** Asks a schema as it is at the moment of each question. */
export interface Look extends Pick<Line, 'rows' | 'close'> {}

/** @throws StorageOpenError with one sentence */
export const openLook = (at: Schema): Promise<Look> => openLine(at)

/** There is something in a schema already. */
export class SchemaTakenError extends Error {
  override readonly name = 'SchemaTakenError'
}

/** Runs work on a line of its own; what fails is told in one sentence that names the place. */
export async function onLine<T>(at: Schema, work: (line: Line) => Promise<T>): Promise<T> {
  const line = await openLine(at)
  try {
    return await work(line)
  } catch (error) {
    throw error instanceof SchemaTakenError ? error : failedAt(at, error)
  } finally {
    await line.close()
  }
}

export async function hasTable(line: Line, { schema }: Schema, table: string): Promise<boolean> {
  const name = `"${schema}"."${table}"`
  const [row] = await line.rows<{ there: number }>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    name,
  )
  return row?.there === 1
}

/** One statement in a schema that was claimed, where there is no turn. */
export const writeClaimed = (at: Schema, text: string, ...params: readonly Value[]) =>
  onLine(at, (line) => line.run(text, ...params))

/** One write, whatever services do meanwhile; it waits for its turn. */
export const writeOnce = (at: Schema, text: string, ...params: readonly Value[]): Promise<void> =>
  onLine(at, async (line) => {
    await line.run('BEGIN')
    await line.run(takeTurn)
    await line.run(text, ...params)
    await line.run('COMMIT')
  })
