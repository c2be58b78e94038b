import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { StorageUnavailableError } from '../src/index.ts'
import {
  cleanUp,
  insert,
  openTestStorage,
  outcome,
  storedIds,
  type TestStorage,
} from './fixture.ts'
import { existencias } from './fixture-schema.ts'

// The tests may run as root, whom file modes do not bind. So the failures are brought about inside
// SQLite, by pragmas that make it return the same result codes as the operating system's errors.

/** Leaves the database no page beyond those it has; SQLite answers SQLITE_FULL. */
function fillUp(storage: TestStorage, spare = 0): void {
  const pages = Number(storage.client.query('PRAGMA page_count').values()[0]?.[0])
  storage.client.run(`PRAGMA max_page_count = ${pages + spare}`)
}

function makeRoom(storage: TestStorage): void {
  storage.client.run('PRAGMA max_page_count = 1000000')
}

/** Needs pages of its own. */
function insertLarge(storage: TestStorage, id: string): Promise<void> {
  return insert(storage, id.repeat(20_000))
}

function openWithClock(options: Parameters<typeof openTestStorage>[0] = {}) {
  const clock = { ms: 0 }
  return { clock, storage: openTestStorage({ now: () => clock.ms, ...options }) }
}

/** A second connection, as another process would have it. */
function openSecond(storage: TestStorage): Database {
  const second = new Database(storage.client.filename)
  cleanUp(() => second.close(true))
  return second
}

describe('a full disk', () => {
  test('fails everyone whose work was lost with it, and nobody is told success', async () => {
    const storage = openTestStorage()
    fillUp(storage)
    const outcomes = await Promise.all([
      outcome(insert(storage, 'small')),
      outcome(insertLarge(storage, 'x')),
    ])
    expect(outcomes).toEqual(['disk-full', 'disk-full'])
    expect(storedIds(storage)).toEqual([])
    expect(storage.client.inTransaction).toBe(false)
  })

  test('lets those go on who come after it in the queue', async () => {
    const storage = openTestStorage()
    fillUp(storage)
    const outcomes = [insertLarge(storage, 'x'), insert(storage, 'small')].map(outcome)
    expect(await Promise.all(outcomes)).toEqual(['disk-full', 'ok'])
    expect(storedIds(storage)).toEqual(['small'])
  })

  test('cannot be hidden by work that catches the error', async () => {
    const storage = openTestStorage()
    fillUp(storage)
    const hidden = storage.write((db) => {
      try {
        db.insert(existencias)
          .values({ id: 'x'.repeat(20_000), cantidad: 1 })
          .run()
      } catch {
        return 'all is well'
      }
      return 'inserted'
    })
    expect(await outcome(hidden)).toBe('io')
  })

  test('is over once there is room, without a restart, and health says so', async () => {
    const { storage, clock } = openWithClock()
    fillUp(storage)
    expect(await outcome(insertLarge(storage, 'x'))).toBe('disk-full')
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
    expect(storage.stats().lastError).toEqual({ reason: 'disk-full', at: 0 })
    clock.ms = 1_000
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
    makeRoom(storage)
    clock.ms = 2_000
    expect(storage.health()).toEqual({ ok: true })
    expect(await outcome(insertLarge(storage, 'x'))).toBe('ok')
  })

  test('is noticed by health before any write meets it', () => {
    const { storage, clock } = openWithClock()
    // Room for a small row, but not for the everyday's writes.
    fillUp(storage, 3)
    expect(storage.health()).toEqual({ ok: true })
    clock.ms = 5_000
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
  })

  test('is told without the parameters of the query', async () => {
    const storage = openTestStorage()
    fillUp(storage)
    const error = await insertLarge(storage, 'secreto').catch((error: unknown) => error)
    expect(error).toBeInstanceOf(StorageUnavailableError)
    expect(error).toMatchObject({ reason: 'disk-full', retryAfterMs: 10_000 })
    expect(Bun.inspect(error)).not.toContain('secreto')
  })
})

