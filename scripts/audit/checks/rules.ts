import { getTableName, is } from 'drizzle-orm'
import { getTableConfig, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as auth from '../../../apps/auth/src/store/sqlite/tables.ts'
import * as inventario from '../../../apps/inventario/src/store/sqlite/tables.ts'
import * as pagos from '../../../apps/pagos/src/store/sqlite/tables.ts'
import * as pedidos from '../../../apps/pedidos/src/store/sqlite/tables.ts'
import * as productos from '../../../apps/productos/src/store/sqlite/tables.ts'
import type { Context } from '../context.ts'
import { codeOf, schemaOf, type Service, services } from '../databases.ts'

const declared: Record<Service, Record<string, unknown>> = {
  auth,
  productos,
  inventario,
  pedidos,
  pagos,
}
/** Every table that a service declares. */
export const allTables = services.flatMap((service) =>
  Object.values(declared[service])
    .filter((value) => is(value, SQLiteTable))
    .map((table) => ({ service, table })),
)

const dialect = new SQLiteSyncDialect()

interface Rules {
  readonly service: Service
  readonly table: string
  readonly names: readonly string[]
  readonly query: string
}

function rulesOf({ service, table }: (typeof allTables)[number]): Rules[] {
  const { checks } = getTableConfig(table)
  if (checks.length === 0) return []
  const name = getTableName(table)
  const counts = checks.map(({ value }) => {
    const { sql, params } = dialect.sqlToQuery(value)
    if (params.length > 0) throw new TypeError(`a CHECK of ${name} has parameters`)
    return `count(CASE WHEN NOT (${sql}) THEN 1 END)`
  })
  const query = `SELECT ${counts.join(', ')} FROM ${schemaOf[service]}."${name}"`
  return [{ service, table: name, names: checks.map((check) => check.name), query }]
}

const allRules = allTables.flatMap(rulesOf)

/**
 * The CHECKs that the services declare, row by row. SQLite's own check leaves them out on a
 * connection that only reads: it does not even parse them there.
 */
export function checkRules({ client, tally, progress }: Context): void {
  for (const [index, { service, table, names, query }] of allRules.entries()) {
    progress('checking the rules of the tables', index / allRules.length)
    try {
      const [counts = []] = client.query(query).values()
      for (const [at, count] of counts.entries()) {
        if (count === 0) continue
        const what = `${String(count)} rows of ${table} break the rule ${names[at]}`
        tally.wrong('files', `${service}.db`, what)
      }
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_CORRUPT') throw error
      tally.wrong('files', `${service}.db`, `${table} is damaged and could not be read through`)
    }
  }
}
