import type { Mark } from '../postgres/marks.ts'
import { hasTable, type Line, onLine, type Schema } from './connection.ts'
import { stateOf } from './version.ts'

/** Processes of the shop that are connected to it, by what the server shows of them. */
export function servicesAt(at: Schema): Promise<number> {
  return onLine(at, async (line) => {
    const [row] = await line.rows<{ n: number }>(
      `SELECT count(*) AS n FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1`,
      `encargo ${at.schema}`,
    )
    return row?.n ?? 0
  })
}

/** Under this name nobody finds the turn, so that also a process that runs already can't write any more. */
const fenced = '__turno_parado'

export async function fence(line: Line, at: Schema): Promise<void> {
  if (await hasTable(line, at, fenced)) return
  await line.run(`ALTER TABLE "__turno" RENAME TO "${fenced}"`)
}

export const mark = (line: Line, name: Mark, of = '') =>
  line.run('INSERT INTO "__migraciones" (nombre, minimo) VALUES ($1, $2)', name, `${name} ${of}`)

const unmark = (line: Line) =>
  line.run(`DELETE FROM "__migraciones" WHERE nombre IN ('mudanza', 'salida', 'mudado')`)

/**
 * Keeps services from starting with it and from writing to it, and says so instead of what it was marked
 * with before.
 * @param of what `markOf` tells beside it
 */
export const markSchema = (at: Schema, name: Mark, of?: string): Promise<void> =>
  onLine(at, async (line) => {
    await line.run('BEGIN')
    await fence(line, at)
    await unmark(line)
    await mark(line, name, of)
    await line.run('COMMIT')
  })

/** What keeps services from using it, if anything; undefined as well where there is none. */
export const markOf = (at: Schema): Promise<{ mark: Mark; of: string } | undefined> =>
  onLine(at, async (line) => {
    const name = (await stateOf(line, at))?.mark
    if (name === undefined) return undefined
    const [row] = await line.rows<{ minimo: string }>(
      'SELECT minimo FROM "__migraciones" WHERE nombre = $1',
      name,
    )
    return { mark: name, of: row?.minimo.slice(name.length + 1) ?? '' }
  })

/** Whether a service has ever made its tables there, or a copy has. */
export const isThere = (at: Schema): Promise<boolean> =>
  onLine(at, (line) => hasTable(line, at, '__migraciones'))

/** Lets services use it. */
export const releaseSchema = (at: Schema): Promise<void> =>
  onLine(at, async (line) => {
    await line.run('BEGIN')
    if (await hasTable(line, at, fenced)) {
      await line.run(`ALTER TABLE "${fenced}" RENAME TO "__turno"`)
    }
    await unmark(line)
    await line.run('COMMIT')
  })

/** Removes what a copy that was cut short has left; false where there is nothing of the kind. */
export const dropUnfinished = (at: Schema): Promise<boolean> =>
  onLine(at, async (line) => {
    if ((await stateOf(line, at))?.mark !== 'mudanza') return false
    await line.run(`DROP SCHEMA "${at.schema}" CASCADE`)
    return true
  })
