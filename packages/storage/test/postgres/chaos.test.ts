import { SQL } from 'bun'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Script, type Storage, StorageUnavailableError } from '../../src/index.ts'
import { type Cluster, makeCluster } from '../../testing/cluster.ts'
import { describeWithCluster } from '../../testing/postgres.ts'
import { storedIds } from '../fixture.ts'
import { count, put } from '../fixture-sql.ts'
import { openTestPostgres } from './fixture.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(() => resolve()))

/** Two rows or none. */
const pair = (id: string) =>
  function* (): Script<void> {
    yield* put.run(`${id} a`, 1)
    yield* put.run(`${id} b`, 1)
  }

/** Writers and readers that never pause, and what they were told. */
class Crowd {
  readonly kept: string[] = []
  readonly doubtful: string[] = []
  readonly refused: string[] = []
  readonly strange: unknown[] = []
  answeredAt = 0
  #ended = false
  readonly #all: Promise<unknown>

  constructor(engines: readonly Storage[], each: number) {
    const people = engines.flatMap((engine, at) =>
      Array.from({ length: each }, (_, n) => [
        this.#write(engine, `${at}.${n}`),
        this.#read(engine),
      ]),
    )
    this.#all = Promise.all(people.flat())
  }

  /** Resolves when everybody has had an answer, whatever it is. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#all
  }

  async #write(engine: Storage, name: string): Promise<void> {
    for (let n = 0; !this.#ended; n++) {
      const id = `${name}.${n}`
      try {
        await engine.write(pair(id))
        this.kept.push(id)
        this.answeredAt = performance.now()
      } catch (error) {
        await turn()
        if (!(error instanceof StorageUnavailableError)) this.strange.push(error)
        else if (error.inDoubt) this.doubtful.push(id)
        else this.refused.push(id)
      }
    }
  }

  async #read(engine: Storage): Promise<void> {
    while (!this.#ended) {
      try {
        await engine.ask(count.get())
      } catch (error) {
        await turn()
        if (!(error instanceof StorageUnavailableError)) this.strange.push(error)
      }
    }
  }
}

describeWithCluster('a bad day of the server', () => {
  let cluster: Cluster
  const unhandled: unknown[] = []
  const onUnhandled = (error: unknown) => void unhandled.push(error)
  beforeAll(() => {
    // Without its care for the disk, a server that crashes forgets the last half second.
    cluster = makeCluster({ durable: true })
    process.on('unhandledRejection', onUnhandled)
  })
  afterAll(() => {
    cluster.remove()
    process.off('unhandledRejection', onUnhandled)
  })

  const open = (schema: string) => openTestPostgres(cluster.url, { schema, deadlineMs: 500 })

  /** Ends one connection of ours after the other, as long as `going`. */
  async function kill(going: () => boolean): Promise<void> {
    const sql = new SQL(cluster.url, { max: 1 })
    while (going()) {
      await sql.unsafe(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity, pg_sleep(0.03)
        WHERE application_name LIKE 'encargo %' ORDER BY random() LIMIT 1`)
    }
    await sql.close()
  }

  /** Of what was told as kept all is there, of what was refused nothing, and no half of anything. */
  async function audit(engine: Storage, crowd: Crowd): Promise<void> {
    const there = new Set(await storedIds(engine))
    const has = (id: string) => [there.has(`${id} a`), there.has(`${id} b`)]
    expect(crowd.strange).toEqual([])
    expect(crowd.kept.filter((id) => has(id).includes(false))).toEqual([])
    expect(crowd.refused.filter((id) => has(id).includes(true))).toEqual([])
    expect(crowd.doubtful.filter((id) => new Set(has(id)).size > 1)).toEqual([])
    expect(unhandled).toEqual([])
  }

  test('with connections ended all the time loses nothing that was kept, and halves nothing', async () => {
    const engines = await Promise.all([open('matanza'), open('matanza')])
    const crowd = new Crowd(engines, 4)
    let kills = 40
    await kill(() => kills-- > 0)
    await crowd.end()
    expect(crowd.kept.length).toBeGreaterThan(100)
    await audit(await open('matanza'), crowd)
  })

  test.each(['fast', 'immediate'] as const)(
    'that is stopped, %s, and started again is over by itself',
    async (mode) => {
      const engines = await Promise.all([open(mode), open(mode)])
      const crowd = new Crowd(engines, 4)
      while (crowd.kept.length < 50) await turn()
      cluster.stop(mode)
      while (crowd.refused.length + crowd.doubtful.length < 8) await turn()
      expect(engines[0]?.health()).toEqual({ ok: false, reason: 'unreachable' })
      cluster.start()
      const startedAt = performance.now()
      while (crowd.answeredAt < startedAt) await turn()
      expect(performance.now() - startedAt).toBeLessThan(2_000)
      await crowd.end()
      await audit(await open(mode), crowd)
      for (const engine of engines) expect(engine.health()).toEqual({ ok: true })
    },
  )

  test('on which it stands still keeps nobody for ever, and is over by itself', async () => {
    const engine = await open('helado')
    const crowd = new Crowd([engine], 4)
    while (crowd.kept.length < 50) await turn()
    const main = Number(readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')[0])
    const sql = new SQL(cluster.url, { max: 1 })
    const rows = await sql.unsafe(
      "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'encargo %'",
    )
    const pids = [main, ...rows.map(({ pid }: { pid: number }) => pid)]
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    try {
      while (crowd.refused.length + crowd.doubtful.length < 8) await turn()
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT')
    }
    const goneOnAt = performance.now()
    while (crowd.answeredAt < goneOnAt) await turn()
    expect(performance.now() - goneOnAt).toBeLessThan(3_000)
    await crowd.end()
    await sql.close()
    await audit(await open('helado'), crowd)
  })

  test('that comes back as a standby keeps it from writing only, until it is promoted', async () => {
    const engine = await open('relevo')
    const crowd = new Crowd([engine], 2)
    while (crowd.kept.length < 10) await turn()
    cluster.stop()
    writeFileSync(join(cluster.data, 'standby.signal'), '')
    cluster.start()
    while (engine.stats().lastError?.reason !== 'read-only') await turn()
    expect((await engine.ask(count.get()))?.n).toBeGreaterThanOrEqual(20)
    const refused = open('relevo').catch((error: unknown) => String(error))
    expect(await refused).toContain('it is read-only, as a standby is')
    const sql = new SQL(cluster.url, { max: 1 })
    await sql.unsafe('SELECT pg_promote()')
    await sql.close()
    const promotedAt = performance.now()
    while (crowd.answeredAt < promotedAt) await turn()
    await crowd.end()
    expect(engine.health()).toEqual({ ok: true })
    await audit(await open('relevo'), crowd)
  })
})
