import type { Storage } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'
import { plain } from './plain.ts'

/** A service's store on both engines, each on an empty database. */
export interface Both<S> {
  readonly sqlite: S
  readonly postgres: S
  readonly storages: { readonly sqlite: Storage; readonly postgres: Storage }
}

/** The tables that hold what a service keeps: what follows from them, each engine has in its own way. */
const tables = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
  AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name`

/** Every row of a table, in an order that no engine has a say in. */
async function rowsOf(storage: Storage, table: string): Promise<string[]> {
  const found = await rows(storage, `SELECT * FROM "${table}"`)
  return found.map((row) => JSON.stringify(plain(row))).toSorted()
}

/** Some of those that the others are not. */
const only = (ones: readonly string[], others: readonly string[]) =>
  [...new Set(ones).difference(new Set(others))].slice(0, 3)

/** The first rows of each table that only one of the two has; nothing where all are the same. */
export async function differences<S>({ storages }: Both<S>) {
  const { sqlite, postgres } = storages
  const found: Record<string, { readonly sqlite: string[]; readonly postgres: string[] }> = {}
  let count = 0
  for (const { name } of await rows<{ name: string }>(sqlite, tables)) {
    const [here, there] = [await rowsOf(sqlite, name), await rowsOf(postgres, name)]
    count += here.length
    if (Bun.deepEquals(here, there)) continue
    found[name] = { sqlite: only(here, there), postgres: only(there, here) }
  }
  return { found, count }
}
