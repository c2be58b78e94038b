import { describe, expect, test } from 'bun:test'
import { last, type Engine, type Script, statement, type Storage, together } from '../src/index.ts'
import { change } from '../src/testing.ts'
import { outcome } from './fixture.ts'
import { add, count, everything, find, put, sum } from './fixture-sql.ts'

function* puttingLast(
  one: string,
  other: string,
): Script<readonly [number, { n: number } | undefined]> {
  yield* put.run(one, 1)
  return [...(yield* last(put.run(other, 1), count.get()))]
}

/** What tests ask of a storage before they begin. */
export interface Asking {
  readonly maxPending?: number
  readonly onBatch?: (batch: { readonly writes: number }) => void
}

/** Opens an empty storage with the table of `fixture-sql.ts`, until the end of the test. */
export type Open = (asking?: Asking) => Promise<Storage>

const ids = (engine: Engine) =>
  engine.ask(everything.all()).then((rows) => rows.map(({ id }) => id))

function* putting(...given: string[]): Script<void> {
  for (const id of given) yield* put.run(id, 1)
}

const many = (n: number) => Array.from({ length: n }, (_, at) => `p${at}`)

function broken(): never {
  throw new Error('it is broken')
}

const insert = (engine: Engine, id: string) => engine.write(() => put.run(id, 1))

const statuses = async (...writes: Promise<unknown>[]) =>
  (await Promise.allSettled(writes)).map(({ status }) => status)