describe('a lock that another connection holds', () => {
  test('is waited for without blocking, and all who waited then share a commit', async () => {
    const waits: number[] = []
    const wait = async (ms: number) => {
      waits.push(ms)
      if (waits.length === 4) second.run('ROLLBACK')
    }
    const batches: number[] = []
    const storage = openTestStorage({ wait, onBatch: (batch) => void batches.push(batch.writes) })
    const second = openSecond(storage)
    second.run('BEGIN IMMEDIATE')
    await Promise.all([insert(storage, 'a'), insert(storage, 'b')])
    expect(waits).toEqual([1, 2, 4, 8])
    expect(batches).toEqual([2])
  })

  test('is waited for no longer than busyMs; then writes are refused until it is free', async () => {
    let waitedMs = 0
    const wait = async (ms: number) => void (waitedMs += ms)
    const { storage, clock } = openWithClock({ wait, busyMs: 2_000 })
    const second = openSecond(storage)
    second.run('BEGIN IMMEDIATE')
    const outcomes = await Promise.all([insert(storage, 'a'), insert(storage, 'b')].map(outcome))
    expect(outcomes).toEqual(['locked', 'locked'])
    expect(waitedMs).toBeGreaterThan(1_500)
    expect(waitedMs).toBeLessThan(2_050)
    expect(storage.health()).toEqual({ ok: false, reason: 'locked' })
    second.run('ROLLBACK')
    clock.ms = 1_000
    expect(storage.health()).toEqual({ ok: true })
    expect(await outcome(insert(storage, 'c'))).toBe('ok')
    expect(storedIds(storage)).toEqual(['c'])
  })

  test('gives a write that came later its own full time', async () => {
    let waits = 0
    const late: Promise<string>[] = []
    const wait = async () => {
      waits++
      if (waits === 6) late.push(outcome(insert(storage, 'late')))
      if (late.length > 0 && storage.stats().pending === 1) second.run('ROLLBACK')
    }
    const storage = openTestStorage({ wait, busyMs: 100 })
    const second = openSecond(storage)
    second.run('BEGIN IMMEDIATE')
    expect(await outcome(insert(storage, 'early'))).toBe('locked')
    // The early one was refused while the late one still waited; now the lock is free.
    expect(await Promise.all(late)).toEqual(['ok'])
  })

  test('does not keep readers from reading', async () => {
    const storage = openTestStorage()
    await insert(storage, 'a')
    const second = openSecond(storage)
    second.run('BEGIN IMMEDIATE')
    second.run("INSERT INTO existencias VALUES ('b', 1)")
    expect(storedIds(storage)).toEqual(['a'])
  })
})

describe('a database that cannot be written', () => {
  test('still reads, refuses writes, and recovers by itself', async () => {
    const { storage, clock } = openWithClock()
    await insert(storage, 'a')
    storage.client.run('PRAGMA query_only = ON')
    expect(await outcome(insert(storage, 'b'))).toBe('read-only')
    expect(storage.health()).toEqual({ ok: false, reason: 'read-only' })
    expect(storedIds(storage)).toEqual(['a'])
    storage.client.run('PRAGMA query_only = OFF')
    expect(await outcome(insert(storage, 'b'))).toBe('ok')
    clock.ms = 1
    expect(storage.health()).toEqual({ ok: true })
  })
})

describe('a commit that fails', () => {
  test('fails the whole group and leaves no transaction open', async () => {
    const storage = openTestStorage()
    storage.client.run('CREATE TABLE madre (id PRIMARY KEY)')
    storage.client.run('CREATE TABLE hija (madre REFERENCES madre (id))')
    const outcomes = await Promise.all([
      outcome(insert(storage, 'a')),
      outcome(
        storage.write(() => {
          // Puts the check off to COMMIT, which then fails.
          storage.client.run('PRAGMA defer_foreign_keys = ON')
          storage.client.run('INSERT INTO hija VALUES (1)')
        }),
      ),
    ])
    expect(outcomes).toEqual(['io', 'io'])
    expect(storage.client.inTransaction).toBe(false)
    expect(storedIds(storage)).toEqual([])
    expect(await outcome(insert(storage, 'b'))).toBe('ok')
  })
})
