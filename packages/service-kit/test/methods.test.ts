import { beforeAll, describe, expect, test } from 'bun:test'
import { allowedMethods } from '../src/http/edge/allowed-methods.ts'
import { createProbe, type Probe } from './fixture.ts'

let probe: Probe
beforeAll(async () => {
  probe = await createProbe()
})

describe('a method that a path does not have', () => {
  const cases = [
    ['DELETE', '/cosas', 'GET, HEAD, POST, OPTIONS'],
    ['GET', '/conflicto', 'POST, OPTIONS'],
    ['PUT', `/cosas/${Bun.randomUUIDv7()}`, 'GET, HEAD, OPTIONS'],
    ['POST', '/livez', 'GET, HEAD, OPTIONS'],
    ['PUT', '/cosas/', 'GET, HEAD, POST, OPTIONS'],
  ] as const
  for (const [method, path, allow] of cases) {
    test(`is refused with 405 and those it has: ${method} ${path.slice(0, 12)}`, async () => {
      const answer = await probe.call(method, path)
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe(allow)
      expect(await answer.json()).toMatchObject({ codigo: 'metodo-no-permitido' })
    })
  }

  test('stays a 404 where the path is unknown', async () => {
    const answer = await probe.call('DELETE', '/nada')
    expect(answer.status).toBe(404)
    expect(answer.headers.has('allow')).toBe(false)
  })
})

test('templates with optional parts, wildcards and special characters are matched whole', () => {
  const routes = [
    { method: 'GET', path: '/a/:id?' },
    { method: 'POST', path: '/b/*' },
    { method: 'GET', path: '/.well-known/jwks.json' },
    { method: 'OPTIONS', path: '/*' },
  ]
  expect(allowedMethods(routes, '/a')).toBe('GET, HEAD, OPTIONS')
  expect(allowedMethods(routes, '/a/1')).toBe('GET, HEAD, OPTIONS')
  expect(allowedMethods(routes, '/a/1/2')).toBeUndefined()
  expect(allowedMethods(routes, '/b/1/2')).toBe('POST, OPTIONS')
  expect(allowedMethods(routes, '/xwell-known/jwks.json')).toBeUndefined()
  expect(allowedMethods(routes, '/c')).toBeUndefined()
})

test('HEAD answers what GET would, without the body', async () => {
  const get = await probe.call('GET', '/cosas')
  const head = await probe.call('HEAD', '/cosas')
  expect(head.status).toBe(200)
  expect(await head.text()).toBe('')
  expect(head.headers.get('content-length')).toBe(String((await get.text()).length))
  expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
})

const preflight = (origin: string) =>
  probe.call('OPTIONS', '/cosas', {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,idempotency-key',
    },
  })

describe('a preflight', () => {
  test('of the shop window is allowed, with credentials and our headers', async () => {
    const answer = await preflight('http://localhost:3000')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
  })

  test('of a stranger is told no origin', async () => {
    const answer = await preflight('http://elsewhere.example')
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  })

  test('is kept for minutes, not seconds', async () => {
    const answer = await preflight('http://localhost:3000')
    expect(Number(answer.headers.get('access-control-max-age'))).toBeGreaterThanOrEqual(600)
  })
})

test('a page may read the headers that the contract talks of', async () => {
  const answer = await probe.call('GET', '/cosas', { headers: { origin: 'http://localhost:3000' } })
  const exposed = answer.headers.get('access-control-expose-headers') ?? ''
  for (const name of ['ETag', 'Location', 'Retry-After', 'X-Request-Id', 'Idempotency-Replayed']) {
    expect(exposed).toContain(name)
  }
})
