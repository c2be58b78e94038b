import { SQL } from 'bun'
import { expect, test } from 'bun:test'
import type { Script, Storage } from '../../src/index.ts'
import { describeOnPostgres } from '../../testing/postgres.ts'
import { cleanUp, insert, outcome } from '../fixture.ts'
import { count } from '../fixture-sql.ts'
import { newSchema, oneDatabase, openTestPostgres } from './fixture.ts'

function* counting(): Script<number> {
  return (yield* count.get())?.n ?? -1
}

/** Counts before and after somebody else has written. */
const around = (write: () => Promise<unknown>) =>
  function* (): Script<unknown> {
    const before = (yield* count.get())?.n
    const state = { written: false }
    void write().then(() => (state.written = true))
    while (!state.written) yield* count.get()
    return [before, (yield* count.get())?.n]
  }

function* failing(): Script<void> {
  yield* count.get()
  throw new Error('no')
}

describeOnPostgres('a read on PostgreSQL', () => {
  const database = oneDatabase()

  /** A storage, and somebody else who puts a row into it. */
  async function open(): Promise<[Storage, (id: string) => Promise<unknown>]> {
    const schema = newSchema()
    const sql = new SQL(await database(), { max: 1 })
    cleanUp(() => sql.close())
    const storage = await openTestPostgres(await database(), { schema })
    return [storage, (id) => sql.unsafe(`INSERT INTO ${schema}.existencias VALUES ('${id}', 1)`)]
  }

  test('of several questions is of one moment, and one in steps sees what is committed by then', async () => {
    const [storage, put] = await open()
    expect(await storage.read(around(() => put('a')))).toEqual([0, 0])
    expect(await storage.lookInSteps(around(() => put('b')))).toEqual([1, 2])
  })

  test('gives its connection back, whatever comes of it', async () => {
    const [storage] = await open()
    // More than there are connections, and nobody waits for ever.
    for (let at = 0; at < 6; at++) {
      await storage.read(counting)
      expect(await outcome(storage.read(failing))).toBe('no')
    }
    const many = Array.from({ length: 20 }, () => storage.read(counting))
    expect(await Promise.all(many)).toHaveLength(20)
  })

  test('that is under way ends when the storage is closed', async () => {
    const [storage] = await open()
    const looking = Promise.withResolvers<void>()
    const look = outcome(
      storage.lookInSteps(function* () {
        for (;;) {
          yield* count.get()
          looking.resolve()
          yield
        }
      }),
    )
    await looking.promise
    await storage.close()
    expect(await look).toBe('closed')
  })

  test('after a write sees it, on whatever connection', async () => {
    const [storage] = await open()
    for (let at = 1; at <= 20; at++) {
      await insert(storage, `p${at}`)
      expect((await storage.ask(count.get()))?.n).toBe(at)
    }
  })
})
