import { describe, expect, test } from 'bun:test'
import type { BreakerMetrics } from '@encargo/circuit-breaker'
import { PeerFit } from '../src/peer/peer-fit.ts'
import type { PeerLink } from '../src/peer/peer-link.ts'
import { silentLogger } from '../src/run/logger.ts'
import { createProbe } from './fixture.ts'

/** A peer whose breaker is as the test wants it. */
function peer(name: string, over: Partial<BreakerMetrics>): PeerLink {
  const metrics: BreakerMetrics = {
    name,
    state: 'closed',
    attempt: 0,
    retryAfterMs: 0,
    calls: { success: 7, failure: 3, ignore: 1 },
    slow: 0,
    refusals: 2,
    window: { calls: 0, failures: 0, slow: 0 },
    ...over,
  }
  const fit = new PeerFit(name, silentLogger)
  return { name, origin: 'http://localhost:1', fetcher: fetch, metrics: () => metrics, fit }
}

async function ready(health: Parameters<typeof createProbe>[0]) {
  const { call } = await createProbe(health)
  const answer = await call('GET', '/readyz')
  return { status: answer.status, body: await answer.json() }
}

test('/livez answers whatever the state of the database', async () => {
  const { call } = await createProbe({
    health: { storage: () => ({ ok: false, reason: 'disk-full' }) },
  })
  const answer = await call('GET', '/livez')
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { estado: 'vivo', servicio: 'prueba' },
  ])
})

describe('/readyz', () => {
  test('is 200 with nothing wrong', async () => {
    expect(await ready({})).toEqual({
      status: 200,
      body: { estado: 'listo', almacenamiento: { ok: true }, servicios: {} },
    })
  })

  test('is 503 with the reason when the database cannot be used', async () => {
    expect(
      await ready({ health: { storage: () => ({ ok: false, reason: 'disk-full' }) } }),
    ).toMatchObject({
      status: 503,
      body: { estado: 'no-listo', almacenamiento: { ok: false, motivo: 'disk-full' } },
    })
  })

  test('is 503 while the process is stopping', async () => {
    const health = { storage: () => ({ ok: true }) as const, stopping: () => true }
    expect(await ready({ health })).toMatchObject({
      status: 503,
      body: { estado: 'no-listo', almacenamiento: { ok: true } },
    })
  })

  test('stays 200 when a peer is away, and says so', async () => {
    const peers = [
      peer('auth', {}),
      peer('productos', { state: 'open', attempt: 1, retryAfterMs: 1234.5 }),
    ]
    expect(await ready({ peers })).toMatchObject({
      status: 200,
      body: {
        servicios: {
          auth: { circuito: 'closed', reintentaEnMs: 0 },
          productos: { circuito: 'open', reintentaEnMs: 1235 },
        },
      },
    })
  })

  test('tells what waits to be done, in the words of the service', async () => {
    const health = { storage: () => ({ ok: true }) as const, pending: () => ({ intenciones: 3 }) }
    expect(await ready({ health })).toMatchObject({ body: { pendiente: { intenciones: 3 } } })
  })
})

describe('/metrics shows the breakers of the peers', () => {
  test('by state, verdict and refusals, as they are when scraped', async () => {
    const { call } = await createProbe({ peers: [peer('productos', { state: 'half-open' })] })
    const text = await (await call('GET', '/metrics')).text()
    const value = (labels: string) => new RegExp(`^${labels}.*} (\\S+)$`, 'm').exec(text)?.[1]
    expect(value('circuit_breaker_state{peer="productos",state="half-open"')).toBe('1')
    expect(value('circuit_breaker_state{peer="productos",state="closed"')).toBe('0')
    expect(value('circuit_breaker_calls_total{peer="productos",verdict="success"')).toBe('7')
    expect(value('circuit_breaker_calls_total{peer="productos",verdict="failure"')).toBe('3')
    expect(value('circuit_breaker_calls_total{peer="productos",verdict="refused"')).toBe('2')
  })
})
