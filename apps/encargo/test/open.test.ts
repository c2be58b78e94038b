import { afterEach, beforeEach, describe, expect, spyOn, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Environment, serviceNames } from '@encargo/service-kit/run/config'
import { type ProcessName, processNames } from '@encargo/service-kit/run/together'
import { admin, clientsAt, type Origins } from '../../../test/system/harness.ts'
import {
  newProduct,
  newShopper,
  walkAllOrNothing,
  walkThePurchase,
} from '../../../test/system/walk.ts'
import { openShop, type Shop, type ShopOptions } from '../src/open.ts'
import { processesOf } from '../src/environment.ts'

const services: readonly ProcessName[] = serviceNames
const realFetch = fetch

let folder = ''
const open: Shop[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encargo-shop-'))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()))
  rmSync(folder, { recursive: true, force: true })
})

const ports = Object.fromEntries(processNames.map((name) => [`${name.toUpperCase()}_PORT`, '0']))

function start(names = services, more: Environment = {}, options: ShopOptions = {}) {
  const env = {
    ...ports,
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    ...more,
  }
  const shop = openShop(names, env, options)
  open.push(shop)
  return shop
}

async function clientsOf({ ready }: Shop) {
  const { auth = '', productos = '', inventario = '', pedidos = '', pagos = '' } = await ready
  return clientsAt({ auth, productos, inventario, pedidos, pagos }, realFetch)
}

const answers = (url: string) =>
  realFetch(`${url}/livez`).then(
    () => true,
    () => false,
  )

describe('a shop in one process', () => {
  test('sells as four processes do, and none of its calls takes a socket', async () => {
    const network = spyOn(globalThis, 'fetch')
    try {
      const shop = start()
      await walkThePurchase(await clientsOf(shop))
      await shop.stop()
      expect(network).not.toHaveBeenCalled()
    } finally {
      network.mockRestore()
    }
  })

  test('closes every database and every port when it stops, and may be asked to twice', async () => {
    const shop = start()
    const urls = Object.values(await shop.ready)
    expect(await Promise.all(urls.map(answers))).toEqual(services.map(() => true))
    await Promise.all([shop.stop(), shop.stop()])
    expect(await Promise.all(urls.map(answers))).toEqual(services.map(() => false))
    expect(readdirSync(folder).filter((file) => file.endsWith('-wal'))).toEqual([])
  })

  test('that can’t all be says whose fault it is, and leaves nothing open', async () => {
    const squatter = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response() })
    const seen: string[] = []
    const shop = start(
      services,
      { INVENTARIO_PORT: String(squatter.port) },
      { onReady: (_, url) => seen.push(url) },
    )
    const refusal = await shop.ready.then(String, String)
    expect(refusal).toContain(`inventario: 127.0.0.1:${squatter.port} is already in use`)
    expect(refusal).toContain('INVENTARIO_PORT')
    expect(seen).toHaveLength(2)
    expect(await Promise.all(seen.map(answers))).toEqual([false, false])
    expect(readdirSync(folder).filter((file) => file.endsWith('-wal'))).toEqual([])
    await squatter.stop(true)
  })

  test('that is stopped while it starts starts no more', async () => {
    const seen: string[] = []
    const shop: Shop = start(
      services,
      {},
      {
        onReady(name) {
          seen.push(name)
          void shop.stop()
        },
      },
    )
    await shop.ready
    await shop.stop()
    expect(seen).toEqual(['auth'])
  })

  test('reaches who is not in it at its address', async () => {
    const elsewhere = start(['auth'])
    const { auth = '' } = await elsewhere.ready
    const rest = services.filter((name) => name !== 'auth')
    const here = await start(rest, { AUTH_URL: auth }).ready
    const origins = { auth, productos: '', inventario: '', pedidos: '', pagos: '', ...here }
    await walkThePurchase(clientsAt(origins))
  })

  test('gives whoever looks on the world of each', async () => {
    const names: string[] = []
    const world: ShopOptions['world'] = (name, machine) => {
      names.push(name)
      return machine
    }
    await start(services, {}, { world }).ready
    expect(names).toEqual([...services])
  })
})

