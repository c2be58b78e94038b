import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TestMigration {
  tag: string
  when: number
  sql: string
}

export const firstMigration: TestMigration = {
  tag: '0000_first',
  when: 1_000,
  sql: 'CREATE TABLE existencias (id text PRIMARY KEY NOT NULL, cantidad integer NOT NULL, CHECK (cantidad >= 0));',
}

/** Writes a folder as drizzle-kit generates it, and answers where it is. */
export function writeMigrations(parent: string, migrations = [firstMigration]): string {
  const folder = join(parent, `migrations-${migrations.length}-${crypto.randomUUID()}`)
  mkdirSync(join(folder, 'meta'), { recursive: true })
  const entries = migrations.map(({ tag, when, sql }, idx) => {
    writeFileSync(join(folder, `${tag}.sql`), sql)
    return { idx, version: '6', when, tag, breakpoints: true }
  })
  const journal = { version: '7', dialect: 'sqlite', entries }
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify(journal))
  return folder
}
