import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from './client.ts'
import { takeTurn } from './group.ts'

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

/**
 * Brings a schema up to `known`, in one transaction that has the turn: of several replicas that start
 * together one does it, and the others find nothing left to do.
 * @throws Error with a sentence when the schema is of a version that this one can't work with
 */
export async function migrate(
  connection: Connection,
  schema: string,
  known: readonly Migration[],
): Promise<void> {
  const say = (text: string, params?: readonly string[]) => connection.query(text, params)
  await foundation(connection, schema)
  await say('BEGIN')
  await say(takeTurn)
  const rows = await say('SELECT nombre, minimo FROM "__migraciones" ORDER BY nombre')
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
  for (const { name, text, oldest } of known) {
    if (done.has(name)) continue
    await say(text)
    await say('INSERT INTO "__migraciones" (nombre, minimo) VALUES ($1, $2)', [name, oldest])
  }
  await say('COMMIT')
}

/** The schema, and in it what the turn and the migrations themselves need. */
async function foundation(connection: Connection, schema: string): Promise<void> {
  const found = await connection.query('SELECT to_regclass($1) IS NOT NULL AS there', [
    `"${schema}"."__migraciones"`,
  ])
  if (found[0]?.['there']) return
  await connection.query(`
    CREATE SCHEMA IF NOT EXISTS "${schema}";
    CREATE TABLE IF NOT EXISTS "${schema}"."__turno" (particion integer PRIMARY KEY);
    INSERT INTO "${schema}"."__turno" VALUES (0) ON CONFLICT DO NOTHING;
    CREATE TABLE IF NOT EXISTS "${schema}"."__arriendos"
      (nombre text COLLATE "C" PRIMARY KEY, quien text NOT NULL, hasta timestamptz NOT NULL);
    CREATE TABLE IF NOT EXISTS "${schema}"."__migraciones" (nombre text COLLATE "C" PRIMARY KEY, minimo text COLLATE "C" NOT NULL)`)
}
