import { expect, test } from 'bun:test'
import { last, type Script, statement, type Storage, together } from '../../src/index.ts'
import { describeOnPostgres, testDatabase } from '../../testing/postgres.ts'
import { cleanUp } from '../fixture.ts'
import { count, everything, find, put } from '../fixture-sql.ts'
import { openTestPostgres } from './fixture.ts'
import { wireTo } from '../../testing/wire.ts'

const putAll = statement<never, [ids: string]>({
  sqlite: 'INSERT INTO existencias SELECT value, 1 FROM json_each(?1)',
  postgres: 'INSERT INTO existencias SELECT jsonb_array_elements_text(?1::text::jsonb), 1',
})

const puts = {
  /** One way more than `all`. */
  *one(id: string): Script<number> {
    yield* count.get()
    return yield* put.run(id, 1)
  },
  *all(ids: readonly string[]): Script<readonly (() => number)[]> {
    yield* putAll.run(JSON.stringify(ids))
    return ids.map(() => () => 1)
  },
}

/** The same, and says that it asks nothing after that. */
const putsLast = {
  ...puts,
  *all(given: readonly string[]): Script<readonly (() => number)[]> {
    yield* last(putAll.run(JSON.stringify(given)))
    return given.map(() => () => 1)
  },
}

/** New ids, since each operation is done twice: the first time, its statements are prepared. */
let made = 0
const id = () => `p${++made}`
const ids = (n: number) => Array.from({ length: n }, id)

function* putting(n: number): Script<void> {
  for (const one of ids(n)) yield* put.run(one, 1)
}

type Operations = readonly (readonly [
  name: string,
  roundTrips: number,
  run: (engine: Storage) => Promise<unknown>,
])[]

/** Nobody waits for their end, which is one way more. */
const reads: Operations = [
  [
    'three questions of one moment',
    3,
    (engine) =>
      engine.read(function* () {
        yield* count.get()
        yield* find.get('p1')
        yield* everything.all()
      }),
  ],
  [
    'three questions of one moment, asked together',
    1,
    (engine) =>
      engine.read(function* () {
        yield* together(count.get(), find.get('p1'), everything.all())
      }),
  ],
]

const operations: Operations = [
  ['a question', 1, (engine) => engine.ask(count.get())],
  ['a write of one statement', 1, (engine) => engine.write(() => put.run(id(), 1))],
  ['a write of three', 4, (engine) => engine.write(() => putting(3))],
  [
    'a write of three, asked together',
    2,
    (engine) =>
      engine.write(function* () {
        yield* together(put.run(id(), 1), put.run(id(), 1), put.run(id(), 1))
      }),
  ],
  [
    'ten writes of one moment',
    11,
    (engine) => Promise.all(ids(10).map((one) => engine.write(() => put.run(one, 1)))),
  ],
  [
    'a hundred writes of a kind',
    2,
    (engine) => Promise.all(ids(100).map((one) => engine.writeEach(puts, one))),
  ],
  [
    'a hundred writes of a kind that says what it asks last',
    1,
    (engine) => Promise.all(ids(100).map((one) => engine.writeEach(putsLast, one))),
  ],
  [
    'a write of two that says so',
    2,
    (engine) =>
      engine.write(function* () {
        yield* put.run(id(), 1)
        yield* last(put.run(id(), 1), count.get())
      }),
  ],
  ['a write of a kind that comes alone', 2, (engine) => engine.writeEach(puts, id())],
  ['a lease', 1, (engine) => engine.holds('barrido')],
]

describeOnPostgres('ways to the server and back', () => {
  test('are as few as they are said to be, and are counted as they are', async () => {
    const wire = await wireTo(await testDatabase())
    cleanUp(wire.close)
    const engine = await openTestPostgres(wire.url, { readers: 1 })
    const waits = () => engine.stats().roundTrips ?? 0
    for (const [name, expected, run] of operations) {
      await run(engine)
      const before = [waits(), wire.turns()] as const
      await run(engine)
      const done = [name, waits() - before[0], wire.turns() - before[1]]
      expect(done).toEqual([name, expected, expected])
    }
    for (const [name, expected, run] of reads) {
      const before = waits()
      await run(engine)
      expect([name, waits() - before]).toEqual([name, expected])
    }
  })
})
