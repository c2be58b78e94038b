import { beforeAll, describe, expect, test } from 'bun:test'
import {
  type Client,
  LostError,
  type OpenPool,
  type Pool,
  type PoolOptions,
  ServerError,
} from '../../src/postgres/client.ts'
import { testDatabase } from '../../testing/postgres.ts'
import { cleanUp } from '../fixture.ts'
import { wireTo } from '../../testing/wire.ts'

const pidOf = async (client: Client) =>
  Number((await client.query('SELECT pg_backend_pid() AS pid'))[0]?.['pid'])

/** What an answer is, or in one word why there is none. */
const ending = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    (error: unknown) => {
      if (error instanceof ServerError) return error.state
      return error instanceof LostError ? error.loss : `unknown: ${String(error)}`
    },
  )

const isGone = (end: string) => /^(?:gone|57P01|08...)$/.test(end)

/** What this package needs of a driver, whichever it is. */
export function driverConformance(name: string, openPool: OpenPool): void {
  describe(`${name}, as a driver,`, () => {
    let url = ''
    beforeAll(async () => {
      url = await testDatabase()
      const pool = openPool({ url, max: 1, settings: {}, deadlineMs: 5_000 })
      const one = await pool.reserve()
      await one.run(`CREATE TABLE cosas (id text PRIMARY KEY, n bigint CHECK (n >= 0), clave text);
        CREATE UNIQUE INDEX cosas_clave ON cosas (lower(clave))`)
      one.giveBack()
      await pool.close()
    })

    function open(options: Partial<PoolOptions> = {}): Pool {
      const pool = openPool({ url, max: 4, settings: {}, deadlineMs: 5_000, ...options })
      cleanUp(() => pool.close())
      return pool
    }

    const kill = async (pid: number) => {
      await open({ max: 1 }).query('SELECT pg_terminate_backend($1::int)', [pid])
    }

    test('gives each question its own answer, however many are under way and whatever fails', async () => {
      // The last waits for all before it.
      const pool = open({ deadlineMs: 60_000 })
      const texts = [
        'SELECT $1::text AS a',
        'SELECT $1::text AS a, 1 / length($1) AS b',
        'SELECT 7 AS a',
      ]
      const alone = await pool.reserve()
      const asked = Array.from({ length: 2_000 }, async (_, at) => {
        const value = at % 10 === 0 ? '' : `v${at}`
        const text = texts[at % 3] ?? ''
        const client = at % 5 === 0 ? alone : pool
        const expected = text.includes('$1') ? value : 7
        try {
          const [row] = await client.query(text, text.includes('$1') ? [value] : [])
          return row?.['a'] === expected
        } catch (error) {
          return error instanceof ServerError && error.state === '22012' && value === ''
        }
      })
      const right = await Promise.all(asked)
      alone.giveBack()
      expect(right.filter(Boolean)).toHaveLength(2_000)
    })

    test('answers in the order of asking, and knows rows, numbers, truth, bytes and nothing', async () => {
      const one = await open().reserve()
      const order: number[] = []
      const answers = await Promise.all(
        [1, 2, 3].map(async (n) => {
          const result = await one.query(
            'SELECT $1::int AS n, 5000000000 AS big, true AS yes, $2::bytea AS bytes, NULL AS none',
            [n, new Uint8Array([n, 0])],
          )
          order.push(n)
          return result
        }),
      )
      expect(order).toEqual([1, 2, 3])
      expect(answers[2]?.columns?.map(({ type }) => type).slice(0, 4)).toEqual([23, 20, 16, 17])
      expect({ ...answers[2]?.[0] }).toMatchObject({ n: 3, big: '5000000000', none: null })
      expect([...((answers[2]?.[0]?.['bytes'] ?? []) as Uint8Array)]).toEqual([3, 0])
      const changed = await one.query("INSERT INTO cosas VALUES ('x', 1, 'x'), ('y', 1, 'y')")
      expect([changed.count, changed.command]).toEqual([2, 'INSERT'])
      const none = await one.query('DELETE FROM cosas')
      expect(none.count).toBe(2)
      one.giveBack()
    })

    test('tells of a refusal its state, its rule and its key, and no parameter in passing', async () => {
      const pool = open()
      await pool.query("INSERT INTO cosas VALUES ('a', 1, 'Uno')")
      const refusal = (id: string, n: number, clave: string) =>
        pool
          .query('INSERT INTO cosas VALUES ($1, $2, $3)', [id, n, clave])
          .catch((error: unknown) => error)
      const twice = await refusal('a', 1, 'secreto')
      expect(twice).toMatchObject({ state: '23505', table: 'cosas', key: ['id'] })
      expect(await refusal('b', 1, 'UNO')).toMatchObject({ constraint: 'cosas_clave' })
      expect(await refusal('b', -1, 'secreto')).toMatchObject({ state: '23514' })
      expect(await refusal('\0', 1, 'secreto')).toMatchObject({ state: '22021' })
      expect(Bun.inspect(twice)).not.toContain('secreto')
      await pool.query('DELETE FROM cosas')
    })

    test('says of the commit of a transaction that had failed that it was none', async () => {
      const one = await open().reserve()
      await one.query('BEGIN')
      expect(await ending(one.query("SELECT 'x'::int"))).toBe('22P02')
      const end = await one.query('COMMIT').then(
        ({ command }) => command,
        (error: unknown) => (error instanceof ServerError ? error.state : error),
      )
      expect(['ROLLBACK', '25P02']).toContain(String(end))
      one.giveBack()
    })

    test('runs nothing of a transaction that has died, on no other connection either', async () => {
      const pool = open()
      const one = await pool.reserve()
      await one.query('BEGIN')
      await one.query("INSERT INTO cosas VALUES ('medio', 1, 'medio')")
      await kill(await pidOf(one))
      const after = ['otro', 'mas'].map((id) =>
        ending(one.query('INSERT INTO cosas VALUES ($1, 1, $1)', [id])),
      )
      for (const end of await Promise.all(after)) expect(isGone(end)).toBe(true)
      expect(isGone(await ending(one.query('COMMIT')))).toBe(true)
      one.close()
      expect((await pool.query('SELECT id FROM cosas')).length).toBe(0)
      expect(isGone(await ending(one.query('SELECT 1')))).toBe(true)
    })

    test('is well again after the connection of a running statement was ended', async () => {
      const pool = open({ max: 1 })
      const pid = await pidOf(pool)
      const running = ending(pool.query('SELECT pg_sleep(20)'))
      const stop = Promise.withResolvers<void>()
      void open({ max: 1 })
        .query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity, pg_sleep(0.05) WHERE pid = $1::int',
          [pid],
        )
        .then(() => stop.resolve(), stop.reject)
      await stop.promise
      expect(isGone(await running)).toBe(true)
      expect(await ending(pool.query('SELECT 1'))).toBe('answered')
    })

    test('is well again after all its connections were ended while nobody used them', async () => {
      const pool = open()
      const held = await Promise.all([1, 2, 3, 4].map(() => pool.reserve()))
      const pids = await Promise.all(held.map(pidOf))
      for (const one of held) one.giveBack()
      for (const pid of pids) await kill(pid)
      const first = await Promise.all([1, 2, 3, 4].map(() => ending(pool.query('SELECT 1'))))
      for (const end of first) expect(end === 'answered' || isGone(end)).toBe(true)
      const later = await Promise.all([1, 2, 3, 4].map(() => ending(pool.query('SELECT 1'))))
      expect(later).toEqual(Array.from({ length: 4 }, () => 'answered'))
    })

    test('waits no longer than it may for a way that has gone silent, and finds another', async () => {
      const wire = await wireTo(url)
      cleanUp(wire.close)
      const pool = open({ url: wire.url, max: 2, deadlineMs: 300 })
      const one = await pool.reserve()
      await pool.query('SELECT 1')
      wire.silence(true)
      const ends = [one.query('SELECT 1'), one.query('SELECT 2'), pool.query('SELECT 3')].map(
        ending,
      )
      for (const end of await Promise.all(ends)) expect(end).toMatch(/^(?:late|gone)$/)
      one.close()
      expect(await ending(pool.query('SELECT 1'))).toMatch(/^(?:late|gone)$/)
      expect(await ending(pool.reserve())).toMatch(/^(?:late|gone)$/)
      wire.silence(false)
      expect(await ending(pool.query('SELECT 1'))).toBe('answered')
    })

    test('waits no longer than it may for a connection that nobody gives back', async () => {
      const pool = open({ max: 1, deadlineMs: 200 })
      const one = await pool.reserve()
      expect(await ending(pool.reserve())).toMatch(/^(?:late|gone)$/)
      one.giveBack()
      expect(await ending(pool.query('SELECT 1'))).toBe('answered')
    })

    test('lets a transaction of one connection begin while others are asked without a pause', async () => {
      const pool = open()
      const state = { done: false }
      const ask = async () => {
        while (!state.done) await pool.query('SELECT $1::int', [1])
      }
      const busy = Array.from({ length: 32 }, ask)
      for (let at = 0; at < 20; at++) {
        const one = await pool.reserve()
        await one.query('SELECT 1')
        one.giveBack()
      }
      state.done = true
      await Promise.all(busy)
    })

    test('gives every connection its settings', async () => {
      const settings = { search_path: 'x', application_name: 'encargo x', lock_timeout: '1234' }
      const pool = open({ settings })
      const asked = `SELECT current_setting('search_path') AS p, current_setting('application_name') AS n,
        current_setting('lock_timeout') AS t`
      const expected = { p: 'x', n: 'encargo x', t: '1234ms' }
      for (let at = 0; at < 2; at++) {
        expect({ ...(await pool.query(asked))[0] }).toEqual(expected)
        pool.renew()
      }
    })

    test('tells where nobody listens, and who is refused', async () => {
      expect(await ending(open({ url: 'postgres://a@127.0.0.1:1/x' }).query('SELECT 1'))).toBe(
        'away',
      )
      const nowhere = new URL(url)
      nowhere.pathname = '/no_hay'
      expect(await ending(open({ url: nowhere.href }).query('SELECT 1'))).toBe('3D000')
    })

    test('answers what it was asked before it was closed, and nothing afterwards', async () => {
      const pool = open()
      await pool.query('SELECT 1')
      const before = ending(pool.query('SELECT pg_sleep(0.05)'))
      await Promise.resolve()
      await pool.close()
      expect(await before).toBe('answered')
      expect(await ending(pool.query('SELECT 1'))).toBe('gone')
      expect(await ending(pool.reserve())).toBe('gone')
    })
  })
}
