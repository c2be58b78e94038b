import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { openStorage, type Storage, StorageOpenError } from '../src/index.ts'
import { rows } from '../src/testing.ts'
import { insert, openTestStorage, startChild, storedIds, temporaryFolder } from './fixture.ts'
import { writeMigrations } from './migration-folder.ts'

async function pragma(storage: Storage, name: string): Promise<unknown> {
  return Object.values((await rows(storage, `PRAGMA ${name}`))[0] ?? {})[0]
}

function mode(path: string): number {
  return statSync(path).mode & 0o777
}

function openFailure(file: string, migrationsFolder = writeMigrations(temporaryFolder())): string {
  try {
    void openStorage({ file, migrationsFolder }).close()
    return 'opened'
  } catch (error) {
    if (!(error instanceof StorageOpenError)) throw error
    return error.message
  }
}

test('an opened database commits with fsync and checks foreign keys', async () => {
  const storage = openTestStorage()
  expect(await pragma(storage, 'journal_mode')).toBe('wal')
  expect(await pragma(storage, 'synchronous')).toBe(2)
  expect(await pragma(storage, 'foreign_keys')).toBe(1)
  expect(await pragma(storage, 'mmap_size')).toBe(0)
  expect(await pragma(storage, 'busy_timeout')).toBe(5)
  expect(await pragma(storage, 'user_version')).toBe(0)
})

test('the files and folders it creates are for the owner alone', async () => {
  const file = join(temporaryFolder(), 'new', 'deeper', 'test.db')
  const storage = openTestStorage({ file })
  await insert(storage, 'a')
  expect(mode(join(file, '..'))).toBe(0o700)
  expect(mode(join(file, '..', '..'))).toBe(0o700)
  expect([mode(file), mode(`${file}-wal`), mode(`${file}-shm`)]).toEqual([0o600, 0o600, 0o600])
})

test('a database in memory works the same way', async () => {
  const storage = openTestStorage({ file: ':memory:' })
  await insert(storage, 'a')
  expect(await storedIds(storage)).toEqual(['a'])
  expect(storage.health()).toEqual({ ok: true })
})

test('two storages in one process share a file', async () => {
  const first = openTestStorage()
  const second = openTestStorage({ file: first.file })
  await Promise.all([insert(first, 'a'), insert(second, 'b')])
  await first.close()
  await insert(second, 'c')
  expect(await storedIds(second)).toEqual(['a', 'b', 'c'])
})

test('what is in the way of opening is told in one sentence', () => {
  const folder = temporaryFolder()
  const garbage = join(folder, 'garbage.db')
  writeFileSync(garbage, 'not a database at all, but long enough to be taken for one '.repeat(99))
  mkdirSync(join(folder, 'folder.db'))
  expect(openFailure(garbage)).toBe(
    `Cannot open the database ${garbage}: it is damaged or no database; bring it back with bun run restore.`,
  )
  expect(openFailure(join(folder, 'folder.db'))).toBe(
    `Cannot open the database ${folder}/folder.db: it is not a file.`,
  )
  expect(openFailure(join(garbage, 'below.db'))).toStartWith(
    `Cannot open the database ${garbage}/below.db: `,
  )
  expect(openFailure(join(folder, 'a.db'), join(folder, 'nowhere'))).toBe(
    `Cannot open the database ${folder}/a.db: ENOENT: no such file or directory, open '${folder}/nowhere/meta/_journal.json'.`,
  )
})

test('opening waits for a lock that another process lets go of', async () => {
  const storage = openTestStorage()
  await rows(storage, 'BEGIN IMMEDIATE')
  const migrationsFolder = writeMigrations(temporaryFolder())
  const child = startChild('migrate', storage.file, migrationsFolder)
  await child.stdout.getReader().read()
  // Another process needs real time to run into the lock, longer than SQLite itself would wait.
  await Bun.sleep(150)
  expect(child.exitCode).toBe(null)
  await rows(storage, 'ROLLBACK')
  expect(await child.exited).toBe(0)
})
