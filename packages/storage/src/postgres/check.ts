import { openBunPool } from './bun.ts'
import type { Connection, Result } from './client.ts'
import { pending, readMigrations } from './migrations.ts'
import type { PostgresOptions } from './open.ts'
import { sessionOf } from './session.ts'
import { cannotOpen, checkServer, checkUrl, noRight, placeText } from './start.ts'

/** How long a look may take to connect, and each answer. */
const deadlineMs = 5_000

type Place = Pick<PostgresOptions, 'url' | 'schema' | 'openPool'>

/** Looks at a schema over a connection of its own. */
async function lookAt<T>(
  { url, schema, openPool = openBunPool }: Place,
  look: (connection: Connection) => Promise<T>,
): Promise<T> {
  checkUrl(url)
  const pool = openPool({ url, max: 1, settings: sessionOf(schema), deadlineMs })
  try {
    const connection = await pool.reserve()
    try {
      return await look(connection)
    } finally {
      connection.close()
    }
  } finally {
    await pool.close()
  }
}

/**
 * Whether a schema is there and has all migrations, on a server that is one to work with.
 * @throws what `cannotOpen` has words for
 */
export const isComplete = (options: PostgresOptions): Promise<boolean> =>
  lookAt(options, async (connection) => {
    const { schema, migrationsFolder } = options
    await checkServer(connection, sessionOf(schema))
    if ((await pending(connection, schema, readMigrations(migrationsFolder))).length === 0)
      return true
    const [may] = await connection.query(
      `SELECT (to_regnamespace($1) IS NOT NULL OR
        has_database_privilege(current_database(), 'CREATE'))::int AS make`,
      [`"${schema}"`],
    )
    if (may?.['make'] !== 1) throw new Error(noRight)
    return false
  })

/** Rejects with what a person may read. */
async function told<T>({ url, schema }: Place, looking: Promise<T>): Promise<T> {
  try {
    return await looking
  } catch (error) {
    throw cannotOpen(placeText(url, schema), error)
  }
}

/**
 * Looks at what would keep `openPostgres` from opening a schema, as far as that can be told without
 * writing anything. Answers whether it is there and has all migrations.
 * @throws StorageOpenError
 */
export const checkPostgres = (options: PostgresOptions): Promise<boolean> =>
  told(options, isComplete(options))

/**
 * Asks a schema, if it has that table, something that changes nothing; undefined where it has not.
 * @throws StorageOpenError
 */
export const peekPostgres = (
  place: Place,
  table: string,
  text: string,
): Promise<Result | undefined> =>
  told(
    place,
    lookAt(place, async (connection) => {
      const name = `"${place.schema}"."${table}"`
      const [found] = await connection.query('SELECT to_regclass($1)::text AS there', [name])
      return found?.['there'] === null ? undefined : await connection.query(text)
    }),
  )
