import { Database } from 'bun:sqlite'
import { closeSync, openSync } from 'node:fs'
import { migrate } from '../migrations.ts'
import { syncFile } from '../open.ts'
import type { Value } from '../script.ts'
import { failedAt, type Line, openLine, type Row, type Schema } from './connection.ts'
import type { Mark } from '../postgres/marks.ts'
import { refuseOther } from './version.ts'
import { columnsOf, quoted, type Table, tablesOf } from './tables.ts'

export interface CopyOptions {
  /** The folder of the service's migrations for SQLite. */
  readonly migrationsFolder: string
  /** What is said of a copy's rows once they are there: it makes again what is not copied. */
  readonly after?: readonly string[]
  /** Which rows of a table, as a condition of PostgreSQL; all of them, unless it says otherwise. */
  readonly only?: ((table: string) => string | undefined) | undefined
  /** Told how many rows there are by now. */
  readonly onRows?: (rows: number) => void
}

/** A schema as it is at one moment, however long one looks. */
export interface Snapshot {
  /** Makes an SQLite database with the same rows, which must not be there yet. Answers how many. */
  copyTo(file: string, options: CopyOptions): Promise<number>
  rows: Line['rows']
  close(): Promise<void>
}

/**
 * Looks at a schema while its service is at work or not.
 * @param mark what it may be at, if anything
 * @throws StorageOpenError with one sentence
 */
export async function openSnapshot(of: Schema, mark?: Mark): Promise<Snapshot> {
  const line = await openLine(of)
  try {
    await line.run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await refuseOther(line, of, mark)
  } catch (error) {
    await line.close()
    throw failedAt(of, error)
  }
  return {
    copyTo: (file, options) => copy(line, file, options),
    rows: line.rows,
    close: () => line.close(),
  }
}

async function copy(line: Line, file: string, options: CopyOptions): Promise<number> {
  closeSync(openSync(file, 'wx', 0o600))
  const client = new Database(file, { readwrite: true, create: false })
  let copied = 0
  try {
    // Half of it is worth nothing: who is interrupted begins anew, in another file.
    client.run('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF')
    migrate(client, options.migrationsFolder)
    client.run('PRAGMA foreign_keys = OFF; BEGIN')
    for (const table of tablesOf(client)) {
      // What a migration writes into an empty database.
      client.run(`DELETE FROM "${table.name}"`)
      for await (const rows of lots(line, table, options.only?.(table.name))) {
        insert(client, table, rows)
        copied += rows.length
        options.onRows?.(copied)
      }
    }
    for (const text of options.after ?? []) client.run(text)
    client.run('COMMIT')
  } finally {
    client.close(true)
  }
  syncFile(file)
  return copied
}

function insert(client: Database, table: Table, rows: readonly Row[]): void {
  const names = table.columns.map(({ name }) => name)
  const add = client.query<never, Value[]>(
    `INSERT INTO "${table.name}" (${quoted(names)}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  for (const row of rows) add.run(...names.map((name) => row[name] as Value))
}

/** About how much is asked for at once: pictures are rows as well. */
const lotBytes = 1024 * 1024
const [fewestRows, mostRows] = [8, 4096]

/** The rows of a table in the order of its key. */
async function* lots(line: Line, table: Table, only = 'true'): AsyncGenerator<readonly Row[]> {
  // A statement that is asked again is known by its text, with the columns that it had.
  const cursor = `"de ${table.name}"`
  await line.run(
    `DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${columnsOf(table)} FROM "${table.name}"
     WHERE ${only} ORDER BY ${quoted(table.key)}`,
  )
  for (let size = fewestRows; ;) {
    const rows = await line.rows(`FETCH ${size} FROM ${cursor}`)
    if (rows.length > 0) yield rows
    if (rows.length < size) break
    const bytes = rows.reduce((sum, row) => sum + weightOf(row), 0)
    const fit = Math.floor((size * lotBytes) / Math.max(1, bytes))
    size = Math.min(mostRows, size * 4, Math.max(fewestRows, fit))
  }
  await line.run(`CLOSE ${cursor}`)
}

const weightOf = (row: Row) =>
  Object.values(row).reduce<number>(
    (sum, value) =>
      sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 8),
    0,
  )
