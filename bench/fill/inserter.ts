import type { Database } from 'bun:sqlite'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'

type Value = string | number | bigint | null | Uint8Array

/**
 * A prepared INSERT for a table as its service declares it: a column that changes there is a type
 * error or a refused row here, not a benchmark of yesterday's schema. What a row leaves out is the
 * column's default, or NULL; the answer is its rowid.
 */
export function inserter<T extends SQLiteTable>(client: Database, table: T) {
  const { name, columns } = getTableConfig(table)
  const keys = new Map(Object.entries(table).map(([key, column]) => [column, key]))
  const plan = columns.map((column) => ({ column, key: keys.get(column) ?? column.name }))
  const names = columns.map((column) => `"${column.name}"`).join(', ')
  const marks = columns.map(() => '?').join(', ')
  const statement = client.prepare<never, Value[]>(
    `INSERT INTO "${name}" (${names}) VALUES (${marks})`,
  )
  return (row: T['$inferInsert']): number => {
    const fields: Readonly<Record<string, unknown>> = row
    const values = plan.map(({ column, key }) => {
      const value = fields[key] ?? column.default
      return value === undefined || value === null ? null : toValue(column.mapToDriverValue(value))
    })
    return Number(statement.run(...values).lastInsertRowid)
  }
}

function toValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`no column here holds a ${typeof value}`)
}
