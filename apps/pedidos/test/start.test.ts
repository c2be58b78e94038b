import { expect, test } from 'bun:test'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '@encargo/service-kit/run/config'
import { startSentence } from '@encargo/service-kit/run/run'
import { mailOf, PedidosConfig } from '../src/config.ts'
import { start } from '../src/main.ts'
import { preparar, usuario } from './fixture.ts'

/** An environment of its own in which no other service runs. */
function environment() {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-pedidos-'))
  const nobody = 'http://127.0.0.1:1'
  const env = {
    DATA_DIR: folder,
    PEDIDOS_PORT: '0',
    LOG_LEVEL: 'error',
    AUTH_URL: nobody,
    PRODUCTOS_URL: nobody,
    INVENTARIO_URL: nobody,
  }
  return { env, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function refusal(env: Record<string, string>): Promise<string | undefined> {
  return await start(env).then(
    async (running) => {
      await running.stop()
      return undefined
    },
    (error: unknown) => startSentence(error),
  )
}

test('starts alone on an empty folder, serves, and stops cleanly', async () => {
  const { env, remove } = environment()
  const running = await start(env)
  const ready = await fetch(`${running.url}/readyz`)
  expect([ready.status, await ready.json()]).toMatchObject([
    200,
    {
      estado: 'listo',
      servicios: { auth: {}, productos: {}, inventario: {} },
      pendiente: { completar: 0, desde: null },
    },
  ])
  await running.stop()
  expect(existsSync(join(env.DATA_DIR, 'pedidos.db-wal'))).toBe(false)
  const again = await start(env)
  await again.stop()
  remove()
})

test('says in one sentence that its port is taken, and leaves its database closed', async () => {
  const { env, remove } = environment()
  const taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const sentence = await refusal({ ...env, PEDIDOS_PORT: String(taken.port) })
  expect(sentence).toContain(`127.0.0.1:${taken.port} is already in use`)
  expect(sentence).toContain('PEDIDOS_PORT')
  expect(existsSync(join(env.DATA_DIR, 'pedidos.db-wal'))).toBe(false)
  await taken.stop(true)
  remove()
})

test('says in one sentence that its folder can not be used', async () => {
  const { env, remove } = environment()
  const file = join(env.DATA_DIR, 'a-file')
  writeFileSync(file, '')
  expect(await refusal({ ...env, DATA_DIR: file })).toContain(file)
  remove()
})

test.each([
  ['RESERVA_TTL_SEGUNDOS', '1h', 'RESERVA_TTL_SEGUNDOS must be a positive integer'],
  ['RESERVA_TTL_SEGUNDOS', '2592001', 'up to 2592000'],
  ['MONEDA', 'dollars', 'MONEDA must be the ISO 4217 code of a currency'],
  ['INVENTARIO_URL', 'inventario:8002', 'INVENTARIO_URL must be an origin'],
  ['PEDIDOS_PORT', '65536', 'PEDIDOS_PORT must be a port number'],
])('names a bad %s=%s', (name, value, sentence) => {
  expect(() => parseConfig(PedidosConfig, { [name]: value })).toThrow(sentence)
})

test('does not show a secret that is too short', () => {
  const env = { PEDIDOS_CLIENT_SECRET: 'hunter2' }
  const sentence = 'PEDIDOS_CLIENT_SECRET must be a secret of 32 to 512 random characters'
  expect(() => parseConfig(PedidosConfig, env)).toThrow(sentence)
  expect(() => parseConfig(PedidosConfig, env)).not.toThrow('hunter2')
})

test('keeps to the currency of its orders, and may change it while there are none', async () => {
  const { env, remove } = environment()
  for (const MONEDA of ['USD', 'COP', 'EUR'])
    expect(await refusal({ ...env, MONEDA })).toBeUndefined()
  const shop = await preparar(env.DATA_DIR)
  const { headers } = await usuario()
  await shop.api.pedidos.post(
    { lineas: [{ productoId: shop.producto(), cantidad: 1 }] },
    { headers },
  )
  await shop.close()
  const sentence = await refusal({ ...env, MONEDA: 'EUR' })
  expect(sentence).toContain('MONEDA is EUR, but the amounts in')
  expect(sentence).toContain('are in USD')
  expect(await refusal({ ...env, MONEDA: 'USD' })).toBeUndefined()
  remove()
})

function pages(env: Record<string, string>): string[] {
  const { pagina, gestion } = mailOf(parseConfig(PedidosConfig, env))
  return [pagina, gestion]
}

test('mails link to the page of an order and to the back office beside it', () => {
  const tienda = ['https://tienda.example/seguimiento', 'https://tienda.example/gestion']
  expect(pages({})).toEqual(['http://127.0.0.1:3000/seguimiento', 'http://127.0.0.1:3000/gestion'])
  expect(pages({ PASSWORD_RESET_URL: 'https://tienda.example/restablecer' })).toEqual(tienda)
  expect(pages({ ORDER_TRACKING_URL: 'https://tienda.example/seguimiento' })).toEqual(tienda)
  expect(pages({ ORDER_TRACKING_URL: 'https://tienda.example/seguimiento/' })).toEqual(tienda)
})
