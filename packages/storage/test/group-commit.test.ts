import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { statement, type StorageOptions, StorageUnavailableError } from '../src/index.ts'
import { rows } from '../src/testing.ts'
import { insert, openTestStorage, outcome, storedIds, noTransaction } from './fixture.ts'
import { everything, put } from './fixture-sql.ts'

type Batch = Parameters<NonNullable<StorageOptions['onBatch']>>[0]

function openObserved(options: Parameters<typeof openTestStorage>[0] = {}) {
  const batches: number[] = []
  const onBatch = (batch: Batch) => void batches.push(batch.writes)
  return { batches, storage: openTestStorage({ onBatch, ...options }) }
}

/** Stands for what SQLite does by itself on an I/O error: the transaction is gone. */
const giveUp = statement<never, []>('ROLLBACK')

const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`)

function brokenListener(): never {
  throw new Error('listener is broken')
}

describe('a group', () => {
  test('shares one commit among the writes of one turn of the event loop', async () => {
    const { storage, batches } = openObserved()
    await Promise.all(ids(10).map((id) => insert(storage, id)))
    expect(batches).toEqual([10])
    expect(storage.stats()).toEqual({ commits: 1, writes: 10, pending: 0 })
    expect(await storedIds(storage)).toEqual(ids(10))
  })

  test('gives each write its own value', async () => {
    const storage = openTestStorage()
    const twice = statement<{ n: number }, [number]>('SELECT ?1 * 2 AS n')
    const writes = [1, 2, 3].map((value) => storage.write(() => twice.get(value)))
    const values = (await Promise.all(writes)).map((row) => row?.n)
    expect(values).toEqual([2, 4, 6])
  })

  test('loses only the write that fails, and hands its error on unchanged', async () => {
    const { storage, batches } = openObserved()
    const mistake = new RangeError('domain says no')
    const [first, failed, last] = await Promise.allSettled([
      insert(storage, 'a'),
      storage.write(function* () {
        yield* put.run('b', 1)
        throw mistake
      }),
      insert(storage, 'c'),
    ])
    expect([first.status, last.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(failed).toEqual({ status: 'rejected', reason: mistake })
    expect(await storedIds(storage)).toEqual(['a', 'c'])
    expect(batches).toEqual([2])
  })

  test('lets a write see what an earlier one of its group did, and not what was undone', async () => {
    const storage = openTestStorage()
    const [, , seen] = await Promise.all([
      insert(storage, 'a'),
      storage
        .write(function* () {
          yield* put.run('b', 1)
          throw new Error('undone')
        })
        .catch(() => undefined),
      storage.write(() => everything.all()),
    ])
    expect(seen).toEqual([{ id: 'a', cantidad: 1 }])
  })

  test('acknowledges nobody before another connection sees the commit', async () => {
    const storage = openTestStorage()
    const other = new Database(storage.file, { readonly: true })
    const count = () => other.query('SELECT count(*) FROM existencias').values()[0]?.[0]
    const during: unknown[] = []
    const acknowledged: unknown[] = []
    await Promise.all(
      ids(5).map(async (id) => {
        await storage.write(function* () {
          yield* put.run(id, 1)
          during.push([count(), acknowledged.length])
        })
        acknowledged.push(count())
      }),
    )
    other.close(true)
    expect(during).toEqual(ids(5).map(() => [0, 0]))
    expect(acknowledged).toEqual(ids(5).map(() => 5))
  })

  test('shows a read between turns committed data only', async () => {
    const storage = openTestStorage()
    const write = insert(storage, 'a')
    expect(await storedIds(storage)).toEqual([])
    await noTransaction(storage)
    await write
    await noTransaction(storage)
    expect(await storedIds(storage)).toEqual(['a'])
  })

  test('tells a refusal that rests on lost data as the loss that it is', async () => {
    const storage = openTestStorage()
    const outcomes = await Promise.all(
      [
        insert(storage, 'a'),
        storage.write(function* () {
          if ((yield* everything.all()).length > 0) throw new Error('a is taken')
        }),
        storage.write(() => giveUp.run()),
        insert(storage, 'd'),
      ].map(outcome),
    )
    expect(outcomes).toEqual(['io', 'io', 'io', 'ok'])
    expect(await storedIds(storage)).toEqual(['d'])
  })
})

describe('a lone write', () => {
  test('waits for no timer', async () => {
    const waits: number[] = []
    const wait = async (ms: number) => void waits.push(ms)
    const { storage, batches } = openObserved({ wait })
    for (const id of ids(3)) await insert(storage, id)
    expect(batches).toEqual([1, 1, 1])
    expect(waits).toEqual([])
  })

  test('that throws leaves nothing, and its error arrives unchanged', async () => {
    const storage = openTestStorage()
    const failure = new Error('no')
    const write = storage.write(function* () {
      yield* put.run('a', 1)
      throw failure
    })
    await expect(write).rejects.toBe(failure)
    await noTransaction(storage)
    await insert(storage, 'b')
    expect(await storedIds(storage)).toEqual(['b'])
  })

  test('whose transaction is lost is told so, even if it caught the error', async () => {
    const storage = openTestStorage()
    const write = storage.write(() => giveUp.run())
    expect(await outcome(write)).toBe('io')
    expect(await outcome(insert(storage, 'b'))).toBe('ok')
  })
})

describe('bounds', () => {
  test('cut a long queue into batches of 256', async () => {
    const { storage, batches } = openObserved()
    await Promise.all(ids(600).map((id) => insert(storage, id)))
    expect(batches).toEqual([256, 256, 88])
  })

  test('end a batch that takes longer than 20 ms', async () => {
    let time = 0
    const { storage, batches } = openObserved({ now: () => time })
    const slow = (id: string) =>
      storage.write(() => {
        time += 15
        return put.run(id, 1)
      })
    await Promise.all(ids(5).map(slow))
    expect(batches).toEqual([2, 2, 1])
  })

  test('refuse what the queue cannot hold, at once, and keep what it holds', async () => {
    const storage = openTestStorage({ maxPending: 3 })
    const writes = ids(5).map((id) => outcome(insert(storage, id)))
    expect(storage.stats().pending).toBe(3)
    expect(storage.health()).toEqual({ ok: false, reason: 'overloaded' })
    expect(await Promise.all(writes)).toEqual(['ok', 'ok', 'ok', 'overloaded', 'overloaded'])
    expect(storage.health()).toEqual({ ok: true })
    expect(await storedIds(storage)).toEqual(['p0', 'p1', 'p2'])
  })
})

describe('misuse', () => {
  test('by a write inside a write fails the outer one and nobody else', async () => {
    const storage = openTestStorage()
    const outcomes = await Promise.all([
      outcome(
        storage.write(function* () {
          yield* put.run('outer', 1)
          void insert(storage, 'inner')
        }),
      ),
      outcome(insert(storage, 'beside')),
    ])
    expect(outcomes).toEqual(['write() was called inside the work of a write()', 'ok'])
    expect(await storedIds(storage)).toEqual(['beside'])
  })

  test('by a transaction left open on the connection does not stall the next write', async () => {
    const storage = openTestStorage()
    await rows(storage, 'BEGIN')
    await rows(storage, 'CREATE TABLE stray (a)')
    await insert(storage, 'a')
    expect(await storedIds(storage)).toEqual(['a'])
    expect(await outcome(rows(storage, 'SELECT a FROM stray'))).toBe('no such table: stray')
  })

  test('by a listener that throws stops nothing', async () => {
    const warnings: string[] = []
    const onWarning = (warning: Error) => void warnings.push(warning.message)
    process.on('warning', onWarning)
    const storage = openTestStorage({ onBatch: brokenListener })
    await insert(storage, 'a')
    await insert(storage, 'b')
    process.off('warning', onWarning)
    expect(await storedIds(storage)).toEqual(['a', 'b'])
    expect(warnings.length).toBeGreaterThan(0)
  })
})

describe('closing', () => {
  test('finishes what is queued and refuses what comes later', async () => {
    const storage = openTestStorage()
    const queued = Promise.all(ids(300).map((id) => outcome(insert(storage, id))))
    const closed = storage.close()
    const late = outcome(insert(storage, 'late'))
    expect(storage.health()).toEqual({ ok: false, reason: 'closed' })
    expect(await late).toBe('closed')
    expect(new Set(await queued)).toEqual(new Set(['ok']))
    await closed
    await storage.close()
    const other = new Database(storage.file, { readonly: true })
    expect(other.query('SELECT count(*) FROM existencias').values()).toEqual([[300]])
    other.close(true)
  })

  test('leaves one whole file, without a log beside it', async () => {
    const storage = openTestStorage()
    await insert(storage, 'a')
    expect(await Bun.file(`${storage.file}-wal`).exists()).toBe(true)
    await storage.close()
    expect(await Bun.file(`${storage.file}-wal`).exists()).toBe(false)
  })

  test('is told by an error that a service can answer with 503', async () => {
    const storage = openTestStorage()
    await storage.close()
    const error = await insert(storage, 'a').catch((error: unknown) => error)
    expect(error).toBeInstanceOf(StorageUnavailableError)
    expect(error).toMatchObject({ reason: 'closed', retryAfterMs: 1_000 })
  })
})
