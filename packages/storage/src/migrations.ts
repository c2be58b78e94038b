import type { Database } from 'bun:sqlite'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { immediately } from './transaction.ts'

const table = '__drizzle_migrations'

interface Migration {
  readonly madeAt: number
  readonly statements: readonly string[]
  readonly hash: string
}

/** The migrations that drizzle-kit has generated in `folder`, in its order. */
export function readMigrations(folder: string): readonly Migration[] {
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'),
  )
  return journal.entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8')
    const hash = new Bun.CryptoHasher('sha256').update(text).digest('hex')
    return { madeAt: when, statements: text.split('--> statement-breakpoint'), hash }
  })
}

/**
 * Brings the database up to the generated migrations in `folder`, recorded in Drizzle's table, but
 * under the write lock and in one transaction, which Drizzle's own `migrate` does not do: two
 * processes that start together would run a migration twice.
 */
export function migrate(client: Database, folder: string): void {
  const known = readMigrations(folder)
  if (pending(client, known).length === 0) return
  // A table is rebuilt by dropping it, which would delete its children by cascade. The pragma is
  // without effect inside a transaction, so what generated files say about it comes too late.
  client.run('PRAGMA foreign_keys = OFF')
  try {
    immediately(client, () => apply(client, known))
  } finally {
    client.run('PRAGMA foreign_keys = ON')
  }
}

function apply(client: Database, known: readonly Migration[]): void {
  client.run(`CREATE TABLE IF NOT EXISTS "${table}"
    (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`)
  const record = client.prepare(`INSERT INTO "${table}" (hash, created_at) VALUES (?, ?)`)
  for (const migration of pending(client, known)) {
    for (const statement of migration.statements) client.run(statement)
    record.run(migration.hash, migration.madeAt)
  }
  // Such a constraint speaks up at COMMIT only, where it would refuse the whole group of writes.
  const deferred = client
    .query(`SELECT name FROM sqlite_schema WHERE sql LIKE '%INITIALLY DEFERRED%'`)
    .values()[0]
  if (deferred) throw new Error(`the table ${deferred[0]} has a constraint that is deferred`)
  const orphan = client.query('PRAGMA foreign_key_check').values()[0]
  if (orphan) throw new Error(`a migration leaves rows of ${orphan[0]} without their parent`)
}

/**
 * Whether it has all of them.
 * @throws Error when it has one that is not in the folder
 */
export function isMigrated(client: Database, folder: string): boolean {
  return pending(client, readMigrations(folder)).length === 0
}

/** What is in the folder and not in the database, in the folder's order. */
function pending(client: Database, known: readonly Migration[]): readonly Migration[] {
  const applied = new Set(appliedAt(client))
  const unknown = applied.difference(new Set(known.map((migration) => migration.madeAt)))
  if (unknown.size > 0) {
    throw new Error(
      'it was migrated by a newer version of this program, start that version instead',
    )
  }
  return known.filter((migration) => !applied.has(migration.madeAt))
}

function appliedAt(client: Database): number[] {
  const exists = client.query(`SELECT 1 FROM sqlite_schema WHERE name = '${table}'`).values()
  if (exists.length === 0) return []
  const rows = client.query(`SELECT created_at FROM "${table}"`).values()
  return rows.map((row) => Number(row[0]))
}
