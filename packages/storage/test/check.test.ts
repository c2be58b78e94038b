import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkDatabase, openStorage, peek } from '../src/index.ts'
import { insert, temporaryFolder } from './fixture.ts'
import { firstMigration, writeMigrations } from './migration-folder.ts'

/** A database with a row that is in its file, and the migrations that it has seen. */
async function kept() {
  const folder = temporaryFolder()
  const file = join(folder, 'data', 'test.db')
  const migrationsFolder = writeMigrations(folder)
  const storage = openStorage({ file, migrationsFolder })
  await insert(storage, 'a')
  await storage.close()
  return { file, migrationsFolder }
}

/** Everything beside a file, and what is in it. */
const around = (file: string) =>
  readdirSync(dirname(file), { withFileTypes: true }).map((entry) => [
    entry.name,
    entry.isFile() && Bun.hash(readFileSync(join(dirname(file), entry.name))),
  ])

/** Why a database is refused, by a look that must leave no trace. */
function refusal(file: string, migrationsFolder: string): string {
  const before = around(file)
  try {
    return checkDatabase(file, migrationsFolder) ? 'none' : 'not up to date'
  } catch (error) {
    return String(error).replace(`StorageOpenError: Cannot open the database ${file}: `, '')
  } finally {
    expect(around(file)).toEqual(before)
  }
}

/** The same file with some of its bytes replaced. */
function overwrite(file: string, at: number, bytes: number): void {
  const all = readFileSync(file)
  writeFileSync(file, all.fill(0xa5, at, at + bytes))
}

const damage: Record<string, (file: string) => void> = {
  'is no database': (file) => writeFileSync(file, 'no database at all '.repeat(1_000)),
  'lacks its second half': (file) => {
    const all = readFileSync(file)
    writeFileSync(file, all.subarray(0, all.length / 2))
  },
  'has lost its first page': (file) => overwrite(file, 0, 4_096),
  'has lost what it says of its tables': (file) => overwrite(file, 100, 3_996),
}

test.each(Object.keys(damage))(
  'a file that %s is told to be damaged, and what to do',
  async (what) => {
    const { file, migrationsFolder } = await kept()
    damage[what]?.(file)
    expect(refusal(file, migrationsFolder)).toBe(
      'it is damaged or no database; bring it back with bun run restore.',
    )
  },
)

test('a database of a newer version is told from a damaged one', async () => {
  const { file, migrationsFolder } = await kept()
  const client = new Database(file)
  client.run('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)', ['x', 9e12])
  client.close(true)
  const newer = 'it was migrated by a newer version of this program, start that version instead.'
  expect(refusal(file, migrationsFolder)).toBe(newer)
})

test('what only the log says counts too', async () => {
  const { file, migrationsFolder } = await kept()
  const client = new Database(file)
  client.run('PRAGMA wal_autocheckpoint = 0')
  client.run('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)', ['x', 9e12])
  // As a process leaves it that is killed.
  const copy = join(temporaryFolder(), 'copy.db')
  for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, `${copy}${ending}`)
  client.close(true)
  expect(() => checkDatabase(copy, migrationsFolder)).toThrow('newer version')
  rmSync(`${copy}-wal`)
  expect(refusal(copy, migrationsFolder)).toBe('none')
})

test('one that is well, or not there yet, may be opened', async () => {
  const { file, migrationsFolder } = await kept()
  expect(refusal(file, migrationsFolder)).toBe('none')
  expect(refusal(join(dirname(file), 'another.db'), migrationsFolder)).toBe('not up to date')
  const second = { tag: '0001_second', when: 2_000, sql: 'CREATE TABLE otra (n integer);' }
  const more = writeMigrations(temporaryFolder(), [firstMigration, second])
  expect(refusal(file, more)).toBe('not up to date')
  expect(peek(file, (client) => client.query('SELECT id FROM existencias').all())).toEqual([
    { id: 'a' },
  ])
})

test('a folder of that name is told', async () => {
  const { file, migrationsFolder } = await kept()
  mkdirSync(`${file}.folder`)
  expect(refusal(`${file}.folder`, migrationsFolder)).toBe('it is not a file.')
})
