import { Database } from 'bun:sqlite'
import type { Target } from './claim.ts'
import { type Line, onLine } from './connection.ts'
import { columnsOf, quoted, type Table, tablesOf } from './tables.ts'

export interface FillOptions {
  /** Told how many rows there are by now. */
  readonly onRows?: (rows: number) => void
}

/**
 * Copies an SQLite database that is at rest into a schema that was claimed: all of it, or nothing.
 * Answers how many rows.
 * @throws StorageOpenError with one sentence
 */
export function fillSchema(to: Target, file: string, options: FillOptions = {}): Promise<number> {
  const { onRows } = options
  return onLine(to, async (line) => {
    const source = new Database(file, { readonly: true })
    try {
      source.run('BEGIN')
      const tables = tablesOf(source)
      await line.run('BEGIN')
      await refuseStrangers(line, to, tables)
      let copied = 0
      for (const table of tables) {
        // What a migration writes into an empty database.
        const seeded = await line.rows(`SELECT 1 AS n FROM "${table.name}" LIMIT 1`)
        if (seeded.length > 0) await line.run(`DELETE FROM "${table.name}"`)
        for (const lot of lots(source, table)) {
          await line.run(insertionOf(table), lot.json)
          copied += lot.rows
          onRows?.(copied)
        }
      }
      for (const text of to.after) await line.run(text)
      await line.run('COMMIT')
      return copied
    } finally {
      source.close()
    }
  })
}

/** What one engine has and the other knows nothing of would be lost without a word. */
async function refuseStrangers(
  line: Line,
  { schema, derived }: Target,
  tables: readonly Table[],
): Promise<void> {
  const known = new Set([...tables.map(({ name }) => name), ...derived])
  const rows = await line.rows<{ name: string }>(
    `SELECT table_name::text AS name FROM information_schema.tables
     WHERE table_schema = $1 AND table_name NOT LIKE '\\_\\_%'`,
    schema,
  )
  const strange = rows.find(({ name }) => !known.has(name))
  if (strange) throw new Error(`it has a table ${strange.name} that SQLite has not`)
}

const insertionOf = (table: Table) => {
  const types = table.columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')
  return `INSERT INTO "${table.name}" (${columnsOf(table)})
    SELECT ${columnsOf(table)} FROM json_to_recordset($1::text::json) AS r (${types})`
}

/** About how much is sent at once, in characters. */
const lotLength = 1024 * 1024

/** The rows of a table in the order of its key, as JSON: one parameter for many rows. */
function* lots(source: Database, table: Table): Generator<{ json: string; rows: number }> {
  const fields = table.columns.map(
    ({ name, type }) =>
      `'${name}', ${type === 'bytea' ? `CASE WHEN "${name}" IS NOT NULL THEN '\\x' || hex("${name}") END` : `"${name}"`}`,
  )
  const rows = source.query<{ row: string }, []>(
    `SELECT json_object(${fields.join(', ')}) AS row FROM "${table.name}" ORDER BY ${quoted(table.key)}`,
  )
  let lot: string[] = []
  let length = 0
  for (const { row } of rows.iterate()) {
    lot.push(row)
    length += row.length
    if (length < lotLength) continue
    yield { json: `[${lot.join(',')}]`, rows: lot.length }
    ;[lot, length] = [[], 0]
  }
  if (lot.length > 0) yield { json: `[${lot.join(',')}]`, rows: lot.length }
}
