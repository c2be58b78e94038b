import { isMark, type Mark, refuseMarked } from '../postgres/marks.ts'
import { readMigrations } from '../postgres/migrations.ts'
import { hasTable, type Line, type Schema } from './connection.ts'

/** What a schema is at, or undefined where there is none. */
export async function stateOf(
  line: Line,
  at: Schema,
): Promise<{ readonly done: ReadonlySet<string>; readonly mark: Mark | undefined } | undefined> {
  if (!(await hasTable(line, at, '__migraciones'))) return undefined
  const rows = await line.rows<{ nombre: string }>('SELECT nombre FROM "__migraciones"')
  const names = rows.map(({ nombre }) => nombre)
  return { done: new Set(names.filter((name) => !isMark(name))), mark: names.find(isMark) }
}

/**
 * @param mark what it may be at, if anything
 * @throws Error with a sentence unless the schema is there and of this version
 */
export async function refuseOther(line: Line, of: Schema, mark?: Mark): Promise<void> {
  const state = await stateOf(line, of)
  if (!state) throw new Error('it is not there: start the services of this version with it once')
  if (state.mark !== mark) refuseMarked([state.mark])
  const known = readMigrations(of.migrationsFolder).map(({ name }) => name)
  if (known.some((name) => !state.done.has(name))) {
    throw new Error(
      'it is of an older version: start the services of this version once, which brings it up to date',
    )
  }
  if (state.done.size > known.length) throw new Error('it is of a newer version than this program')
}
