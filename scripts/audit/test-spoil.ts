import { Database } from 'bun:sqlite'
import { fileOf, type Service } from './databases.ts'

/**
 * Changes a database of stopped services as no service would: without triggers, CHECKs and foreign
 * keys. The triggers are put back, so that only what was changed differs.
 */
export function spoil(dataDir: string, service: Service, sql: string): void {
  const client = new Database(fileOf(dataDir, service), { readwrite: true, create: false })
  try {
    client.run('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON')
    const triggers = client
      .query<{ name: string; sql: string }, []>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
      )
      .all()
    for (const { name } of triggers) client.run(`DROP TRIGGER "${name}"`)
    client.run(sql)
    for (const trigger of triggers) client.run(trigger.sql)
  } finally {
    client.close(true)
  }
}
