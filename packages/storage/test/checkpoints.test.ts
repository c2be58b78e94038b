import { describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { renameSync, statSync } from 'node:fs'
import { rows } from '../src/testing.ts'
import { insert, openTestStorage, storedIds } from './fixture.ts'
import type { Storage } from '../src/index.ts'
import { put } from './fixture-sql.ts'

/** A page holds two of these: two hundred, written together, are some three hundred frames of the log. */
const room = 'x'.repeat(1_500)
let last = 0
async function writeFrames(storage: Storage, writes: number): Promise<void> {
  for (let write = 0; write < writes; write++) {
    const ids = Array.from({ length: 200 }, () => `${++last} ${room}`)
    await Promise.all(ids.map((id) => insert(storage, id)))
  }
}

const autocheckpoint = async (storage: Storage) =>
  Number((await rows(storage, 'PRAGMA wal_autocheckpoint'))[0]?.['wal_autocheckpoint'])
async function log(storage: Storage) {
  const [frames] = await rows(storage, 'PRAGMA wal_checkpoint(NOOP)')
  return { log: Number(frames?.['log']), checkpointed: Number(frames?.['checkpointed']) }
}

/** Lets the other thread go on until `done`; the test's own time is the limit. */
async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setImmediate(resolve))
}

describe('checkpoints', () => {
  test('are made beside the writers, long before these would make one themselves', async () => {
    const storage = openTestStorage()
    await writeFrames(storage, 5)
    expect((await log(storage)).log).toBeGreaterThan(1_000)
    expect(await autocheckpoint(storage)).toBeGreaterThan((await log(storage)).log)
    await until(async () => (await log(storage)).checkpointed > 1_000)
    await storage.close()
  })

  test('are begun for writes that come one by one as well', async () => {
    const storage = openTestStorage()
    while ((await log(storage)).log < 1_500) await insert(storage, `${++last} ${room}`)
    await until(async () => (await log(storage)).checkpointed > 1_000)
  })

  test('are begun for one write in steps, however few there are besides', async () => {
    const storage = openTestStorage()
    await storage.writeInSteps(function* () {
      for (let row = 0; row < 3_000; row++) {
        yield* put.run(`${++last} ${room}`, 1)
        yield
      }
    })
    expect((await log(storage)).log).toBeGreaterThan(1_000)
    await until(async () => (await log(storage)).checkpointed > 1_000)
  })

  test('are finished by a writer that finds the log long, so it does not grow for ever', async () => {
    const storage = openTestStorage()
    let longest = 0
    let again = 0
    for (let before = 0; again < 2; before = (await log(storage)).log) {
      await writeFrames(storage, 4)
      longest = Math.max(longest, statSync(`${storage.file}-wal`).size)
      if ((await log(storage)).log < before) again++
    }
    expect(longest).toBeLessThan(32 * 1024 * 1024)
  }, 30_000)

  test('leave the file whole when the storage is closed in the middle of one', async () => {
    const storage = openTestStorage()
    const { file } = storage
    await writeFrames(storage, 12)
    const stored = await storedIds(storage)
    await storage.close()
    expect(await Bun.file(`${file}-wal`).exists()).toBe(false)
    const client = new Database(file, { readonly: true })
    expect(client.query('SELECT id FROM existencias ORDER BY id').values().flat()).toEqual(stored)
    expect(client.query('PRAGMA integrity_check').values()).toEqual([['ok']])
    client.close()
  })

  test("are the writers' own affair again when the other thread can not work", async () => {
    const storage = openTestStorage()
    const { file } = storage
    // The connection goes on with the file that it has; another one finds none of this name.
    renameSync(file, `${file}.away`)
    await writeFrames(storage, 5)
    await until(async () => (await autocheckpoint(storage)) === 1_000)
    const before = (await log(storage)).log
    await writeFrames(storage, 2)
    // The first of these copied all of the log, so the second could begin it anew.
    expect((await log(storage)).log).toBeLessThan(before)
    renameSync(`${file}.away`, file)
  })
})
