import { SQL } from 'bun'
import { afterAll, describe, expect, test } from 'bun:test'
import {
  type Asked,
  type Health,
  type PostgresOptions,
  type Script,
  statement,
  StorageUnavailableError,
} from '../../src/index.ts'
import { openBunPool } from '../../src/postgres/bun.ts'
import { type Client, type OpenPool, ServerError } from '../../src/postgres/client.ts'
import { failureOf, isDuplicate } from '../../src/postgres/failures.ts'
import { describeOnPostgres } from '../../testing/postgres.ts'
import { cleanUp, insert, outcome, storedIds } from '../fixture.ts'
import { add, count, everything, put } from '../fixture-sql.ts'
import { newSchema, oneDatabase, openTestPostgres } from './fixture.ts'
import { wireTo } from '../../testing/wire.ts'

const database = oneDatabase()
let admin: SQL | undefined
afterAll(() => admin?.close())

test('an error is known by what is the same in any language of the server', () => {
  const duplicate = new ServerError({
    message: 'llave duplicada viola restricción de unicidad «existencias_pkey»',
    state: '23505',
    table: 'existencias',
    constraint: 'existencias_pkey',
    detail: 'Ya existe la llave (id)=(a).',
  })
  expect(isDuplicate(duplicate, 'existencias.id')).toBe(true)
  expect(isDuplicate(duplicate, 'existencias.otra')).toBe(false)
  const fenced = new ServerError({ message: 'no existe la relación «__turno»', state: '42P01' })
  expect(failureOf(fenced)).toBe('read-only')
})

/** What somebody else says to the server. */
async function say(text: string): Promise<Record<string, unknown>[]> {
  admin ??= new SQL(await database(), { max: 1 })
  return [...(await admin.unsafe(text))]
}

/** A storage with a clock of its own, over a way that can be made bad. */
async function openOverWire(options: Partial<PostgresOptions> = {}) {
  const wire = await wireTo(await database())
  cleanUp(wire.close)
  const clock = { ms: 0 }
  const storage = await openTestPostgres(wire.url, {
    now: () => clock.ms,
    deadlineMs: 700,
    ...options,
  })
  return { wire, clock, storage }
}

/** Raises the error of a state, as the server does by itself. */
const raise = (state: string) =>
  statement<never, []>({ sqlite: '', postgres: `DO $$ BEGIN RAISE SQLSTATE '${state}'; END $$` })

function* counting(): Script<number> {
  return (yield* count.get())?.n ?? -1
}

/** What types keep from being written. */
const wrong = (): Asked<number> => Reflect.apply(put.run, put, ['b', Symbol('uno')])

/** A script that makes light of a failure. */
const swallowing = (next?: () => Asked<unknown>) =>
  function* (): Script<unknown> {
    yield* put.run('x', 1)
    try {
      yield* put.run('x', 2)
    } catch {
      return next ? yield* next() : 'all is well'
    }
    return 'it did not fail'
  }

/** Bun's driver, but that the one connection for writes rolls back where it should commit. */
const rollingBack: OpenPool = (options) => {
  const pool = openBunPool(options)
  const reserve = async () => {
    const one = await pool.reserve()
    const query: Client['query'] = (text, params) =>
      one.query(options.max === 1 && text === 'COMMIT' ? 'ROLLBACK' : text, params)
    return { ...one, query }
  }
  return { ...pool, reserve }
}

const doubt = (write: Promise<unknown>) =>
  write.then(
    () => 'done',
    (error: unknown) => error instanceof StorageUnavailableError && [error.reason, error.inDoubt],
  )

describeOnPostgres('a commit', () => {
  test('whose answer is lost is in doubt, and the next write sees what became of it', async () => {
    const { wire, storage } = await openOverWire()
    const write = storage.write(function* () {
      yield* put.run('a', 1)
      wire.loseAnswers(true)
    })
    expect(await doubt(write)).toEqual(['unreachable', true])
    expect(storage.health()).toEqual({ ok: false, reason: 'unreachable' })
    wire.loseAnswers(false)
    expect(await storage.write(() => everything.all())).toHaveLength(1)
    expect(storage.health()).toEqual({ ok: true })
  })

  test('that does not arrive is in doubt as well, and nothing of it is there', async () => {
    const { wire, storage } = await openOverWire()
    const write = storage.write(function* () {
      yield* put.run('a', 1)
      wire.silence(true)
    })
    expect(await doubt(write)).toEqual(['unreachable', true])
    wire.silence(false)
    expect(await storage.write(() => everything.all())).toEqual([])
  })

  test('of a lone statement is in doubt too, as it goes along', async () => {
    const { wire, storage } = await openOverWire()
    await insert(storage, 'a')
    wire.loseAnswers(true)
    expect(await doubt(insert(storage, 'b'))).toEqual(['unreachable', true])
    wire.loseAnswers(false)
    expect(await storedIds(storage)).toEqual(['a', 'b'])
  })

  test('that turns out to have been none is told as a failure to everybody', async () => {
    const schema = newSchema()
    await openTestPostgres(await database(), { schema })
    const storage = await openTestPostgres(await database(), { schema, openPool: rollingBack })
    const group = [insert(storage, 'a'), insert(storage, 'b')].map(outcome)
    expect(await Promise.all(group)).toEqual(['io', 'io'])
    expect(await outcome(insert(storage, 'c'))).toBe('io')
    expect(await storedIds(storage)).toEqual([])
  })

  test('that was not asked for yet leaves no doubt: nothing was done', async () => {
    const { wire, storage } = await openOverWire()
    const write = storage.write(function* () {
      yield* put.run('a', 1)
      wire.silence(true)
      yield* put.run('b', 1)
    })
    expect(await doubt(write)).toEqual(['unreachable', false])
    wire.silence(false)
    expect(await storedIds(storage)).toEqual([])
  })
})

