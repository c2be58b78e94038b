import { afterEach, expect, test } from 'bun:test'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import type { Environment } from '@encargo/service-kit/run/config'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { clientsAt, freshEnvironment } from '../system/harness.ts'
import { must, newProduct, newShopper, stockOf, walkTheCounter } from '../system/walk.ts'
import { run, type Running, runServices } from './running.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const one of cleanups.splice(0).toReversed()) await one()
})

function ending<T extends Pick<Running, 'kill'>>(running: T): T {
  cleanups.push(() => running.kill())
  return running
}

/** An installation of its own: ports, an empty folder, and the database if it is given one. */
function installation(env: Environment) {
  const fresh = freshEnvironment(env)
  cleanups.push(fresh.remove)
  return { ...fresh, clients: clientsAt(fresh.origins) }
}

async function newDatabase(): Promise<string> {
  const url = await testDatabase()
  cleanups.push(() => dropDatabase(url))
  return url
}

describeOnPostgres('a shop on PostgreSQL', () => {
  test('opens, sells, ends on Ctrl-C, and has all of it when it starts again, in one process', async () => {
    const { env, dataDir, clients } = installation({ DATABASE_URL: await newDatabase() })
    const shop = ending(await runServices(env))
    await walkTheCounter(clients)
    const shopper = await newShopper(clients)
    const productoId = await newProduct(clients, 500, 9)
    const buy = async () =>
      must(
        await clients.pedidos.pedidos.post(
          { lineas: [{ productoId, cantidad: 2 }] },
          { headers: shopper.headers },
        ),
      )
    const order = await buy()
    expect(await shop.stop()).toBe('')
    // Neither databases nor what says that there was one, nor locks.
    expect(readdirSync(dataDir).filter((name) => /db|lock|kept/.test(name))).toEqual([])
    // Without the setting it would begin an empty shop, in which nobody has an account.
    const { DATABASE_URL: _, ...elsewhere } = env
    await expect(runServices(elsewhere)).rejects.toThrow(
      /db is not there, as this shop keeps its data on a server: set DATABASE_URL again/,
    )

    // As after a move of files that were there before.
    writeFileSync(join(dataDir, 'moved-away.json'), '{}')
    const again = ending(await runServices(env, '--juntos'))
    const { headers } = shopper
    expect(must(await clients.pedidos.pedidos({ id: order.id }).get({ headers }))).toEqual(order)
    expect((await buy()).numero).toBe(order.numero + 1)
    expect(await stockOf(clients, productoId)).toEqual({ fisico: 9, reservado: 4, disponible: 5 })
    expect(await again.stop()).toBe('')
  })

  test('sells from two machines what there is, once', async () => {
    const shared = {
      DATABASE_URL: await newDatabase(),
      AUTH_ISSUER: 'https://tienda.example',
      AUTH_KEY_SECRET: randomSecret(),
      PEDIDOS_CLIENT_SECRET: randomSecret(),
      PAGOS_CLIENT_SECRET: randomSecret(),
    }
    const [one, other] = [installation(shared), installation(shared)]
    // They start together on an empty database.
    const starts = [one, other].map(({ env }) => runServices(env, '--juntos'))
    const shops = (await Promise.all(starts)).map(ending)
    const productoId = await newProduct(one.clients, 100, 10)
    const shopper = await newShopper(other.clients)
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, n) =>
        (n % 2 === 0 ? one : other).clients.pedidos.pedidos.post(
          { lineas: [{ productoId, cantidad: 1 }] },
          { headers: shopper.headers },
        ),
      ),
    )
    const sold = answers.flatMap(({ status, data }) => (status === 201 && data ? [data] : []))
    expect(sold).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(22)
    const numbers = sold.map(({ numero }) => numero).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, n) => (numbers[0] ?? 0) + n))
    const left = { fisico: 10, reservado: 10, disponible: 0 }
    for (const { clients } of [one, other]) expect(await stockOf(clients, productoId)).toEqual(left)
    for (const shop of shops) expect(await shop.stop()).toBe('')
  })

  test('is filled by bun run dev as a new one is', async () => {
    const demo = { ADMIN_EMAIL: '', ADMIN_PASSWORD: '', DATABASE_URL: await newDatabase() }
    const { env, clients } = installation(demo)
    const shop = ending(await run(['scripts/dev.ts'], env, /Ctrl-C stops everything/))
    expect(shop.out()).toContain('cliente@encargo.example')
    const { datos } = must(await clients.productos.productos.get())
    expect(datos.length).toBeGreaterThan(0)
    await shop.stop()
  })
})