/** What stores rest on, whatever the database. */
export function engineContract(name: string, open: Open): void {
  describe(`a script on ${name}`, () => {
    test('may be one statement alone, in a group with others or by itself', async () => {
      const engine = await open()
      expect(await insert(engine, 'a')).toBe(1)
      // A connection that has just answered takes all of a lone statement in one go.
      expect(await insert(engine, 'b')).toBe(1)
      expect(await statuses(insert(engine, 'a'))).toEqual(['rejected'])
      const group = ['c', 'a', 'd'].map((id) => insert(engine, id))
      expect(await statuses(...group)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await ids(engine)).toEqual(['a', 'b', 'c', 'd'])
    })

    test('goes on with each answer: rows, a row or nothing, how many were changed', async () => {
      const engine = await open()
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
      const engine = await open()
      const others =
        "INSERT INTO existencias VALUES ('b', 1); INSERT INTO existencias VALUES ('c', 1);"
      await change(
        engine,
        engine.shared
          ? `CREATE FUNCTION twice() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN IF new.id = 'a' THEN ${others} END IF; RETURN NULL; END $$;
             CREATE TRIGGER twice AFTER INSERT ON existencias FOR EACH ROW EXECUTE FUNCTION twice()`
          : `CREATE TRIGGER twice AFTER INSERT ON existencias WHEN new.id = 'a' BEGIN ${others} END`,
      )
      expect(
        await engine.write(function* () {
          return yield* put.run('a', 1)
        }),
      ).toBe(1)
      expect((await engine.ask(count.get()))?.n).toBe(3)
    })

    test('holds text, numbers, bytes and nothing, and truth as 0 or 1', async () => {
      const engine = await open()
      const echo = statement<
        Record<string, unknown>,
        [a: string, b: number, c: Uint8Array, d: null, e: number]
      >({
        sqlite: 'SELECT ?1 AS a, ?2 AS b, ?3 AS c, ?4 AS d, ?5 AS e, ?5 > 1 AS f',
        postgres: `SELECT ?1::text AS a, ?2::double precision AS b, ?3::bytea AS c, ?4::text AS d,
          ?5::bigint AS e, ?5::bigint > 1 AS f`,
      })
      const bytes = new Uint8Array([1, 2, 0, 255])
      for (const [text, number] of [
        ['ñandú 🦤 \t"\'\\ $1 ?1', 2 ** 52 + 1],
        ['', -7],
        ['x'.repeat(100_000), 0],
      ] as const) {
        const row = await engine.ask(echo.get(text, number / 4, bytes, null, number))
        const { c, ...others } = row ?? {}
        expect(others).toEqual({
          a: text,
          b: number / 4,
          d: null,
          e: number,
          f: Number(number > 1),
        })
        expect([...(c as Uint8Array)]).toEqual([...bytes])
      }
    })

    test('asks several questions together, in their order', async () => {
      const engine = await open()
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
      const engine = await open()
      const heard = engine.write(function* () {
        try {
          yield* together(put.run('a', 1), put.run('a', 1), put.run('b', 1))
        } catch (error) {
          throw new Error(`twice: ${engine.isDuplicate(error, 'existencias.id')}`, { cause: error })
        }
      })
      expect(await outcome(heard)).toBe('twice: true')
      expect(await ids(engine)).toEqual([])
    })

    test('that throws undoes its own write, those it called included, and no other', async () => {
      const engine = await open()
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
      const [, thrown, repeated] = writes
      expect(writes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
        'fulfilled',
      ])
      expect(thrown).toEqual({ status: 'rejected', reason: refused })
      const duplicate = repeated?.status === 'rejected' ? repeated.reason : undefined
      expect(engine.isDuplicate(duplicate, 'existencias.id')).toBe(true)
      expect(engine.isDuplicate(duplicate, 'existencias.otra')).toBe(false)
      expect(engine.isDuplicate(refused, 'existencias.id')).toBe(false)
      expect(await ids(engine)).toEqual(['a', 'b'])
    })

    test('that forgets to ask what it made is refused, and nothing of it is kept', async () => {
      const engine = await open()
      const [lost, kept] = await Promise.allSettled([
        engine.write(function* () {
          yield* putting('b')
          put.run('a', 1)
        }),
        engine.write(() => putting('c')),
      ])
      expect(lost).toMatchObject({ reason: { message: expect.stringContaining('yield*') } })
      expect(kept.status).toBe('fulfilled')
      expect(await ids(engine)).toEqual(['c'])
    })

    test('names the key that is there already, also where it is on an expression', async () => {
      const engine = await open()
      await change(engine, 'CREATE UNIQUE INDEX existencias_clave ON existencias (lower(id))')
      await insert(engine, 'Abc')
      const error = await insert(engine, 'aBC').catch((error: unknown) => error)
      expect(engine.isDuplicate(error, 'existencias_clave')).toBe(true)
      expect(engine.isDuplicate(error, 'existencias.id')).toBe(false)
      const check = await engine.write(() => put.run('d', -1)).catch((error: unknown) => error)
      expect(engine.isDuplicate(check, 'existencias.id')).toBe(false)
    })
  })

  describe(`a group on ${name}`, () => {
    test('shares one commit among the writes of one turn of the event loop', async () => {
      const batches: number[] = []
      const engine = await open({ onBatch: ({ writes }) => void batches.push(writes) })
      await Promise.all(many(10).map((id) => insert(engine, id)))
      expect(batches).toEqual([10])
      expect(engine.stats()).toMatchObject({ commits: 1, writes: 10, pending: 0 })
      expect(await ids(engine)).toEqual(many(10))
    })

    test('lets a write see what an earlier one of its group did, and not what was undone', async () => {
      const engine = await open()
      const [, , seen] = await Promise.all([
        insert(engine, 'a'),
        outcome(
          engine.write(function* () {
            yield* put.run('b', 1)
            throw new Error('undone')
          }),
        ),
        engine.write(() => everything.all()),
      ])
      expect(seen).toEqual([{ id: 'a', cantidad: 1 }])
    })

    test('acknowledges nobody before others see the commit', async () => {
      const engine = await open()
      const seen: number[] = []
      await Promise.all(
        many(5).map(async (id) => {
          await insert(engine, id)
          seen.push((await engine.ask(count.get()))?.n ?? 0)
        }),
      )
      expect(seen).toEqual([5, 5, 5, 5, 5])
    })

    test('refuses what the queue cannot hold, at once, and keeps what it holds', async () => {
      const engine = await open({ maxPending: 3 })
      const writes = many(5).map((id) => outcome(insert(engine, id)))
      expect(engine.health()).toEqual({ ok: false, reason: 'overloaded' })
      expect(await Promise.all(writes)).toEqual(['ok', 'ok', 'ok', 'overloaded', 'overloaded'])
      expect(engine.health()).toEqual({ ok: true })
      expect(await ids(engine)).toEqual(['p0', 'p1', 'p2'])
    })

    test('of a kind may share its statements, and each still has its own outcome', async () => {
      const engine = await open()
      let shared = 0
      const oneOf = {
        *one(id: string): Script<string> {
          if (id.endsWith('!')) throw new RangeError(id)
          yield* put.run(id, 1)
          return id
        },
        *all(given: readonly string[]): Script<readonly (() => string)[]> {
          shared++
          const wrong = given.filter((id) => id.endsWith('!'))
          for (const id of given) if (!wrong.includes(id)) yield* put.run(id, 1)
          return given.map((id) => () => {
            if (wrong.includes(id)) throw new RangeError(id)
            return id
          })
        },
      }
      const asked = (...given: string[]) =>
        Promise.all(given.map((id) => outcome(engine.writeEach(oneOf, id))))
      expect(await asked('a', 'b!', 'c')).toEqual(['ok', 'b!', 'ok'])
      expect(shared).toBe(engine.shared ? 1 : 0)
      // What fails for all is found by one after the other.
      const [d, a, e] = await asked('d', 'a', 'e')
      expect([d, e]).toEqual(['ok', 'ok'])
      expect(a).toMatch(/UNIQUE|duplicate key/)
      expect(await ids(engine)).toEqual(['a', 'c', 'd', 'e'])
    })

    test('may say what it asks last, which fails as everything else does', async () => {
      const engine = await open()
      expect(await engine.write(() => puttingLast('a', 'b'))).toEqual([1, { n: 2 }])
      expect(await outcome(engine.write(() => puttingLast('c', 'a')))).toMatch(
        /UNIQUE|duplicate key/,
      )
      const several = [
        ['d', 'e'],
        ['f', 'a'],
        ['g', 'h'],
      ] as const
      const [first, second, third] = await Promise.all(
        several.map(([one, other]) => outcome(engine.write(() => puttingLast(one, other)))),
      )
      expect([first, third]).toEqual(['ok', 'ok'])
      expect(second).toMatch(/UNIQUE|duplicate key/)
      expect(await ids(engine)).toEqual(['a', 'b', 'd', 'e', 'g', 'h'])
    })

    test('of many of a kind is found out one by one though they said what they ask last', async () => {
      const engine = await open()
      const oneOf = {
        *one(id: string): Script<number> {
          return yield* put.run(id, 1)
        },
        *all(given: readonly string[]): Script<readonly (() => number)[]> {
          const answers = yield* last(...given.map((id) => put.run(id, 1)))
          return answers.map((answer) => () => answer)
        },
      }
      await insert(engine, 'b')
      const asked = ['a', 'b', 'c'].map((id) => outcome(engine.writeEach(oneOf, id)))
      const [a, b, c] = await Promise.all(asked)
      expect([a, c]).toEqual(['ok', 'ok'])
      expect(b).toMatch(/UNIQUE|duplicate key/)
      expect(await ids(engine)).toEqual(['a', 'b', 'c'])
    })

    test('goes on though whoever listens to commits throws', async () => {
      const warnings: string[] = []
      const onWarning = (warning: Error) => void warnings.push(warning.message)
      process.on('warning', onWarning)
      const engine = await open({ onBatch: broken })
      await insert(engine, 'a')
      await insert(engine, 'b')
      process.off('warning', onWarning)
      expect(warnings).toContain('it is broken')
      expect(await ids(engine)).toEqual(['a', 'b'])
    })
  })

  describe(`a read on ${name}`, () => {
    test('is of one moment, whoever writes meanwhile', async () => {
      const engine = await open()
      await engine.write(() => putting('a', 'b'))
      const [first, second] = await engine.read(function* () {
        return [yield* sum.get(), yield* together(sum.get(), count.get())]
      })
      expect([first, second]).toEqual([{ total: 2 }, [{ total: 2 }, { n: 2 }]])
    })

    test('changes nothing: what would is refused before it is done', async () => {
      const engine = await open()
      await engine.write(() => putting('a'))
      const returning = statement<{ id: string }, []>(
        'WITH x AS (SELECT 1) DELETE\n FROM existencias RETURNING id',
      )
      for (const attempt of [
        () => engine.ask(put.run('b', 1)),
        () => engine.ask(returning.all()),
        () => engine.read(() => putting('b')),
        () => engine.lookInSteps(() => putting('b')),
      ]) {
        expect(await outcome(attempt())).toContain('changes no rows')
      }
      expect(await ids(engine)).toEqual(['a'])
      expect(engine.health()).toEqual({ ok: true })
    })

    test('or a write inside the work of a write is a mistake that undoes it', async () => {
      const engine = await open()
      const inside = [
        () => engine.ask(count.get()),
        () => engine.read(() => putting()),
        () => engine.write(() => putting('inner')),
      ]
      for (const mistake of inside) {
        const write = engine.write(function* () {
          yield* putting('a')
          void mistake()
        })
        expect(await outcome(write)).toContain('inside the work of a write')
      }
      expect(await ids(engine)).toEqual([])
    })
  })

  test(`a write in steps on ${name} is all or nothing, and others read meanwhile`, async () => {
    const engine = await open()
    const long = (end: () => void, goOn = () => false) =>
      engine.writeInSteps(function* () {
        for (let at = 0; at < 20; at++) {
          yield* put.run(`paso-${at}`, 1)
          yield
        }
        while (goOn()) yield* count.get()
        end()
        return 'done'
      })
    expect(await outcome(long(broken))).toBe('it is broken')
    expect(await ids(engine)).toEqual([])
    // On a server both are on their way at once: this one is until the other has its answer.
    let reading = engine.shared
    const write = long(
      () => undefined,
      () => reading,
    )
    const seen = await ids(engine).finally(() => (reading = false))
    expect(seen).toEqual([])
    expect(await write).toBe('done')
    expect(await ids(engine)).toHaveLength(20)
  })

  test(`a lease on ${name} is had by who asks for it`, async () => {
    const engine = await open()
    expect([await engine.holds('barrido'), await engine.holds('barrido')]).toEqual([true, true])
  })

  test(`an engine on ${name} that is closed has finished what it had, and refuses everything`, async () => {
    const engine = await open()
    const queued = Array.from({ length: 80 }, (_, at) => outcome(insert(engine, `p${at}`)))
    const closed = engine.close()
    for (const refused of [
      engine.write(() => putting('a')),
      engine.writeInSteps(() => putting('a')),
      engine.ask(count.get()),
      engine.read(() => putting('a')),
      engine.lookInSteps(() => putting('a')),
    ].map(outcome)) {
      expect(await refused).toBe('closed')
    }
    expect(new Set(await Promise.all(queued))).toEqual(new Set(['ok']))
    expect(engine.health()).toEqual({ ok: false, reason: 'closed' })
    await closed
    await engine.close()
  })
}
