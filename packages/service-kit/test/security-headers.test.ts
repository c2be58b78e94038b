import { beforeAll, describe, expect, test } from 'bun:test'
import { Admission } from '../src/http/edge/admission.ts'
import { createProbe, type Probe } from './fixture.ts'

let probe: Probe
beforeAll(async () => {
  probe = await createProbe()
})

const apiPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

describe('every answer', () => {
  const requests = [
    ['GET', '/cosas', 200],
    ['POST', '/conflicto', 409],
    ['GET', '/imprevisto', 500],
    ['GET', '/nada', 404],
    ['PUT', '/livez', 405],
    ['GET', '/livez', 200],
    ['GET', '/metrics', 200],
    ['GET', '/openapi/json', 200],
    ['GET', '/cosas/x', 401],
    ['OPTIONS', '/cosas', 204],
  ] as const
  for (const [method, path, status] of requests) {
    test(`may not be sniffed, framed, run or embedded: ${method} ${path}`, async () => {
      const { status: got, headers } = await probe.call(method, path)
      expect(got).toBe(status)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe(apiPolicy)
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    })
  }

  test('may not either when the service refuses for overload', async () => {
    const full = new Admission({ maxConcurrent: 0 }).guard(() => new Response('ok'))
    const { status, headers } = await full(new Request('http://localhost/cosas'))
    expect(status).toBe(503)
    expect(headers.get('content-security-policy')).toBe(apiPolicy)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('names no product that made it', async () => {
    for (const [method, path] of requests) {
      const { headers } = await probe.call(method, path)
      for (const name of ['server', 'x-powered-by', 'via']) expect(headers.has(name)).toBe(false)
    }
  })
})

describe('the page of /openapi', () => {
  test('runs scripts of this service and of nowhere else', async () => {
    const { headers } = await probe.call('GET', '/openapi')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|http|\*)/)
  })

  test('names only scripts and styles that this service has, and none inline', async () => {
    const html = await (await probe.call('GET', '/openapi')).text()
    const links = [...html.matchAll(/(?:src|href)="(openapi\/[^"]+)"/g)].map(([, at]) => `/${at}`)
    expect(links.length).toBeGreaterThanOrEqual(3)
    for (const link of links) expect((await probe.call('GET', link)).status).toBe(200)
    expect(html).not.toMatch(/<script>|\son\w+=/)
  })
})

describe('an answer to somebody in particular', () => {
  test('is kept by no cache, refusals included', async () => {
    const headers = await probe.as({ rol: 'cliente' })
    for (const path of [
      '/quien',
      `/cosas/${Bun.randomUUIDv7()}`,
      '/cosas/x',
      '/nada',
      '/reservas',
    ]) {
      const answer = await probe.call('GET', path, { headers })
      expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store'])
    }
  })

  test('leaves what is open to all to the caches that want it', async () => {
    expect((await probe.call('GET', '/cosas')).headers.has('cache-control')).toBe(false)
  })

  test('does not overrule a route that says how long its answer is good', async () => {
    const html = await (await probe.call('GET', '/openapi')).text()
    const script = `/${/src="([^"]+)"/.exec(html)?.[1] ?? ''}`
    const headers = await probe.as({ rol: 'cliente' })
    const answer = await probe.call('GET', script, { headers })
    expect(answer.headers.get('cache-control')).toContain('immutable')
  })
})

const ask = (origin?: string) =>
  probe.call('GET', '/cosas', { headers: origin === undefined ? {} : { origin } })
const corsHeaders = ({ headers }: Response) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'))

describe('pages of other origins', () => {
  test('are told their origin when it is configured, and nobody else is', async () => {
    const answer = await ask('http://localhost:3000')
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(answer.headers.get('vary')).toBe('Origin, Accept-Encoding')
  })

  const strangers = [
    'http://evil.example',
    'null',
    'http://localhost:3000.evil.example',
    'http://localhost:30000',
    'https://localhost:3000',
    'HTTP://LOCALHOST:3000',
    'localhost:3000',
    'constructor',
    '__proto__',
    '*',
  ]
  for (const origin of strangers) {
    test(`learn nothing when it is not: ${origin}`, async () => {
      const answer = await ask(origin)
      expect(answer.status).toBe(200)
      expect(corsHeaders(answer)).toEqual([])
      expect(answer.headers.get('vary')).toBe('Origin, Accept-Encoding')
    })
  }

  test('are not spoken of to a caller that is no page', async () => {
    const answer = await ask()
    expect(corsHeaders(answer)).toEqual([])
    expect(answer.headers.get('vary')).toBe('Origin, Accept-Encoding')
  })

  test('may not send a preflight that says more to strangers than 204', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'DELETE' }
    const answer = await probe.call('OPTIONS', '/cosas', { headers })
    expect(answer.status).toBe(204)
    expect(corsHeaders(answer)).toEqual([])
  })
})
