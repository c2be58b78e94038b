import { Database } from 'bun:sqlite'
import { columnsOf, tablesOf } from './tables.ts'

/**
 * The first table of which two SQLite databases that are at rest have different rows, or undefined.
 * @param ignored rows of a table that need not be the same, as a condition
 */
export function firstDifference(
  one: string,
  other: string,
  ignored: Readonly<Record<string, string>> = {},
): string | undefined {
  const client = new Database(one, { readonly: true })
  try {
    client.run('ATTACH ? AS other', [other])
    for (const table of tablesOf(client)) {
      const rows = (of: string) =>
        `SELECT ${columnsOf(table)} FROM ${of}."${table.name}" WHERE NOT (${ignored[table.name] ?? '0'})`
      const differs = (a: string, b: string) =>
        client.query(`${rows(a)} EXCEPT ${rows(b)} LIMIT 1`).get() !== null
      if (differs('main', 'other') || differs('other', 'main')) return table.name
    }
    return undefined
  } finally {
    client.close()
  }
}
