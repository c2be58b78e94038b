import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import * as fc from 'fast-check'
import { appOptions } from '../src/http/service.ts'
import { createLogger } from '../src/run/logger.ts'
import { type Running, serve } from '../src/http/serve.ts'
import { pathnameOf } from '../src/http/edge/pathname.ts'
import { createProbe } from './fixture.ts'
import { say, statusOf } from './raw-http.ts'

const breaks = () => {
  throw new Error('what nobody foresaw')
}
const lines: string[] = []
let running: Running
let broken: Running
beforeAll(async () => {
  const { app } = await createProbe()
  const logger = createLogger({
    service: 'prueba',
    level: 'debug',
    write: (line) => lines.push(line),
  })
  const common = { name: 'prueba', hostname: '127.0.0.1', port: 0, logger } as const
  running = serve(app, { ...common, close: () => Promise.resolve() })
  broken = serve({ fetch: breaks }, { ...common, close: () => Promise.resolve() })
})
afterAll(async () => {
  await Promise.all([running.stop(), broken.stop()])
})

const get = (target: string, host: string) =>
  say(running.url, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)

describe('Host', () => {
  for (const host of ['a', 'db', 'pos', 'api', 'x:8000', 'my_shop', '127.0.0.1', '[::1]:8', 'X.']) {
    test(`may be a name of any length: ${host}`, async () => {
      expect(statusOf(await get('/livez', host))).toBe(200)
      expect(statusOf(await get('/nada', host))).toBe(404)
    })
  }

  const wrong = ['', 'x/livez?', 'x#', 'x?', 'a@b', 'x y', 'x, y', 'x:80:90', 'x:99999', 'x:http']
  for (const host of [...wrong, '::1', '[zz]', '[1:2]', '999.1.1.1', '%41', '<x>', 'x\\y', 'ñ']) {
    test(`that names no server is refused with 400 as a problem: "${host}"`, async () => {
      const answer = await get('/livez?/cosas', host)
      expect(statusOf(answer)).toBe(400)
      expect(answer).toMatch(/content-type: application\/problem\+json/i)
      expect(answer).toContain('"codigo":"peticion-invalida"')
      expect(answer).toContain('"instance":"/livez"')
    })
  }

  test('that is there twice, or missing in HTTP/1.1, is refused with 400', async () => {
    const twice = 'GET /livez HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n'
    for (const sent of [twice, 'GET /livez HTTP/1.1\r\n\r\n']) {
      expect(statusOf(await say(running.url, sent))).toBe(400)
    }
  })

  test('may be missing in HTTP/1.0, which asks for what it would ask for with it', async () => {
    for (const [request, status] of [
      ['GET /livez', 200],
      ['OPTIONS /', 204],
      ['GET /nada?a=b', 404],
      ['GET //livez', 404],
    ] as const) {
      expect([request, statusOf(await say(running.url, `${request} HTTP/1.0\r\n\r\n`))]).toEqual([
        request,
        status,
      ])
    }
    const type = 'Content-Type: application/json\r\nContent-Length: 7\r\n'
    const echo = await say(running.url, `POST /eco HTTP/1.0\r\n${type}\r\n{"a":1}`)
    expect(echo).toEndWith('{"body":{"a":1}}')
  })
})

describe('the path of a request', () => {
  test('is the same to the limits and to the router: nothing hides behind what is never limited', async () => {
    const told = { '/livez': '"vivo"', '/readyz': '"almacenamiento"', '/metrics': '# TYPE ' }
    for (const host of ['x', 'db', 'api', 'localhost']) {
      for (const [path, text] of Object.entries(told)) {
        expect(await get(`${path}?/cosas`, host)).toContain(text)
      }
    }
  })

  test('is read alike by pathnameOf, Elysia and URL, whatever the host and the target', async () => {
    const app = new Elysia({ ...appOptions }).get('/*', ({ path }) => path)
    const part = fc.constantFrom('/', '?', 'a', 'livez', ':', '//', '@', '%2F', '.', '=', '&')
    const host = fc.constantFrom('x', 'db', 'api', 'localhost', 'a-very-long-name.example', '[::1]')
    await fc.assert(
      fc.asyncProperty(host, fc.array(part, { maxLength: 8 }), async (name, parts) => {
        const request = new Request(`http://${name}/${parts.join('')}`)
        const routed = await (await app.handle(request)).text()
        expect(routed).toBe(pathnameOf(request))
        expect(routed).toBe(new URL(request.url).pathname)
      }),
      { numRuns: 2_000 },
    )
  })

  for (const target of ['/livez#/cosas', '/#', 'x:80', '*', 'livez', '?a']) {
    test(`is refused with 400 where it is none: ${target}`, async () => {
      expect(statusOf(await get(target, 'localhost'))).toBe(400)
    })
  }
})

test('what goes wrong outside of every app is a bare 500, and the log knows the cause', async () => {
  const answer = await say(broken.url, 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(statusOf(answer)).toBe(500)
  expect(answer).toContain('"codigo":"error-interno"')
  expect(answer).not.toContain('nobody foresaw')
  expect(lines.join('\n')).toContain('what nobody foresaw')
})
