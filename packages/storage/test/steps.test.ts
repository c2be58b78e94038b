import { describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { type Script, statement } from '../src/index.ts'
import { insert, openTestStorage, outcome, storedIds } from './fixture.ts'
import { everything, put } from './fixture-sql.ts'

const pageCount = statement<{ page_count: number }, []>('PRAGMA page_count')

/** Adds so many rows, one in each step; a clock that leaps gives the event loop a turn after each. */
function* adding(count: number, each?: (index: number) => void): Script<number> {
  for (let index = 0; index < count; index++) {
    yield* put.run(`paso-${index}`, 1)
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
    expect(await storage.writeInSteps(() => adding(20))).toBe(20)
    expect(await storedIds(storage)).toHaveLength(20)
  })

  test('lets others read meanwhile, who see nothing of it', async () => {
    const storage = openTestStorage({ now: leaping() })
    const seen: number[] = []
    const write = storage.writeInSteps(() => adding(20))
    const state = { ended: false }
    void write.then(() => (state.ended = true))
    while (!state.ended) {
      seen.push((await storedIds(storage)).length)
      await turn()
    }
    expect(seen.length).toBeGreaterThan(10)
    expect(new Set(seen.slice(0, 15))).toEqual(new Set([0]))
    expect(await storedIds(storage)).toHaveLength(20)
  })

  test('leaves nothing when a step throws, and rejects with what it threw', async () => {
    const storage = openTestStorage({ now: leaping() })
    const write = storage.writeInSteps(() =>
      adding(20, (index) => {
        if (index === 10) throw new Error('no')
      }),
    )
    expect(await outcome(write)).toBe('no')
    expect(await storedIds(storage)).toEqual([])
    await insert(storage, 'a')
    expect(await storedIds(storage)).toEqual(['a'])
  })

  test('comes after what others wrote before, and before what they write meanwhile', async () => {
    const storage = openTestStorage({ now: leaping() })
    await insert(storage, 'antes')
    const order: string[] = []
    const long = storage
      .writeInSteps(function* () {
        expect(yield* everything.all()).toHaveLength(1)
        return yield* adding(20)
      })
      .then(() => order.push('long'))
    await turn()
    const short = storage
      .write(function* () {
        expect(yield* everything.all()).toHaveLength(21)
        yield* put.run('despues', 1)
      })
      .then(() => order.push('short'))
    await Promise.all([long, short])
    expect(order).toEqual(['long', 'short'])
  })

  test('waits for another one, and what was queued between them goes first', async () => {
    const storage = openTestStorage({ now: leaping() })
    const order: string[] = []
    const first = storage.writeInSteps(() => adding(5)).then(() => order.push('first'))
    await turn()
    const short = insert(storage, 'corto').then(() => order.push('short'))
    const second = storage
      .writeInSteps(function* () {
        yield* put.run('segundo', 1)
        yield
      })
      .then(() => order.push('second'))
    await Promise.all([first, short, second])
    expect(order).toEqual(['first', 'short', 'second'])
  })

  test('counts as healthy while it is under way', async () => {
    const storage = openTestStorage({ now: leaping() })
    const write = storage.writeInSteps(() => adding(20))
    await turn()
    await turn()
    expect(storage.health()).toEqual({ ok: true })
    await write
    expect(storage.health()).toEqual({ ok: true })
  })

  test('is finished before the storage closes, and refused afterwards', async () => {
    const storage = openTestStorage({ now: leaping() })
    const write = storage.writeInSteps(() => adding(20))
    await turn()
    const closed = storage.close()
    expect(await write).toBe(20)
    await closed
    expect(await outcome(storage.writeInSteps(() => adding(1)))).toBe('closed')
  })

  test('is refused when another process holds the lock for too long', async () => {
    const waited: number[] = []
    const wait = async (ms: number) => void waited.push(ms)
    const storage = openTestStorage({ wait, busyMs: 100 })
    const stranger = new Database(storage.file)
    stranger.run('BEGIN IMMEDIATE')
    expect(await outcome(storage.writeInSteps(() => adding(1)))).toBe('locked')
    expect(waited.length).toBeGreaterThan(3)
    stranger.run('ROLLBACK')
    stranger.close()
    expect(await storage.writeInSteps(() => adding(1))).toBe(1)
  })

  test('is refused when the disk is full, and so the storage is not well; counts as a write else', async () => {
    const storage = openTestStorage()
    await storage.writeInSteps(() => adding(3))
    expect(storage.stats()).toMatchObject({ commits: 1, writes: 1 })
    const full = storage.writeInSteps(function* () {
      const pages = (yield* pageCount.get())?.page_count ?? 0
      yield* statement<never, []>(`PRAGMA max_page_count = ${pages + 1}`).run()
      for (let index = 0; ; index++) {
        yield* put.run(`${index}-${'x'.repeat(2000)}`, 1)
        yield
      }
    })
    expect(await outcome(full)).toBe('disk-full')
    expect(await storedIds(storage)).toHaveLength(3)
    expect(storage.stats().lastError).toMatchObject({ reason: 'disk-full' })
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
  })

  test('is all or nothing in memory as well', async () => {
    const storage = openTestStorage({ file: ':memory:' })
    expect(await storage.writeInSteps(() => adding(3))).toBe(3)
    const broken = storage.writeInSteps(function* () {
      yield* put.run('x', 1)
      yield
      throw new Error('no')
    })
    expect(await outcome(broken)).toBe('no')
    expect(await storedIds(storage)).toEqual(['paso-0', 'paso-1', 'paso-2'])
  })
})
