import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { type Script, statement, together } from '../src/index.ts'
import { change } from '../src/testing.ts'
import { noTransaction, openTestStorage, outcome } from './fixture.ts'
import { add, count, everything, find, put, sum } from './fixture-sql.ts'

/** Steps always take their time, so that each is followed by a turn of the event loop. */
function leaping() {
  let ms = 0
  return () => (ms += 1000)
}

function* putting(...ids: string[]): Script<void> {
  for (const id of ids) yield* put.run(id, 1)
}

describe('a script', () => {
  test('may be one statement alone, in a group with others or by itself', async () => {
    const engine = openTestStorage()
    expect(await engine.write(() => put.run('a', 1))).toBe(1)
    const writes = ['b', 'a', 'c'].map((id) => engine.write(() => put.run(id, 1)))
    const ends = await Promise.allSettled(writes)
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await engine.ask(everything.all())).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('goes on with each answer: rows, a row or nothing, how many were changed', async () => {
    const engine = openTestStorage()
    const answers = await engine.write(function* () {
      yield* putting('a', 'b')
      return [
        yield* everything.all(),
        yield* find.get('a'),
        yield* find.get('z'),
        yield* add.run(2, 'a'),
        yield* add.run(2, 'z'),
      ]
    })
    const [a, b] = [
      { id: 'a', cantidad: 1 },
      { id: 'b', cantidad: 1 },
    ]
    expect(answers).toEqual([[a, b], a, undefined, 1, 0])
    expect(await engine.ask(find.get('a'))).toEqual({ id: 'a', cantidad: 3 })
  })

  test('counts the rows that a statement changed without those of its triggers', async () => {
    const engine = openTestStorage()
    await change(
      engine,
      `CREATE TRIGGER twice AFTER INSERT ON existencias WHEN new.id = 'a' BEGIN
        INSERT INTO existencias VALUES ('b', 1); INSERT INTO existencias VALUES ('c', 1); END`,
    )
    expect(
      await engine.write(function* () {
        return yield* put.run('a', 1)
      }),
    ).toBe(1)
    expect((await engine.ask(count.get()))?.n).toBe(3)
  })

  test('holds what SQLite holds: text, numbers, bytes, nothing', async () => {
    const engine = openTestStorage()
    const echo = statement<
      Record<'a' | 'b' | 'c' | 'd', unknown>,
      [string, number, Uint8Array, null]
    >({ sqlite: 'SELECT ?1 AS a, ?2 AS b, ?3 AS c, ?4 AS d', postgres: 'not asked here' })
    const bytes = new Uint8Array([1, 2, 3])
    expect(await engine.ask(echo.get('ñ', 1.5, bytes, null))).toEqual({
      a: 'ñ',
      b: 1.5,
      c: bytes,
      d: null,
    })
    const one = statement<{ a: Uint8Array }, [Uint8Array]>('SELECT ?1 AS a')
    expect(await engine.ask(one.get(bytes))).toEqual({ a: bytes })
  })

  test('asks several questions together, in their order', async () => {
    const engine = openTestStorage()
    const answers = await engine.write(function* () {
      return yield* together(put.run('a', 1), add.run(4, 'a'), find.get('a'), find.get('b'))
    })
    expect(answers).toEqual([1, 1, { id: 'a', cantidad: 5 }, undefined])
    expect(
      await engine.write(function* () {
        return yield* together()
      }),
    ).toEqual([])
  })

  test('hears in its own place what a statement throws', async () => {
    const engine = openTestStorage()
    const heard = await engine.write(function* () {
      try {
        yield* together(put.run('a', 1), put.run('a', 1), put.run('b', 1))
      } catch (error) {
        return engine.isDuplicate(error, 'existencias.id')
      }
      return 'nothing'
    })
    expect(heard).toBe(true)
  })

  test('that throws undoes its own write, those it called included, and no other', async () => {
    const engine = openTestStorage()
    const refused = new RangeError('no stock')
    const writes = await Promise.allSettled([
      engine.write(() => putting('a')),
      engine.write(function* () {
        yield* putting('b', 'c')
        throw refused
      }),
      engine.write(() => putting('d', 'a')),
      engine.write(() => putting('b')),
    ])
    expect(writes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    const [, thrown, repeated] = writes
    expect(thrown).toEqual({ status: 'rejected', reason: refused })
    const duplicate = repeated?.status === 'rejected' ? repeated.reason : undefined
    expect(engine.isDuplicate(duplicate, 'existencias.id')).toBe(true)
    expect(engine.isDuplicate(duplicate, 'existencias.otra')).toBe(false)
    expect(engine.isDuplicate(refused, 'existencias.id')).toBe(false)
    expect((await engine.ask(everything.all())).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('that forgets to ask what it made is refused, and nothing of it is kept', async () => {
    const engine = openTestStorage()
    const [lost, kept] = await Promise.allSettled([
      engine.write(function* () {
        yield* putting('b')
        put.run('a', 1)
      }),
      engine.write(() => putting('c')),
    ])
    expect(lost).toMatchObject({ reason: { message: expect.stringContaining('yield*') } })
    expect(kept.status).toBe('fulfilled')
    expect((await engine.ask(everything.all())).map(({ id }) => id)).toEqual(['c'])
  })

  test('can be answered from afar: it stops at each question, and goes on where it was', () => {
    const script = (function* (): Script<string> {
      const taken = yield* add.run(1, 'a')
      const rows = yield* together(find.get('a'), find.get('b'))
      yield
      return `${taken} ${rows.length}`
    })()
    const go = (answer?: unknown) => Reflect.apply(script.next, script, [answer])
    expect(go().value).toMatchObject({ kind: 'run', params: [1, 'a'] })
    expect(go(7).value).toMatchObject([{ params: ['a'] }, { params: ['b'] }])
    expect(go([{}, {}])).toEqual({ done: false, value: undefined })
    expect(go()).toEqual({ done: true, value: '7 2' })
    expect(add.postgres).toBe('UPDATE existencias SET cantidad = cantidad + $1 WHERE id = $2')
  })
})

describe('a read', () => {
  test('is of one moment, whoever writes meanwhile', async () => {
    const engine = openTestStorage()
    await engine.write(() => putting('a', 'b'))
    const stranger = new Database(engine.file)
    const read = await engine.read(function* () {
      const before = yield* sum.get()
      stranger.run("UPDATE existencias SET cantidad = 5 WHERE id = 'a'")
      return [before?.total, (yield* sum.get())?.total]
    })
    expect(read).toEqual([2, 2])
    expect((await engine.ask(sum.get()))?.total).toBe(6)
    stranger.close()
  })

  test('in steps lets others write, and sees what they did by then', async () => {
    const engine = openTestStorage({ now: leaping() })
    const seen = engine.lookInSteps(function* () {
      const counts: (number | undefined)[] = []
      for (let step = 0; step < 20; step++) {
        counts.push((yield* count.get())?.n)
        yield
      }
      return counts
    })
    await engine.write(() => putting('a'))
    const counts = await seen
    expect([counts[0], counts.at(-1)]).toEqual([0, 1])
  })

  test('changes nothing: what would is refused before it is done', async () => {
    const engine = openTestStorage()
    await engine.write(() => putting('a'))
    const returning = statement<{ id: string }, []>(
      'WITH x AS (SELECT 1) DELETE\n FROM existencias RETURNING id',
    )
    for (const attempt of [
      engine.ask(put.run('b', 1)),
      engine.ask(returning.all()),
      engine.read(() => putting('b')),
      engine.lookInSteps(() => putting('b')),
    ]) {
      expect(await outcome(attempt)).toContain('changes no rows')
    }
    expect((await engine.ask(everything.all())).map(({ id }) => id)).toEqual(['a'])
    await noTransaction(engine)
  })

  test('inside the work of a write is a mistake that undoes it', async () => {
    const engine = openTestStorage()
    const write = engine.write(function* () {
      yield* putting('a')
      void engine.ask(count.get())
    })
    expect(await outcome(write)).toContain('inside the work of a write')
    expect((await engine.ask(count.get()))?.n).toBe(0)
  })
})

test('a statement whose text is wrong stops the start, when it is prepared there', () => {
  const engine = openTestStorage()
  engine.prepare(put, find)
  const wrong = statement<never, []>('SELECT otra FROM existencias')
  expect(() => engine.prepare(wrong)).toThrow('no such column: otra')
})

test('an engine that is closed refuses everything, and ends a look that is under way', async () => {
  const engine = openTestStorage({ now: leaping() })
  const look = outcome(
    engine.lookInSteps(function* () {
      for (;;) {
        yield* count.get()
        yield
      }
    }),
  )
  await engine.close()
  for (const refused of [
    look,
    outcome(engine.write(() => putting('a'))),
    outcome(engine.writeInSteps(() => putting('a'))),
    outcome(engine.ask(count.get())),
    outcome(engine.read(() => putting('a'))),
  ]) {
    expect(await refused).toBe('closed')
  }
})
