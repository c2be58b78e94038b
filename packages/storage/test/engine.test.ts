import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { type Script, statement, together } from '../src/index.ts'
import { openTestStorage, outcome } from './fixture.ts'
import { add, count, find, put, sum } from './fixture-sql.ts'

/** Steps always take their time, so that each is followed by a turn of the event loop. */
function leaping() {
  let ms = 0
  return () => (ms += 1000)
}

function* putting(...ids: string[]): Script<void> {
  for (const id of ids) yield* put.run(id, 1)
}

describe('a script', () => {
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
