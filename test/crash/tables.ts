import { SQL } from 'bun'
import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { connectionTo } from '@encargo/storage/testing/postgres'

type Values = readonly (string | number)[]

/** What services keep, looked at and changed without them. Parameters of SQL are `?1`, `?2` and so on. */
export interface Tables {
  /** Does what time or an operator would. Answers how many rows it changed. */
  alter(service: ServiceName, sql: string, ...values: Values): Promise<number>
  /** How many rows of a service's table have `value` in `column`. */
  count(service: ServiceName, table: string, column: string, value: string): Promise<number>
  /**
   * How many purchases pedidos has yet to discard. inventario may have released what was reserved for
   * one and its answer been lost: then the audit misses nothing, and yet pedidos will ask again.
   */
  discarding(): Promise<number>
}

/** Triggers keep the past from being changed, which is just what letting time pass has to do. */
function withoutTriggers<T>(client: Database, work: () => T): T {
  const read = `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql IS NOT NULL`
  const change = client.transaction(() => {
    const triggers = client.query<{ name: string; sql: string }, []>(read).all()
    for (const { name } of triggers) client.run(`DROP TRIGGER "${name}"`)
    const result = work()
    for (const { sql } of triggers) client.run(sql)
    return result
  })
  return change.immediate()
}

const counting = (table: string, column: string) =>
  `SELECT count(*) AS n FROM ${table} WHERE ${column} = ?1`

function tables(
  alter: Tables['alter'],
  one: (service: ServiceName, sql: string, value: string) => Promise<number>,
): Tables {
  const count: Tables['count'] = (service, table, column, value) =>
    one(service, counting(table, column), value)
  return {
    alter,
    count,
    discarding: () => count('pedidos', 'obligaciones', 'tipo', 'soltar-reserva'),
  }
}

export function tablesInFiles(dataDir: string): Tables {
  const use = <T>(service: ServiceName, work: (client: Database) => T): T => {
    const client = new Database(join(dataDir, `${service}.db`), { readwrite: true })
    try {
      client.run('PRAGMA busy_timeout = 2000')
      return work(client)
    } finally {
      client.close()
    }
  }
  return tables(
    async (service, sql, ...values) =>
      use(service, (client) => withoutTriggers(client, () => client.run(sql, [...values]).changes)),
    async (service, sql, value) =>
      use(service, (client) => client.query<{ n: number }, [string]>(sql).get(value)?.n ?? 0),
  )
}

const numbered = (sql: string) => sql.replaceAll(/\?(\d)/g, '$$$1')

/** The same in the schemas of a database; `close` lets go of it. */
export function tablesOnServer(url: string): Tables & { close(): Promise<void> } {
  const clients = new Map<ServiceName, SQL>(
    serviceNames.map((name) => [name, connectionTo(url, name)]),
  )
  const at = (service: ServiceName) => clients.get(service) as SQL
  const found = tables(
    (service, sql, ...values) =>
      at(service).begin(async (tx) => {
        // Neither triggers nor the turn have a say in what time does.
        await tx.unsafe("SET LOCAL session_replication_role = 'replica'")
        return Number((await tx.unsafe(numbered(sql), [...values])).count)
      }),
    async (service, sql, value) => Number((await at(service).unsafe(numbered(sql), [value]))[0].n),
  )
  return {
    ...found,
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
    },
  }
}
