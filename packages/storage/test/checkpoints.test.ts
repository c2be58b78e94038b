import { describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { renameSync, statSync } from 'node:fs'
import { insert, openTestStorage, storedIds, type TestStorage } from './fixture.ts'
import { existencias } from './fixture-schema.ts'

/** A page holds two of these: two hundred, written together, are some three hundred frames of the log. */
const room = 'x'.repeat(1_500)
let last = 0
async function writeFrames(storage: TestStorage, writes: number): Promise<void> {
  for (let write = 0; write < writes; write++) {
    const ids = Array.from({ length: 200 }, () => `${++last} ${room}`)
    await Promise.all(ids.map((id) => insert(storage, id)))
  }
}

const value = ({ client }: TestStorage, pragma: string) =>
  Number(client.query(`PRAGMA ${pragma}`).values()[0]?.[0])
function log({ client }: TestStorage) {
  const look = client.query<{ log: number; checkpointed: number }, []>(
    'PRAGMA wal_checkpoint(NOOP)',
  )
  return look.get() ?? { log: 0, checkpointed: 0 }
}

/** Lets the other thread go on until `done`; the test's own time is the limit. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve))
}

describe('checkpoints', () => {
  test('are made beside the writers, long before these would make one themselves', async () => {
    const storage = openTestStorage()
    await writeFrames(storage, 5)
    expect(log(storage).log).toBeGreaterThan(1_000)
    expect(value(storage, 'wal_autocheckpoint')).toBeGreaterThan(log(storage).log)
    await until(() => log(storage).checkpointed > 1_000)
    await storage.close()
  })

  test('are begun for writes that come one by one as well', async () => {
    const storage = openTestStorage()
    while (log(storage).log < 1_500) await insert(storage, `${++last} ${room}`)
    await until(() => log(storage).checkpointed > 1_000)
  })

  test('are begun for one write in steps, however few there are besides', async () => {
    const storage = openTestStorage()
    await storage.writeInSteps(function* (db) {
      for (let row = 0; row < 3_000; row++) {
        const id = `${++last} ${room}`
        yield void db.insert(existencias).values({ id, cantidad: 1 }).run()
      }
    })
    expect(log(storage).log).toBeGreaterThan(1_000)
    await until(() => log(storage).checkpointed > 1_000)
  })

  test('are finished by a writer that finds the log long, so it does not grow for ever', async () => {
    const storage = openTestStorage()
    let longest = 0
    let again = 0
    for (let before = 0; again < 2; before = log(storage).log) {
      await writeFrames(storage, 4)
      longest = Math.max(longest, statSync(`${storage.client.filename}-wal`).size)
      if (log(storage).log < before) again++
    }
    expect(longest).toBeLessThan(32 * 1024 * 1024)
  }, 30_000)

  test('leave the file whole when the storage is closed in the middle of one', async () => {
    const storage = openTestStorage()
    const { filename } = storage.client
    await writeFrames(storage, 12)
    const stored = storedIds(storage)
    await storage.close()
    expect(await Bun.file(`${filename}-wal`).exists()).toBe(false)
    const client = new Database(filename, { readonly: true })
    expect(client.query('SELECT id FROM existencias ORDER BY id').values().flat()).toEqual(stored)
    expect(client.query('PRAGMA integrity_check').values()).toEqual([['ok']])
    client.close()
  })

  test("are the writers' own affair again when the other thread can not work", async () => {
    const storage = openTestStorage()
    const { filename } = storage.client
    // The connection goes on with the file that it has; another one finds none of this name.
    renameSync(filename, `${filename}.away`)
    await writeFrames(storage, 5)
    await until(() => value(storage, 'wal_autocheckpoint') === 1_000)
    const before = log(storage).log
    await writeFrames(storage, 2)
    // The first of these copied all of the log, so the second could begin it anew.
    expect(log(storage).log).toBeLessThan(before)
    renameSync(`${filename}.away`, filename)
  })
})
