import { describe, expect, test } from 'bun:test'
import { networkOf } from '../src/values/network-of.ts'
import { pathnameOf } from '../src/http/edge/pathname.ts'
import { RateLimiter } from '../src/async/rate-limiter.ts'
import { createTestClock } from '../src/testing/service.ts'
import { createProbe } from './fixture.ts'

const quotas = { persona: { perSecond: 2, burst: 4 }, direccion: { perSecond: 1, burst: 3 } }

const addressOf = (request: Request) => request.headers.get('x-test-address')

/** A service with tiny quotas, whose callers say in a header where they come from. */
async function createBounded() {
  const clock = createTestClock()
  const probe = await createProbe({ rateLimit: { quotas, now: clock.ms, addressOf } })
  const ask = (headers: Record<string, string>, path = '/cosas') =>
    probe.call('GET', path, { headers })
  const askTimes = async (times: number, headers: Record<string, string>, path?: string) => {
    const statuses: number[] = []
    for (let i = 0; i < times; i += 1) statuses.push((await ask(headers, path)).status)
    return statuses
  }
  return { ...probe, clock, ask, askTimes }
}

const from = (address: string) => ({ 'x-test-address': address })

describe('a token bucket', () => {
  const clock = createTestClock()
  const limiter = () =>
    new RateLimiter({ quota: { perSecond: 3, burst: 5 }, maxCallers: 3, now: clock.ms })

  test('gives its burst, then so many a second, however the time is cut', () => {
    const bucket = limiter()
    const takes = (times: number) =>
      Array.from({ length: times }, () => bucket.take('a').allowed).filter(Boolean).length
    expect(takes(10)).toBe(5)
    let given = 0
    for (let i = 0; i < 100; i += 1) {
      clock.advance(10)
      given += takes(3)
    }
    expect(given).toBe(3)
    clock.advance(60_000)
    expect(takes(10)).toBe(5)
  })

  test('says what is left, and in how many milliseconds there is more', () => {
    const bucket = limiter()
    expect(bucket.take('a')).toEqual({ allowed: true, remaining: 4 })
    for (let i = 0; i < 4; i += 1) bucket.take('a')
    const refused = bucket.take('a')
    if (refused.allowed) throw new Error('it was allowed')
    expect(refused.waitMs).toBeCloseTo(1000 / 3, 3)
    clock.advance(Math.ceil(refused.waitMs))
    expect(bucket.take('a')).toEqual({ allowed: true, remaining: 0 })
  })

  test('is charged more for what turned out to cost more, and fills up in that much time', () => {
    const bucket = limiter()
    bucket.take('a')
    bucket.charge('a', 6)
    const refused = bucket.take('a')
    if (refused.allowed) throw new Error('it was allowed')
    expect(refused.waitMs).toBeCloseTo(1000, 3)
    clock.advance(1_000)
    expect(bucket.take('a')).toEqual({ allowed: true, remaining: 0 })
  })

  test('forgets whoever was quiet longest, and never remembers more than it may', () => {
    const bucket = limiter()
    for (const caller of ['a', 'a', 'b', 'c', 'a', 'd']) bucket.take(caller)
    expect(bucket.size).toBe(3)
    expect(bucket.take('a')).toEqual({ allowed: true, remaining: 1 })
    expect(bucket.take('b')).toEqual({ allowed: true, remaining: 4 })
  })

  test('is not filled by a clock that is set back', () => {
    const bucket = limiter()
    for (let i = 0; i < 5; i += 1) bucket.take('a')
    clock.advance(-3_600_000)
    expect(bucket.take('a').allowed).toBe(false)
  })
})

