import { SQL } from 'bun'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { newProduct, stockOf } from '../system/walk.ts'
import { type Bought, buy, customers } from './buyers.ts'
import { nextVersion } from './next-version.ts'
import { type ReplicatedShop, startReplicas } from './replicated.ts'

/** What a next version may do while this one runs: add what this one does not miss. */
const expanding: Readonly<Partial<Record<ServiceName, string>>> = {
  pedidos: `-- minimo: 0000_inicio
    ALTER TABLE pedidos ADD COLUMN siguiente text COLLATE "C";
    CREATE INDEX pedidos_siguiente ON pedidos (siguiente)`,
  inventario: `-- minimo: 0000_inicio
    ALTER TABLE reservas ADD COLUMN siguiente bigint NOT NULL DEFAULT 0`,
}
const buyersAtOnce = 8
const units = 1_000_000

describeOnPostgres('a version that is rolled out, and back', () => {
  let database: string
  let sql: SQL
  let shop: ReplicatedShop
  const next = new Map<string, Awaited<ReturnType<typeof nextVersion>>>()
  beforeAll(async () => {
    database = await testDatabase()
    sql = new SQL(database, { max: 1 })
    shop = await startReplicas(database, { names: serviceNames, each: 1 })
    for (const name of ['pedidos', 'inventario'] as const)
      next.set(name, await nextVersion(name, expanding[name] ?? ''))
  }, 60_000)
  afterAll(async () => {
    await shop.stop()
    await sql.close()
    await dropDatabase(database)
    for (const one of next.values()) one.remove()
  })

  /** Replaces what runs of a service, as a deploy does: one is there before another goes. */
  async function roll(name: ServiceName, main: string | undefined): Promise<void> {
    const [old] = shop.of(name)
    await shop.start(name, main)
    old?.leave()
    old?.kill('SIGTERM')
    expect(await old?.exited).toBe(0)
  }

  test('sells on, old and new beside each other, and loses and doubles nothing', async () => {
    const productoId = await newProduct(shop.clients, 100, units)
    const bought: Bought[] = []
    const rolled = new AbortController()
    const buyers = (await customers(sql, buyersAtOnce)).map(async (id) => {
      while (!rolled.signal.aborted) bought.push(await buy(shop, id, productoId))
    })
    const versions: (string | undefined)[] = []
    for (const version of ['new', 'old'] as const) {
      for (const name of ['inventario', 'pedidos'] as const) {
        await roll(name, version === 'new' ? next.get(name)?.main : undefined)
        const table = `"${name}"."__migraciones"`
        const [row] = await sql.unsafe(`SELECT max(nombre) AS newest FROM ${table}`)
        versions.push(row.newest)
      }
    }
    rolled.abort()
    await Promise.all(buyers)

    // The migrations of the new version came with it, and stayed when it went.
    expect(versions).toEqual(versions.map(() => '9000_siguiente'))
    expect(bought.filter(({ status }) => status !== 201)).toEqual([])
    expect(bought.length).toBeGreaterThan(buyersAtOnce)
    const [orders] = await sql.unsafe(
      'SELECT count(*)::int AS many, min(numero)::int AS first, max(numero)::int AS last FROM pedidos.pedidos',
    )
    const ids = new Set(bought.map(({ id }) => id))
    const seen = [orders.many, orders.last - orders.first + 1, ids.size]
    expect(seen).toEqual(Array(3).fill(bought.length))
    const stock = await stockOf(shop.clients, productoId)
    expect(stock).toMatchObject({ fisico: units, reservado: bought.length })
    expect(shop.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
  }, 60_000)
})
