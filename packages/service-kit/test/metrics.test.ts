import { describe, expect, test } from 'bun:test'
import { connectPeer } from '../src/peer/peer-link.ts'
import { silentLogger } from '../src/run/logger.ts'
import { metricFaults } from '../src/testing/metrics.ts'
import { createProbe, type Probe, settled } from './fixture.ts'

async function scrape(probe: Probe) {
  await settled()
  const answer = await probe.call('GET', '/metrics')
  return { text: await answer.text(), type: answer.headers.get('content-type') ?? '' }
}

/** The counted requests as `METHOD route status` -> count. */
function counted(text: string): Record<string, number> {
  const line = /^http_requests_total\{method="(.*?)",route="(.*?)",status="(.*?)".*\} (\d+)$/gm
  return Object.fromEntries(
    [...text.matchAll(line)].map(([, method, route, status, count]) => [
      `${method} ${route} ${status}`,
      Number(count),
    ]),
  )
}

describe('a request is counted', () => {
  test('once, by route template and by the status that was really answered', async () => {
    const probe = await createProbe()
    const id = Bun.randomUUIDv7()
    const staff = await probe.as({ rol: 'admin' })
    const json = { 'content-type': 'application/json' }
    await probe.call('GET', '/cosas?limite=3')
    await probe.call('GET', '/cosas?limite=0')
    await probe.call('GET', '/cosas?limite=x')
    await probe.call('GET', `/cosas/${id}`)
    await probe.call('GET', `/cosas/${id}`, { headers: staff })
    await probe.call('HEAD', `/cosas/${id}`, { headers: staff })
    await probe.call('DELETE', `/cosas/${id}`)
    await probe.call('POST', '/cosas', { headers: { ...json, ...staff }, body: '{' })
    await probe.call('POST', '/cosas', { headers: { ...json, ...staff }, body: '{"a":"1"}' })
    await probe.call('POST', '/cosas', { headers: { ...json, ...staff }, body: '{"a":1}' })
    await probe.call('POST', '/conflicto')
    await probe.call('GET', '/respuesta-rota')
    await probe.call('GET', '/imprevisto')
    await probe.call('GET', '/almacen')
    await probe.call('GET', '/lanzado')
    await probe.call('GET', `/nada/${id}`)
    expect(counted((await scrape(probe)).text)).toEqual({
      'GET /cosas 200': 1,
      'GET /cosas 422': 2,
      'GET /cosas/:id 401': 1,
      'GET /cosas/:id 200': 1,
      'HEAD /cosas/:id 200': 1,
      'DELETE (none) 405': 1,
      'POST /cosas 400': 1,
      'POST /cosas 422': 1,
      'POST /cosas 200': 1,
      'POST /conflicto 409': 1,
      'GET /respuesta-rota 500': 1,
      'GET /imprevisto 500': 1,
      'GET /almacen 503': 1,
      'GET /lanzado 429': 1,
      'GET (none) 404': 1,
    })
  })

  test('with the same status in the log line of the request', async () => {
    const probe = await createProbe()
    for (const path of ['/cosas', '/cosas?limite=0', '/imprevisto', '/nada']) {
      await probe.call('GET', path)
    }
    await probe.call('POST', '/conflicto')
    await settled()
    const requests = probe.lines
      .map((line) => JSON.parse(line))
      .filter((l) => l.message === 'request')
    expect(requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
      '/cosas 200',
      '/cosas 422',
      '/imprevisto 500',
      '/nada 404',
      '/conflicto 409',
    ])
  })

  test('in the registry of its own app only', async () => {
    const [one, other] = [await createProbe(), await createProbe()]
    await one.call('GET', '/cosas')
    expect(counted((await scrape(other)).text)).toEqual({})
  })
})

const named = (name: string, type: string) =>
  metricFaults(`# HELP ${name} x\n# TYPE ${name} ${type}\n${name} 1\n`)

describe('the check of the text', () => {
  test('finds what promtool finds', () => {
    expect(named('a_total', 'counter')).toEqual([])
    expect(named('a', 'gauge')).toEqual([])
    for (const [name, type] of [
      ['a_total', 'gauge'],
      ['a', 'counter'],
      ['a_milliseconds', 'gauge'],
      ['aB', 'gauge'],
      ['a_count', 'gauge'],
      ['a', 'untyped'],
    ] as const) {
      expect([name, type, named(name, type).length]).toEqual([name, type, 1])
    }
    expect(metricFaults('# TYPE a gauge\na 1\n')).toEqual(['a: no help'])
    expect(metricFaults('# HELP a x\n# TYPE a gauge\na 1\na 2\n')).toEqual(['a: twice'])
    expect(metricFaults('<!doctype html>\n')).not.toEqual([])
  })
})

describe('the text', () => {
  test('is what Prometheus parses, each metric with help and type, each series once', async () => {
    const fetch = Object.assign(() => Promise.resolve(new Response('ok')), {
      preconnect: () => undefined,
    })
    const peer = connectPeer('auth', 'http://auth', { logger: silentLogger, fetch })
    const probe = await createProbe({ peers: [peer] })
    await peer.fetcher('http://auth/x')
    await probe.call('GET', '/cosas')
    await probe.call('GET', '/imprevisto')
    await scrape(probe)
    const { text, type } = await scrape(probe)
    expect(type).toStartWith('text/plain; version=0.0.4')
    expect(metricFaults(text)).toEqual([])
    for (const [name, type] of [
      ['http_requests_total', 'counter'],
      ['http_request_duration_seconds', 'histogram'],
      ['process_resident_memory_bytes', 'gauge'],
      ['process_cpu_seconds_total', 'counter'],
      ['circuit_breaker_calls_total', 'counter'],
    ]) {
      expect(text).toContain(`# TYPE ${name} ${type}\n`)
    }
    // However often it is scraped, what the breaker counted is not added up again.
    expect(text).toMatch(/circuit_breaker_calls_total\{peer="auth",verdict="success".*\} 1\n/)
  })

  test('times requests in seconds, in buckets that only grow', async () => {
    const probe = await createProbe()
    await probe.call('GET', '/cosas')
    const { text } = await scrape(probe)
    const buckets = [
      ...text.matchAll(/^http_request_duration_seconds_bucket\{.*route="\/cosas".*\} (\d+)$/gm),
    ]
    const counts = buckets.map(([, count]) => Number(count))
    expect(counts).toHaveLength(13)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBe(1)
  })
})