describe('a caller over its rate', () => {
  test('is refused with 429, what to wait, and the fields of the draft', async () => {
    const { ask, askTimes, clock } = await createBounded()
    expect(await askTimes(3, from('192.0.2.1'))).toEqual([200, 200, 200])
    const refused = await ask(from('192.0.2.1'))
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('ratelimit-policy')).toBe('"direccion";q=3;w=3')
    expect(refused.headers.get('ratelimit')).toBe('"direccion";r=0;t=1')
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await refused.json()).toMatchObject({ codigo: 'demasiadas-peticiones', status: 429 })
    clock.advance(1000)
    expect(await askTimes(2, from('192.0.2.1'))).toEqual([200, 429])
  })

  test('does not cost the next address anything', async () => {
    const { askTimes } = await createBounded()
    expect(await askTimes(4, from('192.0.2.1'))).toEqual([200, 200, 200, 429])
    expect(await askTimes(1, from('192.0.2.2'))).toEqual([200])
  })

  test('who is a person is counted as one from every address, once the token verified', async () => {
    const { askTimes, as, ask } = await createBounded()
    const ana = await as({ rol: 'cliente' })
    expect((await ask({ ...ana, ...from('192.0.2.1') })).headers.get('ratelimit')).toBe(
      '"direccion";r=2;t=1',
    )
    const second = await ask({ ...ana, ...from('192.0.2.2') })
    expect(second.headers.get('ratelimit')).toBe('"persona";r=3;t=1, "direccion";r=2;t=1')
    expect(second.headers.get('ratelimit-policy')).toBe('"persona";q=4;w=2, "direccion";q=3;w=3')
    // Two devices of one person are one caller; somebody else at the same address is another.
    expect(await askTimes(2, { ...ana, ...from('192.0.2.3') })).toEqual([200, 200])
    expect(await askTimes(2, { ...ana, ...from('192.0.2.4') })).toEqual([200, 429])
    const luis = await as({ rol: 'cliente' })
    expect(await askTimes(2, { ...luis, ...from('192.0.2.4') })).toEqual([200, 200])
  })

  test('has no more for its accounts: all of them together have what their address has', async () => {
    const { askTimes, as, clock } = await createBounded()
    const people = await Promise.all(Array.from({ length: 8 }, () => as({ rol: 'cliente' })))
    const all = async () => {
      const statuses: number[] = []
      for (const one of people) {
        statuses.push(...(await askTimes(2, { ...one, ...from('192.0.2.1') })))
      }
      return statuses.filter((status) => status === 200).length
    }
    expect(await all()).toBe(3)
    clock.advance(2_000)
    expect(await all()).toBe(2)
  })

  test('takes nothing from its neighbours with what was refused', async () => {
    const { askTimes, as } = await createBounded()
    const [ana, luis] = [await as({ rol: 'cliente' }), await as({ rol: 'cliente' })]
    await askTimes(1, { ...ana, ...from('192.0.2.2') })
    await askTimes(1, { ...luis, ...from('192.0.2.2') })
    await askTimes(4, { ...ana, ...from('192.0.2.5') })
    await askTimes(2, { ...ana, ...from('192.0.2.6') })
    expect(await askTimes(9, { ...ana, ...from('192.0.2.7') })).toEqual(Array(9).fill(429))
    expect(await askTimes(3, { ...luis, ...from('192.0.2.7') })).toEqual([200, 200, 200])
  })

  test('who guesses tokens pays for each with the address', async () => {
    const { askTimes, token } = await createBounded()
    const good = await token({ rol: 'admin' })
    const forged = (i: number) => `Bearer ${good.slice(0, -6)}${String(i).padStart(6, 'A')}`
    const statuses: number[] = []
    for (let i = 0; i < 5; i += 1) {
      statuses.push(...(await askTimes(1, { authorization: forged(i), ...from('192.0.2.1') })))
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })

  test('is refused on paths that do not exist as well', async () => {
    const { askTimes } = await createBounded()
    expect(await askTimes(4, from('192.0.2.1'), '/nada')).toEqual([404, 404, 404, 429])
  })

  test('is counted in the metrics', async () => {
    const { askTimes, call } = await createBounded()
    await askTimes(5, from('192.0.2.1'))
    const metrics = await (await call('GET', '/metrics')).text()
    expect(metrics).toContain('http_rate_limited_total{service="prueba"} 2')
  })
})

describe('not counted are', () => {
  test('health checks, metrics and preflights', async () => {
    const { askTimes, call } = await createBounded()
    for (const path of ['/livez', '/readyz', '/metrics', '/readyz?x=1']) {
      const statuses = await askTimes(5, from('192.0.2.1'), path)
      expect(statuses).toEqual([200, 200, 200, 200, 200])
    }
    for (let i = 0; i < 5; i += 1) {
      const answer = await call('OPTIONS', '/cosas', { headers: from('192.0.2.1') })
      expect(answer.status).toBe(204)
    }
  })

  test('service accounts, once their token verified, and what came by no connection', async () => {
    const { askTimes, as } = await createBounded()
    const service = await as({ scopes: ['inventario:reservar'] })
    const all = await askTimes(8, { ...service, ...from('192.0.2.1') }, '/reservas')
    expect(new Set(all)).toEqual(new Set([200]))
    expect(new Set(await askTimes(8, {}))).toEqual(new Set([200]))
  })

  test('any requests where the limit is off', async () => {
    const probe = await createProbe({ rateLimit: 'off' })
    const answer = await probe.call('GET', '/cosas', { headers: from('192.0.2.1') })
    expect(answer.headers.has('ratelimit')).toBe(false)
  })
})

describe('an address', () => {
  const cases = [
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const
  for (const [address, network] of cases) {
    test(`stands for what one host can have: ${address}`, () => {
      expect(networkOf(address)).toBe(network)
    })
  }
})

const path = (url: string) => pathnameOf(new Request(url))

test('the path of a request is what stands before its query', () => {
  expect(path('http://localhost')).toBe('/')
  expect(path('http://localhost?a=/b')).toBe('/')
  expect(path('http://localhost:1/a/b?c=d?/e')).toBe('/a/b')
})

describe('a long answer', () => {
  test('counts as the several short ones whose time it took', async () => {
    const { askTimes, clock } = await createBounded()
    // Of a burst of 3, an answer of 70 KiB takes 3.
    expect(await askTimes(2, from('203.0.113.9'), '/largo')).toEqual([200, 429])
    expect(await askTimes(4, from('203.0.113.10'), '/livez')).toEqual([200, 200, 200, 200])
    clock.advance(1_000)
    expect(await askTimes(2, from('203.0.113.9'), '/largo')).toEqual([200, 429])
    clock.advance(2_000)
    expect(await askTimes(1, from('203.0.113.9'), '/largo')).toEqual([429])
  })
})
