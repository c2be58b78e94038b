import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres, type PostgresOptions, type Storage } from '../../src/index.ts'
import { testDatabase } from '../../testing/postgres.ts'
import { cleanUp } from '../fixture.ts'

export interface TestMigration {
  readonly name: string
  readonly text: string
}

export const firstMigration: TestMigration = {
  name: '0000_inicio',
  text: `CREATE TABLE existencias
    (id text COLLATE "C" PRIMARY KEY, cantidad bigint NOT NULL CHECK (cantidad >= 0))`,
}

/** Writes a folder of migrations, and answers where it is until the end of the test. */
export function writeMigrations(migrations: readonly TestMigration[] = [firstMigration]): string {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-migrations-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  for (const { name, text } of migrations) writeFileSync(join(folder, `${name}.sql`), text)
  return folder
}

/** One database for a file of tests: each storage has a schema of its own there. */
export function oneDatabase(): () => Promise<string> {
  let url: Promise<string> | undefined
  return () => (url ??= testDatabase())
}

let schemas = 0

export const newSchema = () => `s${process.pid}_${++schemas}`

/** A storage in an empty schema, closed after the test. */
export async function openTestPostgres(
  url: string,
  options: Partial<PostgresOptions> = {},
): Promise<Storage> {
  const migrationsFolder = options.migrationsFolder ?? writeMigrations()
  const storage = await openPostgres({ url, schema: newSchema(), ...options, migrationsFolder })
  cleanUp(() => storage.close())
  return storage
}
