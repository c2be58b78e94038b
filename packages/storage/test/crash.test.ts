import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { rows } from '../src/testing.ts'
import { openTestStorage, startChild, storedIds, temporaryFolder } from './fixture.ts'
import { sum } from './fixture-sql.ts'
import { writeMigrations } from './migration-folder.ts'

test('every acknowledged write is there after kill -9 in the middle of a stream', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const migrationsFolder = writeMigrations(folder)
  const acknowledged = new Set<string>()
  for (const enough of [50, 400, 900]) {
    const before = acknowledged.size
    const child = startChild('stream', file, migrationsFolder, String(before))
    let rest = ''
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const id of lines) if (id !== 'opening') acknowledged.add(id)
      // What the pipe still holds after the kill is read too: it was acknowledged as well.
      if (acknowledged.size >= before + enough) child.kill('SIGKILL')
    }
    await child.exited
    expect(child.signalCode).toBe('SIGKILL')
    const storage = openTestStorage({ file, migrationsFolder })
    const stored = new Set(await storedIds(storage))
    expect(acknowledged.difference(stored)).toEqual(new Set())
    expect(await rows(storage, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    // At most one write of each of the eight writers was under way, in each of the rounds.
    expect(stored.size - acknowledged.size).toBeLessThanOrEqual(24)
    await storage.close()
  }
})

test('a write in steps leaves nothing when its process dies in the middle, however much it wrote', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const migrationsFolder = writeMigrations(folder)
  // So many that pages leave the cache for the log before the end.
  const child = startChild('die', file, migrationsFolder, '60000')
  await child.exited
  expect(child.signalCode).toBe('SIGKILL')
  const storage = openTestStorage({ file, migrationsFolder })
  expect(await storedIds(storage)).toEqual([])
  expect(await rows(storage, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await storage.writeInSteps(function* () {})).toBeUndefined()
}, 20_000)

test('two processes that add to one row at the same time lose no update', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'test.db')
  const migrationsFolder = writeMigrations(folder)
  const children = [1, 2].map(() => startChild('increment', file, migrationsFolder, '150'))
  expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0])
  const storage = openTestStorage({ file, migrationsFolder })
  expect(await storage.ask(sum.get())).toEqual({ total: 300 })
})
