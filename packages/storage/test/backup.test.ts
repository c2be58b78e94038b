import { Database } from 'bun:sqlite'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { backupDatabase, together } from '../src/index.ts'
import { change } from '../src/testing.ts'
import { cleanUp, insert, openTestStorage, outcome, temporaryFolder } from './fixture.ts'
import { put } from './fixture-sql.ts'

function readBackup(file: string): Database {
  const copy = new Database(file, { readonly: true })
  cleanUp(() => copy.close(true))
  expect(copy.query('PRAGMA integrity_check').values()).toEqual([['ok']])
  return copy
}

test('a backup under concurrent writes holds one moment, whole transactions only', async () => {
  const storage = openTestStorage()
  const target = join(temporaryFolder(), 'copy.db')
  let written = 0
  const stop = new AbortController()
  // Each write brings a pair; a copy that tears a transaction apart shows an odd one.
  const writer = async () => {
    while (!stop.signal.aborted) {
      const id = written++
      await storage.write(function* () {
        yield* together(put.run(`${id}-debe`, 1), put.run(`${id}-haber`, 1))
      })
    }
  }
  const writers = [1, 2, 3, 4].map(writer)
  await Promise.all(Array.from({ length: 500 }, (_, index) => insert(storage, `fixed-${index}`)))
  const before = written
  await storage.backup(target)
  const after = written
  stop.abort()
  await Promise.all(writers)
  expect(after).toBeGreaterThan(before)

  const copy = readBackup(target)
  const count = (like: string) =>
    Number(copy.query('SELECT count(*) FROM existencias WHERE id LIKE ?').values(like)[0]?.[0])
  expect(count('fixed-%')).toBe(500)
  expect(count('%-debe')).toBe(count('%-haber'))
  expect(count('%-debe')).toBeGreaterThanOrEqual(before - 4)
  expect(count('%-debe')).toBeLessThanOrEqual(after)
})

test('a backup is for the owner alone, and opens as a database of its own', async () => {
  const storage = openTestStorage()
  await insert(storage, 'a')
  const folder = temporaryFolder()
  await storage.backup(join(folder, 'copy.db'))
  expect(statSync(join(folder, 'copy.db')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['copy.db'])
  const copy = readBackup(join(folder, 'copy.db'))
  expect(copy.query('SELECT id FROM existencias').values()).toEqual([['a']])
})

test('a backup overwrites nothing', async () => {
  const storage = openTestStorage()
  const target = join(temporaryFolder(), 'copy.db')
  writeFileSync(target, 'precious')
  expect(await outcome(storage.backup(target))).toBe(`The backup ${target} exists already.`)
  expect(readFileSync(target, 'utf8')).toBe('precious')
})

test('a backup that fails says why and leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const broken = join(folder, 'broken.db')
  writeFileSync(broken, 'not a database at all, but long enough to be taken for one '.repeat(99))
  expect(await outcome(backupDatabase(broken, join(folder, 'copy.db')))).toBe('corrupt')
  expect(await outcome(backupDatabase(join(folder, 'nothing.db'), join(folder, 'b')))).toBe('io')
  expect(readdirSync(folder)).toEqual(['broken.db'])
  const nowhere = join(folder, 'nowhere', 'copy.db')
  expect(await outcome(openTestStorage().backup(nowhere))).toContain('ENOENT')
})

test('a backup keeps the rowids that full-text tables refer to', async () => {
  const storage = openTestStorage()
  for (const text of [
    'CREATE TABLE textos (texto TEXT)',
    "CREATE VIRTUAL TABLE busqueda USING fts5 (texto, content = 'textos', content_rowid = 'rowid')",
    "INSERT INTO textos (rowid, texto) VALUES (5, 'manzana'), (9, 'pera')",
    'INSERT INTO busqueda (rowid, texto) SELECT rowid, texto FROM textos',
  ])
    await change(storage, text)
  const target = join(temporaryFolder(), 'copy.db')
  await storage.backup(target)
  const found = readBackup(target)
    .query('SELECT rowid, texto FROM busqueda WHERE busqueda MATCH ?')
    .values('pera')
  expect(found).toEqual([[9, 'pera']])
})

test('a database in memory can be copied to a file as well', async () => {
  const storage = openTestStorage({ file: ':memory:' })
  await insert(storage, 'a')
  const target = join(temporaryFolder(), 'copy.db')
  await storage.backup(target)
  expect(readBackup(target).query('SELECT id FROM existencias').values()).toEqual([['a']])
})

test('a closed storage makes no backup', async () => {
  const storage = openTestStorage()
  await storage.close()
  const target = join(temporaryFolder(), 'copy.db')
  expect(await outcome(storage.backup(target))).toBe('closed')
  expect(existsSync(target)).toBe(false)
})
