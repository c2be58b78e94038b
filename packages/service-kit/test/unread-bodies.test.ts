import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Running, serve } from '../src/http/serve.ts'
import { silentLogger } from '../src/run/logger.ts'
import { createProbe, type Probe } from './fixture.ts'
import { statusOf, talk } from './raw-http.ts'

const maxConcurrent = 4
const dripping = 12

const common = { name: 'prueba', hostname: '127.0.0.1', port: 0, logger: silentLogger } as const

let probe: Probe
let running: Running
beforeAll(async () => {
  probe = await createProbe({ maxBodyMs: 60_000 })
  running = serve(probe.app, { ...common, maxConcurrent, close: () => Promise.resolve() })
})
afterAll(async () => {
  await running.stop()
})

/** The head of a request whose body is never sent. */
const head = (path: string, headers: Record<string, string> = {}, length = 1_000) =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

describe('a body of somebody who asks too often', () => {
  test('is not waited for: 429 comes before it', async () => {
    const once = { perSecond: 0.001, burst: 1 }
    const { app } = await createProbe({ rateLimit: { quotas: { persona: once, direccion: once } } })
    const limited = serve(app, { ...common, close: () => Promise.resolve() })
    try {
      expect((await fetch(`${limited.url}/eco`, { method: 'POST', body: '1' })).status).toBe(200)
      const one = talk(limited.url, head('/eco'))
      expect(statusOf(await one.answered)).toBe(429)
      one.end()
    } finally {
      await limited.stop()
    }
  })
})

describe('a body of nobody', () => {
  test('is not waited for: 401 and 403 come before it, and before 413 and 415', async () => {
    const cliente = await probe.as({ rol: 'cliente' })
    const cases = [
      [head('/cosas'), 401],
      [head('/cosas', { authorization: 'Bearer x' }), 401],
      [head('/cosas', cliente), 403],
      [head('/cosas', {}, 30_000_000), 401],
      [head('/cosas', { 'content-encoding': 'gzip' }), 401],
    ] as const
    for (const [sent, status] of cases) {
      const one = talk(running.url, sent)
      expect(statusOf(await one.answered)).toBe(status)
      one.end()
    }
  })

  test('that says it is too large is answered before it comes', async () => {
    const one = talk(running.url, head('/eco', {}, 30_000_000))
    expect(statusOf(await one.answered)).toBe(413)
    one.end()
  })
})

describe('bodies that drip', () => {
  test('take no place from those who are served, with a token or without', async () => {
    const staff = await probe.as({ rol: 'admin' })
    const ask = async (method: string, body: string | null) => {
      const init = { method, body, headers: { 'content-type': 'application/json', ...staff } }
      return (await fetch(`${running.url}/cosas`, init)).status
    }
    // Once a token is known, telling whose it is takes no time in which places could be short.
    expect(await ask('POST', '{"a":1}')).toBe(200)
    const all = Array.from({ length: dripping }, (_, nr) =>
      talk(running.url, head(nr % 2 === 0 ? '/eco' : '/cosas', staff)),
    )
    try {
      for (const one of all) one.send('{')
      for (let nr = 0; nr < 5; nr++) {
        expect(await ask('POST', '{"a":1}')).toBe(200)
        expect(await ask('GET', null)).toBe(200)
      }
      expect(all.map((one) => one.answer())).toEqual(all.map(() => ''))
    } finally {
      for (const one of all) one.end()
    }
  })
})
