import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { drizzle } from 'drizzle-orm/bun-sqlite'
import { migrate } from 'drizzle-orm/bun-sqlite/migrator'
import { openStorage } from '../src/index.ts'
import { change, rows } from '../src/testing.ts'
import {
  insert,
  openTestStorage,
  outcome,
  startChild,
  storedIds,
  temporaryFolder,
} from './fixture.ts'
import { sum } from './fixture-sql.ts'
import { firstMigration, type TestMigration, writeMigrations } from './migration-folder.ts'

/** Running it twice shows: every row doubles. */
const doubling: TestMigration = {
  tag: '0001_doubling',
  when: 2_000,
  sql: 'UPDATE existencias SET cantidad = cantidad * 2;',
}

function openMessage(file: string, migrationsFolder: string): string {
  try {
    void openStorage({ file, migrationsFolder }).close()
    return 'opened'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test('a migration runs once, also when several processes start together', async () => {
  for (let round = 0; round < 3; round++) {
    const folder = temporaryFolder()
    const file = join(folder, 'test.db')
    const storage = openTestStorage({ file, migrationsFolder: writeMigrations(folder) })
    await insert(storage, 'a', 7)
    const both = writeMigrations(folder, [firstMigration, doubling])
    const children = [1, 2, 3].map(() => startChild('migrate', file, both))
    expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0, 0])
    expect(await storage.ask(sum.get())).toEqual({ total: 14 })
  }
})

test('several processes create and migrate the same new file', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'new', 'test.db')
  const migrationsFolder = writeMigrations(folder)
  const children = [1, 2, 3].map(() => startChild('migrate', file, migrationsFolder))
  expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0, 0])
  expect(await storedIds(openTestStorage({ file, migrationsFolder }))).toEqual([])
})

test('a database that a newer version migrated is refused, and left as it is', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const newer = writeMigrations(folder, [firstMigration, doubling])
  await openTestStorage({ file, migrationsFolder: newer }).close()
  expect(openMessage(file, writeMigrations(folder))).toBe(
    `Cannot open the database ${file}: it was migrated by a newer version of this program, start that version instead.`,
  )
  expect(openMessage(file, newer)).toBe('opened')
})

test('a migration that another branch brought in late is not skipped', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const late = { ...doubling, tag: '0001_late', when: 1_500 }
  const ours = { ...doubling, tag: '0002_ours', when: 3_000 }
  const storage = openTestStorage({
    file,
    migrationsFolder: writeMigrations(folder, [firstMigration, ours]),
  })
  await insert(storage, 'a', 1)
  const merged = writeMigrations(folder, [firstMigration, late, ours])
  const again = openTestStorage({ file, migrationsFolder: merged })
  expect(await again.ask(sum.get())).toEqual({ total: 2 })
})

test('a migration that fails leaves nothing of itself and names its reason', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const first = writeMigrations(folder)
  await openTestStorage({ file, migrationsFolder: first }).close()
  const broken = { tag: '0001_broken', when: 2_000, sql: 'CREATE TABLE otra (a); SELECT nada;' }
  expect(openMessage(file, writeMigrations(folder, [firstMigration, broken]))).toBe(
    `Cannot open the database ${file}: no such column: nada.`,
  )
  const storage = openTestStorage({ file, migrationsFolder: first })
  expect(await rows(storage, "SELECT 1 FROM sqlite_schema WHERE name = 'otra'")).toEqual([])
})

test('a table that is rebuilt keeps its children, and a lost parent is noticed', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const family: TestMigration = {
    tag: '0001_family',
    when: 2_000,
    sql: `CREATE TABLE hijas (madre text REFERENCES existencias (id) ON DELETE CASCADE);
      INSERT INTO existencias VALUES ('a', 1);
      INSERT INTO hijas VALUES ('a');`,
  }
  const rebuild: TestMigration = {
    tag: '0002_rebuild',
    when: 3_000,
    sql: `PRAGMA foreign_keys=OFF;--> statement-breakpoint
      CREATE TABLE __new (id text PRIMARY KEY NOT NULL, cantidad integer NOT NULL);--> statement-breakpoint
      INSERT INTO __new SELECT * FROM existencias;--> statement-breakpoint
      DROP TABLE existencias;--> statement-breakpoint
      ALTER TABLE __new RENAME TO existencias;--> statement-breakpoint
      PRAGMA foreign_keys=ON;`,
  }
  const lossy = { tag: '0003_lossy', when: 4_000, sql: 'DELETE FROM existencias;' }
  const good = writeMigrations(folder, [firstMigration, family, rebuild])
  const storage = openTestStorage({ file, migrationsFolder: good })
  expect(await rows(storage, 'SELECT madre FROM hijas')).toEqual([{ madre: 'a' }])
  const orphan = change(storage, "INSERT INTO hijas VALUES ('x')")
  expect(await outcome(orphan)).toContain('FOREIGN KEY')
  expect(openMessage(file, writeMigrations(folder, [firstMigration, family, rebuild, lossy]))).toBe(
    `Cannot open the database ${file}: a migration leaves rows of hijas without their parent.`,
  )
  expect(await storedIds(storage)).toEqual(['a'])
})

test('a constraint that would speak up at COMMIT only is refused', () => {
  const folder = temporaryFolder()
  const deferred: TestMigration = {
    tag: '0001_deferred',
    when: 2_000,
    sql: 'CREATE TABLE hijas (madre REFERENCES existencias (id) DEFERRABLE INITIALLY DEFERRED);',
  }
  const message = openMessage(':memory:', writeMigrations(folder, [firstMigration, deferred]))
  expect(message).toEndWith('the table hijas has a constraint that is deferred.')
})

test("Drizzle's own migrator agrees with what is recorded, and the other way round", async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const migrationsFolder = writeMigrations(folder, [firstMigration, doubling])
  const recorded = 'SELECT hash, created_at FROM __drizzle_migrations'
  const storage = openTestStorage({ file, migrationsFolder })
  const ours = await rows(storage, recorded)
  const beside = new Database(file)
  migrate(drizzle(beside), { migrationsFolder })
  beside.close(true)
  expect(await rows(storage, recorded)).toEqual(ours)

  const theirs = join(folder, 'theirs.db')
  const client = new Database(theirs)
  migrate(drizzle(client), { migrationsFolder })
  expect(client.query(recorded).all()).toEqual([...ours])
  client.close(true)
  const opened = openTestStorage({ file: theirs, migrationsFolder })
  expect(await rows(opened, recorded)).toEqual(ours)
})
