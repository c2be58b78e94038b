import { Database } from 'bun:sqlite'
import { migrate as migrateFile } from '../migrations.ts'
import { migrate, readMigrations } from '../postgres/migrations.ts'
import { checkServer } from '../postgres/start.ts'
import {
  hasTable,
  type Line,
  onLine,
  openPoolAt,
  placeOf,
  type Schema,
  SchemaTakenError,
  settingsOf,
} from './connection.ts'
import { fence, mark } from './mark.ts'
import { type Table, tablesOf } from './tables.ts'
import { stateOf } from './version.ts'

/** One that is to be filled. */
export interface Target extends Schema {
  /** The folder of the service's migrations for SQLite. */
  readonly fileMigrations: string
  /** Tables that only PostgreSQL has, and that nothing is copied to. */
  readonly derived: readonly string[]
  /** What is said of a copy's rows once they are there: it makes again what is not copied. */
  readonly after: readonly string[]
}

/** Those tables in which a database that nobody has used yet has no rows. */
function ownTables(to: Target): readonly string[] {
  const fresh = new Database(':memory:')
  try {
    migrateFile(fresh, to.fileMigrations)
    const isEmpty = ({ name }: Table) => fresh.query(`SELECT 1 FROM "${name}"`).get() === null
    return tablesOf(fresh)
      .filter(isEmpty)
      .map(({ name }) => name)
  } finally {
    fresh.close()
  }
}

async function tableWithRows(line: Line, to: Target): Promise<string | undefined> {
  for (const table of ownTables(to)) {
    if (!(await hasTable(line, to, table))) continue
    if ((await line.rows(`SELECT 1 AS n FROM "${table}" LIMIT 1`)).length > 0) return table
  }
  return undefined
}

async function taken(line: Line, to: Target): Promise<boolean> {
  const state = await stateOf(line, to)
  if (!state || state.mark === 'mudanza') return false
  return state.mark !== undefined || (await tableWithRows(line, to)) !== undefined
}

/** Whether `claimSchema` would refuse it. */
export const isTaken = (to: Target): Promise<boolean> => onLine(to, (line) => taken(line, to))

/** Makes its tables, on a server that can do what services need. */
async function makeTables(to: Target): Promise<void> {
  const pool = openPoolAt(to)
  try {
    const connection = await pool.reserve()
    try {
      await checkServer(connection, settingsOf(to))
    } finally {
      connection.giveBack()
    }
    await migrate(pool, to.schema, readMigrations(to.migrationsFolder))
  } finally {
    await pool.close()
  }
}

/**
 * Makes a schema anew, empty, marked so that no service uses it until `releaseSchema`. What an earlier copy
 * that was cut short has left there is removed.
 * @param asideAs the name that it is given if there is something in it; without, that is refused
 * @returns whether it was given that name
 * @throws SchemaTakenError, StorageOpenError
 */
export function claimSchema(to: Target, asideAs?: string): Promise<boolean> {
  return onLine(to, async (line) => {
    let renamed = false
    if ((await stateOf(line, to))?.mark === 'mudanza') {
      await line.run(`DROP SCHEMA "${to.schema}" CASCADE`)
    } else if (await taken(line, to)) {
      if (asideAs === undefined) {
        throw new SchemaTakenError(`${placeOf(to)} holds data already`)
      }
      await line.run(`ALTER SCHEMA "${to.schema}" RENAME TO "${asideAs}"`)
      renamed = true
    }
    await makeTables(to)
    await line.run('BEGIN')
    await fence(line, to)
    const table = await tableWithRows(line, to)
    if (table) throw new SchemaTakenError(`${placeOf(to)} came into use meanwhile (${table})`)
    await mark(line, 'mudanza')
    await line.run('COMMIT')
    return renamed
  })
}
