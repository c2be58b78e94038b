import type { Database } from 'bun:sqlite'
import { readMigrations } from '../../../packages/storage/src/migrations.ts'
import { migrationsOf } from '../../lib/services.ts'
import { type Context, restoreFile } from '../context.ts'
import { schemaOf, type Service, services } from '../databases.ts'
import { freshDatabase } from '../fresh.ts'
import { CannotAudit } from '../report.ts'

/**
 * What a database is made of, by kind and name: tables, indexes, triggers. SQLite's own objects are
 * left out, and so are the tables inside a full-text index, which whoever made it chose.
 */
function objectsOf(client: Database, schema: string): Map<string, string> {
  const rows = client.query<{ kind: string; name: string; sql: string }, []>(`
    SELECT o.type AS kind, o.name, o.sql FROM ${schema}.sqlite_schema o
    WHERE o.sql IS NOT NULL AND o.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND o.name NOT LIKE '\\_\\_drizzle%' ESCAPE '\\'
      AND NOT EXISTS (SELECT 1 FROM ${schema}.sqlite_schema v
        WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' AND o.name GLOB v.name || '_*' AND o.type = 'table')`)
  return new Map(rows.all().map(({ kind, name, sql }) => [`${kind} ${name}`, sql]))
}

/** @throws CannotAudit for a database that is to be brought up to this version first */
function sameVersion(client: Database, service: Service): void {
  const known = readMigrations(migrationsOf(service))
  const applied = client.query(`SELECT count(*) FROM ${schemaOf[service]}.__drizzle_migrations`)
  const count = Number(applied.values()[0]?.[0])
  if (count === known.length) return
  throw new CannotAudit(
    count < known.length
      ? `${service}.db is of an older version: start the services of this version once, which brings it up to date.`
      : `${service}.db is of a newer version than this program: audit it with that version.`,
  )
}

/**
 * Each file has the tables, indexes and triggers that its migrations made, word for word: a rule that is
 * gone or weakened lets anything in from then on, even where nothing is wrong yet.
 */
export function checkShape({ client, tally, progress }: Context): void {
  for (const [index, service] of services.entries()) {
    progress('comparing tables, indexes and triggers', index / services.length)
    sameVersion(client, service)
    const fresh = freshDatabase(service)
    const expected = objectsOf(fresh, 'main')
    fresh.close()
    const found = objectsOf(client, schemaOf[service])
    for (const [name, sql] of expected) {
      const is = found.get(name)
      if (is === sql) continue
      const what = is === undefined ? 'is missing' : 'is not what its migration made'
      tally.wrong('files', `${service}.db`, `${name} ${what}`, restoreFile)
    }
    for (const name of found.keys()) {
      if (expected.has(name)) continue
      tally.wrong('files', `${service}.db`, `${name} is not of this program`, restoreFile)
    }
  }
}
