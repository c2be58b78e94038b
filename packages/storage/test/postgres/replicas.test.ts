import { SQL } from 'bun'
import { afterAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { type Engine, type Script, statement } from '../../src/index.ts'
import { describeOnPostgres } from '../../testing/postgres.ts'
import { cleanUp, insert, storedIds } from '../fixture.ts'
import { count, put } from '../fixture-sql.ts'
import {
  firstMigration,
  newSchema,
  oneDatabase,
  openTestPostgres,
  writeMigrations,
} from './fixture.ts'

const events = {
  name: '0001_eventos',
  text: 'CREATE TABLE eventos (n bigint PRIMARY KEY, quien text NOT NULL)',
}
const tell = statement<{ n: number }, [quien: string]>(
  `INSERT INTO eventos (n, quien) SELECT coalesce(max(n), 0) + 1, ?1 FROM eventos RETURNING n`,
)
const after = statement<{ n: number; quien: string }, [n: number]>(
  'SELECT n, quien FROM eventos WHERE n > ?1 ORDER BY n LIMIT 50',
)

/** Reads what comes after the last that it has, until it has so many. */
async function follow(engine: Engine, until: number): Promise<string[]> {
  const seen: string[] = []
  let cursor = 0
  while (seen.length < until) {
    for (const { n, quien } of await engine.ask(after.all(cursor))) {
      seen.push(`${n} ${quien}`)
      cursor = n
    }
  }
  return seen
}

/** Takes one of sixty places. Nothing but the turn keeps two from meeting, as each row is its own. */
const taking = (id: string) =>
  function* (): Script<boolean> {
    const free = ((yield* count.get())?.n ?? 0) < 60
    if (free) yield* put.run(id, 1)
    return free
  }

describeOnPostgres('several processes on one database', () => {
  const database = oneDatabase()
  let admin: SQL | undefined
  afterAll(() => admin?.close())

  async function shared() {
    const url = await database()
    const schema = newSchema()
    const migrationsFolder = writeMigrations([firstMigration, events])
    const open = () => openTestPostgres(url, { schema, migrationsFolder })
    const start = (mode: string, ...given: string[]) => {
      const file = join(import.meta.dir, 'child.ts')
      const command = [process.execPath, file, mode, url, schema, migrationsFolder, ...given]
      const child = Bun.spawn(command, { stdout: 'pipe', stderr: 'inherit' })
      cleanUp(async () => {
        child.kill('SIGKILL')
        await child.exited
      })
      return child
    }
    admin ??= new SQL(url, { max: 1 })
    return { open, start, say: (text: string) => admin?.unsafe(text.replace('{}', schema)) }
  }

  test('write one history: each that follows it sees all of it once, in one order', async () => {
    const { open, start } = await shared()
    const [one, two, reader] = await Promise.all([open(), open(), open()])
    const each = 150
    const children = [start('write', 'c1', String(each)), start('write', 'c2', String(each))]
    const writing = [one, two].flatMap((engine, at) =>
      Array.from({ length: each }, () => engine.write(() => tell.get(`p${at}`))),
    )
    const seen = await Promise.all(
      [one, two, reader, reader].map((engine) => follow(engine, 4 * each)),
    )
    await Promise.all(writing)
    for (const child of children) expect(await child.exited).toBe(0)
    for (const one of seen) expect(one).toEqual(seen[0] ?? [])
    expect(seen[0]?.map((line) => Number(line.split(' ')[0]))).toEqual(
      Array.from({ length: 4 * each }, (_, at) => at + 1),
    )
    expect(new Set(seen[0]?.map((line) => line.split(' ')[1]))).toEqual(
      new Set(['p0', 'p1', 'c1', 'c2']),
    )
  })

  test('decide on what is true: of two that look and then write, one comes after the other', async () => {
    const { open, say } = await shared()
    // What the database would have otherwise, where it is asked to: then both would look at the same past.
    const name = new URL(await database()).pathname.slice(1)
    await say(`ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`)
    cleanUp(async () => void (await say(`ALTER DATABASE ${name} RESET ALL`)))
    const engines = await Promise.all([open(), open()])
    const taken = await Promise.all(
      Array.from({ length: 200 }, (_, at) => engines[at % 2]?.write(taking(`p${at}`))),
    )
    expect(taken.filter(Boolean)).toHaveLength(60)
    expect((await engines[1]?.ask(count.get()))?.n).toBe(60)
  })

  test('wait for one that stands still with the turn, but not for long; it has done nothing then', async () => {
    const { open, start } = await shared()
    const engine = await open()
    const frozen = start('freeze', 'helado')
    const told = frozen.stdout.getReader()
    const decoder = new TextDecoder()
    const heard = async () => decoder.decode((await told.read()).value)
    expect(await heard()).toBe('frozen\n')
    const startedAt = performance.now()
    await insert(engine, 'a')
    expect(performance.now() - startedAt).toBeLessThan(2_500)
    frozen.kill('SIGCONT')
    expect(await heard()).toStartWith('done\n')
    expect(await frozen.exited).toBe(0)
    expect(await storedIds(engine)).toEqual(['a', 'helado', 'helado, again', 'helado, run 2'])
  })

  test('do not wait for one that is killed with the turn', async () => {
    const { open, start } = await shared()
    const engine = await open()
    const frozen = start('freeze', 'muerto')
    await frozen.stdout.getReader().read()
    frozen.kill('SIGKILL')
    const startedAt = performance.now()
    await insert(engine, 'a')
    expect(performance.now() - startedAt).toBeLessThan(500)
    expect(await storedIds(engine)).toEqual(['a'])
  })

  test('have one that does a work, until it ends or is not heard of for ten seconds', async () => {
    const { open, start, say } = await shared()
    const [one, two] = await Promise.all([open(), open()])
    const both = async () => [await one.holds('barrido'), await two.holds('barrido')]
    expect(await both()).toEqual([true, false])
    expect(await two.holds('purga')).toBe(true)
    await say(
      `UPDATE {}."__arriendos" SET hasta = hasta - interval '10 seconds' WHERE nombre = 'barrido'`,
    )
    expect(await two.holds('barrido')).toBe(true)
    expect(await both()).toEqual([false, true])
    await two.close()
    expect(await one.holds('barrido')).toBe(true)
    expect(await one.holds('purga')).toBe(true)
    await one.close()
    // A process that has closed is not kept by anything.
    const child = start('hold', 'barrido')
    expect(await new Response(child.stdout).text()).toBe('true\nclosed\n')
    expect(await child.exited).toBe(0)
    expect([...((await say('SELECT nombre FROM {}."__arriendos"')) ?? [])]).toEqual([])
  })
})
