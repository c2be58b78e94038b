import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, type Pool, ServerError } from './client.ts'
import { refuseMarked } from './marks.ts'
import { sentence } from './start.ts'
import { takeTurn } from './transaction.ts'

export interface Migration {
  /** Of its file, such as `0007_correos`. */
  readonly name: string
  readonly text: string
  /**
   * The oldest version of this program that can work with what it leaves, by the name of that version's
   * last migration; a file says it in its first line, `-- minimo: 0007_correos`. Without it, none older.
   */
  readonly oldest: string
}

/** The files of a folder, in the order of their names. */
export function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.sql'.length)
      const text = readFileSync(join(folder, file), 'utf8')
      return { name, text, oldest: /^-- minimo: (\S+)/.exec(text)?.[1] ?? name }
    })
}

/** How often a migration that met somebody is tried again: with `lock_timeout`, for half a minute. */
const attempts = 15

/** Others made the same schema or table at the same moment, used a table for too long, or met it. */
const isMeeting = (error: unknown) =>
  error instanceof ServerError &&
  (/^(?:55P03|40001|40P01|42P0[67])$/.test(error.state) ||
    // It speaks of the catalogue itself: nobody else has rows yet.
    (error.state === '23505' && error.constraint?.startsWith('pg_') === true))

/** Its own text is wrong, or what it meets in the tables. */
const isMistake = (error: unknown): error is ServerError =>
  error instanceof ServerError && !isMeeting(error) && sentence(error) === undefined

/**
 * Brings a schema up to `known`, in one transaction that has the turn: of several replicas that start
 * together one does it, and the others find nothing left to do. One that fails leaves nothing.
 * @throws Error with a sentence when the schema is of a version that this one can't work with
 */
export async function migrate(
  pool: Pool,
  schema: string,
  known: readonly Migration[],
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const connection = await pool.reserve()
    try {
      await bringUp(connection, schema, known)
      connection.giveBack()
      return
    } catch (error) {
      connection.close()
      if (!isMeeting(error) || attempt === attempts) throw error
    }
  }
}

async function bringUp(
  connection: Connection,
  schema: string,
  known: readonly Migration[],
): Promise<void> {
  // Who has nothing to do waits for nobody.
  if ((await pending(connection, schema, known)).length === 0) return
  await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED')
  await connection.run(await foundation(connection, schema))
  await connection.query(takeTurn)
  for (const { name, text, oldest } of await pending(connection, schema, known)) {
    await connection.run(text).catch((error: unknown) => {
      throw isMistake(error)
        ? new Error(`${error.message} (migration ${name})`, { cause: error })
        : error
    })
    const row = 'INSERT INTO "__migraciones" (nombre, minimo) VALUES ($1, $2)'
    await connection.query(row, [name, oldest])
  }
  await connection.query('COMMIT')
}

/**
 * What is known and not in the schema, in its order.
 * @throws Error with a sentence when the schema is of a version that this one can't work with
 */
export async function pending(
  connection: Connection,
  schema: string,
  known: readonly Migration[],
): Promise<readonly Migration[]> {
  const [found] = await connection.query(
    `SELECT max((c.relname = '__migraciones')::int) AS ours FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')`,
    [schema],
  )
  if (found?.['ours'] === 0) {
    throw new Error('a schema of that name holds tables of others; give it a database of its own')
  }
  if (found?.['ours'] !== 1) return known
  const rows = await connection.query(`SELECT nombre, minimo FROM "${schema}"."__migraciones"`)
  refuseMarked(rows.map(({ nombre }) => nombre))
  const done = new Set(rows.map(({ nombre }) => nombre))
  const names = new Set(known.map(({ name }) => name))
  const newest = known.at(-1)?.name ?? ''
  // Those of a newer version, which may already be rolled out beside this one.
  const strange = rows.filter(({ nombre }) => !names.has(String(nombre)))
  if (strange.some(({ minimo }) => String(minimo) > newest)) {
    throw new Error(
      'it was migrated by a newer version of this program, start that version instead',
    )
  }
  return known.filter(({ name }) => !done.has(name))
}

/** The schema, and in it what the turn and the migrations themselves need. */
async function foundation(connection: Connection, schema: string): Promise<string> {
  // To say IF NOT EXISTS takes the right to make one, also where there is one.
  const [found] = await connection.query('SELECT to_regnamespace($1)::text AS there', [
    `"${schema}"`,
  ])
  return `${found?.['there'] === null ? `CREATE SCHEMA "${schema}";` : ''}
    CREATE TABLE IF NOT EXISTS "${schema}"."__turno" (particion integer PRIMARY KEY);
    INSERT INTO "${schema}"."__turno" VALUES (0) ON CONFLICT DO NOTHING;
    CREATE TABLE IF NOT EXISTS "${schema}"."__arriendos"
      (nombre text COLLATE "C" PRIMARY KEY, quien text NOT NULL, hasta timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS "${schema}"."__migraciones"
      (nombre text COLLATE "C" PRIMARY KEY, minimo text COLLATE "C" NOT NULL)`
}