describeOnPostgres('a connection that dies', () => {
  test('while nobody uses it is nothing that whoever comes next has to know', async () => {
    const { wire, clock, storage } = await openOverWire()
    for (const id of ['a', 'b', 'c']) {
      await insert(storage, id)
      wire.cut()
      clock.ms += 2_000
      expect((await storage.ask(count.get()))?.n).toBeGreaterThan(0)
      wire.cut()
    }
    expect(await storedIds(storage)).toEqual(['a', 'b', 'c'])
  })

  test('in the middle of a write or a read lets it be run again, and not for ever', async () => {
    for (const way of ['write', 'read', 'lookInSteps'] as const) {
      for (const times of [1, 9]) {
        const { wire, storage } = await openOverWire()
        let runs = 0
        const ran = storage[way](function* (): Script<number> {
          yield* count.get()
          if (runs++ < times) wire.cut()
          yield* count.get()
          return runs
        })
        if (times === 1) expect([way, await ran]).toEqual([way, 2])
        else expect([way, await doubt(ran)]).toEqual([way, ['unreachable', false]])
      }
    }
  })
})

describeOnPostgres('a server', () => {
  test('that goes silent keeps nobody longer than it may, and is taken up again by itself', async () => {
    const { wire, storage } = await openOverWire()
    await insert(storage, 'a')
    wire.silence(true)
    const refused = [
      insert(storage, 'b'),
      insert(storage, 'c'),
      storage.ask(count.get()),
      storage.read(counting),
      storage.holds('barrido'),
    ].map(outcome)
    for (const one of refused) expect(await one).toBe('unreachable')
    expect(storage.health()).toEqual({ ok: false, reason: 'unreachable' })
    expect(storage.stats().lastError).toMatchObject({ reason: 'unreachable' })
    wire.silence(false)
    expect(await storedIds(storage)).toEqual(['a'])
    expect(await outcome(insert(storage, 'd'))).toBe('ok')
    expect(storage.health()).toEqual({ ok: true })
  })

  test('that is away or read-only is noticed before anybody writes, and so is its return', async () => {
    const { wire, clock, storage } = await openOverWire()
    /** Whoever asks for its health after a while is told by and by: a probe goes beside what others ask. */
    const seen = async (age: number, expected: Health) => {
      clock.ms += age
      while (!Bun.deepEquals(storage.health(), expected)) await outcome(storage.ask(count.get()))
    }
    expect(storage.health()).toEqual({ ok: true })
    wire.silence(true)
    await seen(5_000, { ok: false, reason: 'unreachable' })
    wire.silence(false)
    await seen(1_000, { ok: true })
    const name = new URL(await database()).pathname.slice(1)
    await say(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    try {
      wire.cut()
      expect(await outcome(insert(storage, 'a'))).toBe('read-only')
      expect(storage.health()).toEqual({ ok: false, reason: 'read-only' })
      // Reads go on.
      expect(await storedIds(storage)).toEqual([])
      clock.ms += 1_000
      expect(storage.health()).toEqual({ ok: false, reason: 'read-only' })
    } finally {
      await say(`SET default_transaction_read_only = off; ALTER DATABASE ${name} RESET ALL`)
    }
    // All connections were made when it was read-only; they have been dropped.
    expect(await outcome(insert(storage, 'b'))).toBe('ok')
    expect(storage.health()).toEqual({ ok: true })
  })
})

describe('a script on PostgreSQL', () => {
  describeOnPostgres('that meets others', () => {
    test('is run again where one of two has to give way, and not for ever', async () => {
      const storage = await openTestPostgres(await database())
      for (const state of ['40001', '40P01']) {
        let runs = 0
        const meeting = (times: number) =>
          function* (): Script<number> {
            yield* put.run(`${state}-${times}`, 1)
            if (runs++ < times) yield* raise(state).run()
            return runs
          }
        expect(await storage.write(meeting(4))).toBe(5)
        runs = 0
        expect(await doubt(storage.write(meeting(5)))).toEqual(['locked', false])
        expect(runs).toBe(5)
      }
      expect(await storedIds(storage)).toEqual(['40001-4', '40P01-4'])
    })

    test('has each failure by its name', async () => {
      const storage = await openTestPostgres(await database())
      const names = {
        '53100': 'disk-full',
        '53200': 'overloaded',
        '55P03': 'locked',
        '57014': 'locked',
        '58030': 'io',
        XX001: 'corrupt',
        '25006': 'read-only',
      }
      for (const [state, reason] of Object.entries(names)) {
        expect(await outcome(storage.write(() => raise(state).run()))).toBe(reason)
      }
    })

    test('writes nothing while the turn is taken away from all, and reads', async () => {
      const schema = newSchema()
      const storage = await openTestPostgres(await database(), { schema })
      await insert(storage, 'a')
      await say(`ALTER TABLE ${schema}."__turno" RENAME TO "__aparte"`)
      const refused = [insert(storage, 'b'), storage.write(() => everything.all())].map(outcome)
      expect(await Promise.all(refused)).toEqual(['read-only', 'read-only'])
      expect(await outcome(insert(storage, 'b'))).toBe('read-only')
      expect(storage.health()).toEqual({ ok: false, reason: 'read-only' })
      expect(await storedIds(storage)).toEqual(['a'])
      await say(`ALTER TABLE ${schema}."__aparte" RENAME TO "__turno"`)
      expect(await outcome(insert(storage, 'b'))).toBe('ok')
    })

    test('knows columns that a newer version has added, also where its statement was prepared before', async () => {
      const schema = newSchema()
      const storage = await openTestPostgres(await database(), { schema, readers: 1 })
      await insert(storage, 'a')
      const all = statement<Record<string, unknown>, []>('SELECT * FROM existencias')
      const twice = function* (): Script<unknown> {
        yield* all.all()
        return yield* all.get()
      }
      const everywhere = async () => [
        await storage.ask(all.get()),
        await storage.write(twice),
        await storage.read(twice),
      ]
      const before = { id: 'a', cantidad: 1 }
      expect(await everywhere()).toEqual([before, before, before])
      await say(`ALTER TABLE ${schema}.existencias ADD COLUMN nota text`)
      const after = { ...before, nota: null }
      expect(await everywhere()).toEqual([after, after, after])
    })
  })

  describeOnPostgres('that goes on after a failed statement', () => {
    test('is undone alone, whatever it makes of the failure', async () => {
      const storage = await openTestPostgres(await database())
      const outcomes = await Promise.all(
        [
          insert(storage, 'a'),
          storage.write(swallowing()),
          storage.write(swallowing(() => add.run(1, 'a'))),
          insert(storage, 'b'),
        ].map(outcome),
      )
      const wentOn = 'a script went on after a statement had failed'
      expect(outcomes).toEqual(['ok', wentOn, wentOn, 'ok'])
      expect(await storedIds(storage)).toEqual(['a', 'b'])
      // Alone, too.
      expect(await outcome(storage.write(swallowing()))).toBe(wentOn)
      expect(await outcome(insert(storage, 'c'))).toBe('ok')
    })
  })

  describeOnPostgres('whose text is wrong', () => {
    test('is found before the first question, by its text, and nothing of the others is left', async () => {
      const storage = await openTestPostgres(await database(), { readers: 1 })
      storage.prepare(put, add, everything, count)
      expect((await storage.ask(count.get()))?.n).toBe(0)
      const left = statement<{ name: string }, []>(
        "SELECT name FROM pg_prepared_statements WHERE name LIKE '\\_\\_%'",
      )
      expect(await storage.ask(left.all())).toEqual([])
      storage.prepare(statement<never, []>('SELECT otra FROM existencias'))
      const wrong = 'column "otra" does not exist in the statement SELECT otra FROM existencias'
      expect(await outcome(storage.ask(count.get()))).toBe(wrong)
      expect(await outcome(insert(storage, 'a'))).toBe(wrong)
    })

    test('or whose parameter is none, fails alone: nothing of it was sent', async () => {
      const storage = await openTestPostgres(await database())
      const group = [insert(storage, 'a'), storage.write(wrong), insert(storage, 'c')].map(outcome)
      expect(await Promise.all(group)).toEqual(['ok', expect.stringContaining('valid'), 'ok'])
      expect(await outcome(storage.write(wrong))).toContain('valid')
      expect(await storedIds(storage)).toEqual(['a', 'c'])
      expect(storage.health()).toEqual({ ok: true })
    })

    test('or whose column is nothing that SQLite knows, is told what to do', async () => {
      const storage = await openTestPostgres(await database())
      const columns = {
        'sum(1::bigint)': 'numeric: cast it to bigint',
        'jsonb_agg(1)': 'jsonb: cast it to text',
        'json_agg(1)': 'json: cast it to text',
        "array_agg('x'::text)": 'text[]: cast it to text',
        'max(now())': 'timestamptz: cast it to text',
        'max(now()::timestamp)': 'timestamp: cast it to text',
        'max(now()::date)': 'date: cast it to text',
      }
      for (const [column, told] of Object.entries(columns)) {
        const text = `SELECT ${column} AS n, count(*) AS cuantas FROM existencias`
        expect(await outcome(storage.ask(statement<object, []>(text).get()))).toBe(
          `the column n is ${told}`,
        )
      }
    })
  })
})
