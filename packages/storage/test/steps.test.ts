import { describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import type { Steps } from '../src/index.ts'
import { insert, openTestStorage, outcome, storedIds, type TestStorage } from './fixture.ts'
import { existencias } from './fixture-schema.ts'

type Db = TestStorage['db']

const add = (db: Db, id: string) => db.insert(existencias).values({ id, cantidad: 1 }).run()

/** Adds so many rows, one in each step; a clock that leaps gives the event loop a turn after each. */
function* adding(db: Db, count: number, each?: (index: number) => void): Steps<number> {
  for (let index = 0; index < count; index++) {
    add(db, `paso-${index}`)
    each?.(index)
    yield
  }
  return count
}

/** Steps always take their time, so that each is followed by a turn of the event loop. */
function leaping() {
  let ms = 0
  return () => (ms += 1000)
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => resolve()))

describe('a write in steps', () => {
  test('resolves with its value when all of it can be read', async () => {
    const storage = openTestStorage({ now: leaping() })
    expect(await storage.writeInSteps((db) => adding(db, 20))).toBe(20)
    expect(storedIds(storage)).toHaveLength(20)
  })

  test('lets others read meanwhile, who see nothing of it', async () => {
    const storage = openTestStorage({ now: leaping() })
    const seen: number[] = []
    const write = storage.writeInSteps((db) => adding(db, 20))
    const state = { ended: false }
    void write.then(() => (state.ended = true))
    while (!state.ended) {
      seen.push(storedIds(storage).length)
      await turn()
    }
    expect(seen.length).toBeGreaterThan(10)
    expect(new Set(seen.slice(0, 15))).toEqual(new Set([0]))
    expect(storedIds(storage)).toHaveLength(20)
  })

  test('leaves nothing when a step throws, and rejects with what it threw', async () => {
    const storage = openTestStorage({ now: leaping() })
    const write = storage.writeInSteps((db) =>
      adding(db, 20, (index) => {
        if (index === 10) throw new Error('no')
      }),
    )
    expect(await outcome(write)).toBe('no')
    expect(storedIds(storage)).toEqual([])
    await insert(storage, 'a')
    expect(storedIds(storage)).toEqual(['a'])
  })

  test('comes after what others wrote before, and before what they write meanwhile', async () => {
    const storage = openTestStorage({ now: leaping() })
    await insert(storage, 'antes')
    const order: string[] = []
    const long = storage
      .writeInSteps((db) => {
        expect(db.select().from(existencias).all()).toHaveLength(1)
        return adding(db, 20)
      })
      .then(() => order.push('long'))
    await turn()
    const short = storage
      .write((db) => {
        expect(db.select().from(existencias).all()).toHaveLength(21)
        add(db, 'despues')
      })
      .then(() => order.push('short'))
    await Promise.all([long, short])
    expect(order).toEqual(['long', 'short'])
  })

  test('waits for another one, and what was queued between them goes first', async () => {
    const storage = openTestStorage({ now: leaping() })
    const order: string[] = []
    const first = storage.writeInSteps((db) => adding(db, 5)).then(() => order.push('first'))
    await turn()
    const short = insert(storage, 'corto').then(() => order.push('short'))
    const second = storage
      .writeInSteps(function* (db) {
        add(db, 'segundo')
        yield
      })
      .then(() => order.push('second'))
    await Promise.all([first, short, second])
    expect(order).toEqual(['first', 'short', 'second'])
  })

  test('counts as healthy while it is under way', async () => {
    const storage = openTestStorage({ now: leaping() })
    const write = storage.writeInSteps((db) => adding(db, 20))
    await turn()
    await turn()
    expect(storage.health()).toEqual({ ok: true })
    await write
    expect(storage.health()).toEqual({ ok: true })
  })

  test('is finished before the storage closes, and refused afterwards', async () => {
    const storage = openTestStorage({ now: leaping() })
    const write = storage.writeInSteps((db) => adding(db, 20))
    await turn()
    const closed = storage.close()
    expect(await write).toBe(20)
    await closed
    expect(await outcome(storage.writeInSteps((db) => adding(db, 1)))).toBe('closed')
  })

  test('is refused when another process holds the lock for too long', async () => {
    const waited: number[] = []
    const wait = async (ms: number) => void waited.push(ms)
    const storage = openTestStorage({ wait, busyMs: 100 })
    const stranger = new Database(storage.client.filename)
    stranger.run('BEGIN IMMEDIATE')
    expect(await outcome(storage.writeInSteps((db) => adding(db, 1)))).toBe('locked')
    expect(waited.length).toBeGreaterThan(3)
    stranger.run('ROLLBACK')
    stranger.close()
    expect(await storage.writeInSteps((db) => adding(db, 1))).toBe(1)
  })

  test('is refused when the disk is full, and so the storage is not well; counts as a write else', async () => {
    const storage = openTestStorage()
    await storage.writeInSteps((db) => adding(db, 3))
    expect(storage.stats()).toMatchObject({ commits: 1, writes: 1 })
    const full = storage.writeInSteps(function* (db, client) {
      const pages = Number(client.query('PRAGMA page_count').values()[0]?.[0])
      client.run(`PRAGMA max_page_count = ${pages + 1}`)
      for (let index = 0; ; index++) {
        add(db, `${index}-${'x'.repeat(2000)}`)
        yield
      }
    })
    expect(await outcome(full)).toBe('disk-full')
    expect(storedIds(storage)).toHaveLength(3)
    expect(storage.stats().lastError).toMatchObject({ reason: 'disk-full' })
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
  })

  test('is all or nothing in memory as well', async () => {
    const storage = openTestStorage({ file: ':memory:' })
    expect(await storage.writeInSteps((db) => adding(db, 3))).toBe(3)
    const broken = storage.writeInSteps(function* (db) {
      add(db, 'x')
      yield
      throw new Error('no')
    })
    expect(await outcome(broken)).toBe('no')
    expect(storedIds(storage)).toEqual(['paso-0', 'paso-1', 'paso-2'])
  })
})
