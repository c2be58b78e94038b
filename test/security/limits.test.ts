import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { type Services, startMs, startServices } from './fixture.ts'

let direct: Services
let proxied: Services
beforeAll(async () => {
  direct = await startServices({ RATE_LIMIT: '' }, [...serviceNames])
  proxied = await startServices({ RATE_LIMIT: 'on', TRUST_PROXY: 'on' }, ['auth', 'productos'])
}, startMs)
afterAll(async () => {
  await direct.stop()
  await proxied.stop()
}, startMs)

const open: Readonly<Record<ServiceName, string>> = {
  auth: '/.well-known/jwks.json',
  productos: '/productos',
  inventario: `/disponibilidad?ids=${Bun.randomUUIDv7()}`,
  pedidos: '/openapi/json',
  pagos: '/metodos-pago',
}

/** How many requests the address has left, as the answer says. */
async function leftOf(services: Services, service: ServiceName, headers = {}): Promise<number> {
  const answer = await services.send(service, open[service], { headers })
  await answer.text()
  expect(answer.headers.get('ratelimit-policy')).toBe('"direccion";q=500;w=5')
  const field = /^"direccion";r=(\d+);t=1$/.exec(answer.headers.get('ratelimit') ?? '')
  return Number(field?.[1] ?? Number.NaN)
}

const from = (address: string) => ({ 'x-forwarded-for': address })

describe('the rate limit', () => {
  test('is on in every service when nobody says otherwise', async () => {
    for (const service of serviceNames) {
      expect(await leftOf(direct, service)).toBeGreaterThanOrEqual(0)
    }
  })

  test('stops a flood from one address, and health checks go on', async () => {
    const statuses = new Map<number, number>()
    const ask = async () => {
      const answer = await direct.send('productos', open.productos)
      await answer.text()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    }
    for (let sent = 0; sent < 3_000 && !statuses.has(429); sent += 50) {
      await Promise.all(Array.from({ length: 50 }, ask))
    }
    expect(statuses.get(429)).toBeGreaterThan(0)
    expect(statuses.get(200)).toBeGreaterThanOrEqual(400)
    expect((await direct.send('productos', '/livez')).status).toBe(200)
  })

  test('takes no address from a header that anybody can send', async () => {
    const addresses = Array.from({ length: 100 }, (_, i) => from(`192.0.2.${i}`))
    const left = await Promise.all(addresses.map((one) => leftOf(direct, 'auth', one)))
    // Believed, each would have its own full bucket, less one.
    expect(left.some((one) => one < 499)).toBe(true)
  })

  test('counts callers apart behind a proxy that is trusted', async () => {
    for (let i = 0; i < 20; i += 1) await leftOf(proxied, 'auth', from('192.0.2.1'))
    expect(await leftOf(proxied, 'auth', from('192.0.2.1, 192.0.2.2'))).toBe(499)
    expect(await leftOf(proxied, 'auth', from('192.0.2.2, 192.0.2.3'))).toBe(499)
  })
})
