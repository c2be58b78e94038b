import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { statement, type Storage, StorageUnavailableError } from '../src/index.ts'
import { change, rows } from '../src/testing.ts'
import { cleanUp, insert, noTransaction, openTestStorage, outcome, storedIds } from './fixture.ts'
import { put } from './fixture-sql.ts'

// The tests may run as root, whom file modes do not bind. So the failures are brought about inside
// SQLite, by pragmas that make it return the same result codes as the operating system's errors.

/** Leaves the database no page beyond those it has; SQLite answers SQLITE_FULL. */
async function fillUp(storage: Storage, spare = 0): Promise<void> {
  const [pages] = await rows(storage, 'PRAGMA page_count')
  await rows(storage, `PRAGMA max_page_count = ${Number(pages?.['page_count']) + spare}`)
}

const makeRoom = (storage: Storage) => rows(storage, 'PRAGMA max_page_count = 1000000')

/** Needs pages of its own. */
const insertLarge = (storage: Storage, id: string) => insert(storage, id.repeat(20_000))

function openWithClock(options: Parameters<typeof openTestStorage>[0] = {}) {
  const clock = { ms: 0 }
  return { clock, storage: openTestStorage({ now: () => clock.ms, ...options }) }
}

/** A second connection, as another process would have it. */
function openSecond(storage: Storage): Database {
  const second = new Database(storage.place)
  cleanUp(() => second.close(true))
  return second
}

describe('a full disk', () => {
  test('fails everyone whose work was lost with it, and nobody is told success', async () => {
    const storage = openTestStorage()
    await fillUp(storage)
    const outcomes = await Promise.all([
      outcome(insert(storage, 'small')),
      outcome(insertLarge(storage, 'x')),
    ])
    expect(outcomes).toEqual(['disk-full', 'disk-full'])
    expect(await storedIds(storage)).toEqual([])
    await noTransaction(storage)
  })

  test('lets those go on who come after it in the queue', async () => {
    const storage = openTestStorage()
    await fillUp(storage)
    const outcomes = [insertLarge(storage, 'x'), insert(storage, 'small')].map(outcome)
    expect(await Promise.all(outcomes)).toEqual(['disk-full', 'ok'])
    expect(await storedIds(storage)).toEqual(['small'])
  })

  test('cannot be hidden by work that catches the error', async () => {
    const storage = openTestStorage()
    await fillUp(storage)
    const hidden = storage.write(function* () {
      try {
        yield* put.run('x'.repeat(20_000), 1)
      } catch {
        return 'all is well'
      }
      return 'inserted'
    })
    expect(await outcome(hidden)).toBe('io')
  })

  test('is over once there is room, without a restart, and health says so', async () => {
    const { storage, clock } = openWithClock()
    await fillUp(storage)
    expect(await outcome(insertLarge(storage, 'x'))).toBe('disk-full')
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
    expect(storage.stats().lastError).toEqual({ reason: 'disk-full', at: 0 })
    clock.ms = 1_000
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
    await makeRoom(storage)
    clock.ms = 2_000
    expect(storage.health()).toEqual({ ok: true })
    expect(await outcome(insertLarge(storage, 'x'))).toBe('ok')
  })

  test('is noticed by health before any write meets it', async () => {
    const { storage, clock } = openWithClock()
    // Room for a small row, but not for the everyday's writes.
    await fillUp(storage, 3)
    expect(storage.health()).toEqual({ ok: true })
    clock.ms = 5_000
    expect(storage.health()).toEqual({ ok: false, reason: 'disk-full' })
  })

  test('is told without the parameters of the query', async () => {
    const storage = openTestStorage()
    await fillUp(storage)
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
    expect(await storedIds(storage)).toEqual(['c'])
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
    expect(await storedIds(storage)).toEqual(['a'])
  })
})

describe('a database that cannot be written', () => {
  test('still reads, refuses writes, and recovers by itself', async () => {
    const { storage, clock } = openWithClock()
    await insert(storage, 'a')
    await rows(storage, 'PRAGMA query_only = ON')
    expect(await outcome(insert(storage, 'b'))).toBe('read-only')
    expect(storage.health()).toEqual({ ok: false, reason: 'read-only' })
    expect(await storedIds(storage)).toEqual(['a'])
    await rows(storage, 'PRAGMA query_only = OFF')
    expect(await outcome(insert(storage, 'b'))).toBe('ok')
    clock.ms = 1
    expect(storage.health()).toEqual({ ok: true })
  })
})

describe('a commit that fails', () => {
  test('fails the whole group and leaves no transaction open', async () => {
    const storage = openTestStorage()
    await change(storage, 'CREATE TABLE madre (id PRIMARY KEY)')
    await change(storage, 'CREATE TABLE hija (madre REFERENCES madre (id))')
    const outcomes = await Promise.all([
      outcome(insert(storage, 'a')),
      outcome(
        storage.write(function* () {
          // Puts the check off to COMMIT, which then fails.
          yield* statement<never, []>('PRAGMA defer_foreign_keys = ON').run()
          yield* statement<never, []>('INSERT INTO hija VALUES (1)').run()
        }),
      ),
    ])
    expect(outcomes).toEqual(['io', 'io'])
    await noTransaction(storage)
    expect(await storedIds(storage)).toEqual([])
    expect(await outcome(insert(storage, 'b'))).toBe('ok')
  })
})