test('a shop that takes no payments starts all but pagos, unless that is named', () => {
  const off = { PAGOS: 'off' }
  expect(processesOf([], {})).toEqual(processNames)
  expect(processesOf([], off)).toEqual(processNames.filter((name) => name !== 'pagos'))
  expect(processesOf(['pagos'], off)).toEqual(['pagos'])
  expect(() => processesOf([], { PAGOS: 'no' })).toThrow('PAGOS must be on or off, got "no"')
  expect(() => processesOf(['cobros'], off)).toThrow('There is no service "cobros"')
})

describe('one port for all', () => {
  const only = { PUERTO_UNICO: '0', PEDIDOS_PORT: '0' }

  test('is tienda’s, behind which the services are, right in every address that they give', async () => {
    const seen: string[] = []
    const onReady: ShopOptions['onReady'] = (name) => seen.push(name)
    const urls = await start(processNames, only, { onReady }).ready
    const { tienda = '' } = urls
    expect(seen).toEqual(['tienda', ...services])
    for (const name of services) expect(urls[name]).toBe(`${tienda}/api/${name}`)
    await walkAllOrNothing(clientsAt(urls as Origins))

    const get = async (path: string) => (await fetch(`${tienda}${path}`)).json()
    const known = await get('/.well-known/oauth-authorization-server')
    expect(known).toMatchObject({
      issuer: tienda,
      token_endpoint: `${tienda}/api/auth/token`,
      jwks_uri: `${tienda}/api/auth/.well-known/jwks.json`,
    })
    expect(await get('/api/auth/.well-known/oauth-authorization-server')).toEqual(known)
    expect((await fetch(`${tienda}/api/auth/.well-known/jwks.json`)).status).toBe(200)
    for (const name of services) {
      expect([name, (await fetch(`${tienda}/api/${name}/readyz`)).status]).toEqual([name, 200])
    }
  }, 60_000)

  test('gives their metrics to whom METRICS_FROM names alone', async () => {
    const { tienda = '' } = await start(processNames, only).ready
    const metrics = async (name: string, headers = {}) =>
      await fetch(`${tienda}/api/${name}/metrics`, { headers })
    for (const name of services) {
      const answer = await metrics(name)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(await answer.text()).toContain(`service="${name}"`)
    }
    expect((await metrics('pedidos', { 'x-forwarded-for': '192.0.2.1' })).status).toBe(404)
    expect((await metrics('nadie')).status).toBe(404)
  }, 60_000)

  test('is refused where tienda is not among those that are named', () => {
    expect(() => start(services, only)).toThrow('name tienda as well')
  })
})

describe('tienda in the same process', () => {
  test('passes a purchase on and tells of it live, and ends its streams when it stops', async () => {
    const shop = start(processNames, { NODE_ENV: 'production' })
    const clients = await clientsOf(shop)
    const { tienda = '' } = await shop.ready
    const shopper = await newShopper(clients)
    const stream = await fetch(`${tienda}/api/pedidos/pedidos/eventos`, {
      headers: shopper.headers,
    })
    expect(stream.headers.get('content-type')).toStartWith('text/event-stream')
    const text = stream.text()
    const productoId = await newProduct(clients, 100, 5)
    const bought = await fetch(`${tienda}/api/pedidos/pedidos`, {
      method: 'POST',
      headers: { ...shopper.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ lineas: [{ productoId, cantidad: 1 }] }),
    })
    expect([bought.status, bought.headers.get('location')]).toEqual([
      201,
      expect.stringMatching(/^\/api\/pedidos\/pedidos\//),
    ])
    expect(Number(bought.headers.get('content-length'))).toBeGreaterThan(0)
    await shop.stop()
    expect(await text).toContain('event: pedido')
  }, 60_000)
})
