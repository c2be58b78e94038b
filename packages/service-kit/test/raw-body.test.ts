import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { appOptions, service } from '../src/http/service.ts'
import { consulta } from '../src/http/schemas.ts'
import { createLogger, silentLogger } from '../src/run/logger.ts'
import { type Running, serve } from '../src/http/serve.ts'
import { createTestTokens, testServiceOptions } from '../src/testing/service.ts'

const maxBytes = 1000
const limits = { tipos: ['text/csv', 'text/plain'], maxBytes, maxMs: 250 } as const

const tokens = createTestTokens()
const personal = tokens.as({ rol: 'operador' })
const cliente = tokens.as({ rol: 'cliente' })

/** What the handlers took of the bodies, in pieces. */
let pieces: number[] = []

function createApp() {
  const base = service({
    ...testServiceOptions(tokens.verifier),
    name: 'prueba',
    description: 'Un servicio de prueba.',
    logger: createLogger({ service: 'prueba', level: 'debug', write: () => {} }),
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .post('/json', ({ body }) => ({ body: body ?? null }), { publico: true })
    .post(
      '/filas/:id',
      async ({ cuerpo, identidad, params }) => {
        for await (const piece of cuerpo.stream()) pieces.push(piece.byteLength)
        const bytes = pieces.reduce((sum, one) => sum + one, 0)
        return { tipo: cuerpo.tipo, bytes, quien: identidad.id, id: params.id }
      },
      // The guard comes last on purpose: it must decide first all the same.
      { cuerpoCrudo: limits, query: consulta({}), acceso: 'personal' },
    )
    .put('/foto', async ({ cuerpo }) => ({ bytes: (await cuerpo.bytes()).byteLength }), {
      acceso: 'personal',
      cuerpoCrudo: limits,
    })
    .put(
      '/primera',
      async ({ cuerpo }) => {
        for await (const piece of cuerpo.stream()) return { bytes: piece.byteLength }
        return { bytes: 0 }
      },
      { acceso: 'personal', cuerpoCrudo: limits },
    )
}

let app: ReturnType<typeof createApp>
let running: Running
beforeAll(() => {
  app = createApp()
  running = serve(app, {
    name: 'prueba',
    hostname: '127.0.0.1',
    port: 0,
    logger: silentLogger,
    close: () => Promise.resolve(),
  })
})
afterAll(async () => {
  await running.stop()
})

type Body = NonNullable<RequestInit['body']>
interface Told {
  readonly codigo?: string
  readonly detail?: string
  readonly bytes?: number
}

/** Sends it to the app in this process, or over a connection. */
async function send(
  where: 'here' | 'connection',
  path: string,
  body: Body | null,
  headers: Record<string, string> = { ...personal, 'content-type': 'text/csv' },
) {
  pieces = []
  const method = path.startsWith('/filas') || path === '/json' ? 'POST' : 'PUT'
  const init = { method, headers, body }
  const answer =
    where === 'here'
      ? await app.handle(new Request(`http://localhost${path}`, init))
      : await fetch(`${running.url}${path}`, init)
  const told: Told = JSON.parse(await answer.text())
  return { status: answer.status, ...told }
}

/** A body without an announced length; counts what was taken of it. */
function endless(pieceBytes: number) {
  let pulled = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += pieceBytes
      controller.enqueue(new Uint8Array(pieceBytes).fill(97))
    },
  })
  return { stream, pulled: () => pulled }
}

for (const where of ['here', 'connection'] as const) {
  describe(`a raw body, ${where === 'here' ? 'in this process' : 'over a connection'}`, () => {
    test('reaches the handler as it was sent, by stream and whole', async () => {
      const bytes = 'sku\nñandú\n'
      expect(await send(where, '/filas/7', bytes)).toMatchObject({
        status: 200,
        tipo: 'text/csv',
        bytes: 12,
        id: '7',
      } as Told)
      expect(await send(where, '/foto', bytes)).toMatchObject({ status: 200, bytes: 12 })
    })

    test('may be of its bound and not of a byte more', async () => {
      for (const path of ['/filas/7', '/foto']) {
        expect((await send(where, path, 'a'.repeat(maxBytes))).status).toBe(200)
        expect(await send(where, path, 'a'.repeat(maxBytes + 1))).toMatchObject({
          status: 413,
          codigo: 'cuerpo-demasiado-grande',
        })
      }
    })

    test('is cut off at its bound when it does not say how long it is', async () => {
      for (const path of ['/filas/7', '/foto']) {
        const { stream, pulled } = endless(400)
        expect(await send(where, path, stream)).toMatchObject({ status: 413 })
        expect(pulled()).toBeLessThan(where === 'here' ? 4 * maxBytes : 4 * 1024 * 1024)
      }
    })

    test('of no bytes is no error of its own', async () => {
      expect(await send(where, '/filas/7', '')).toMatchObject({ status: 200, bytes: 0 })
      expect(await send(where, '/foto', null)).toMatchObject({ status: 200, bytes: 0 })
    })

    test('can be left half read, and the next request is served', async () => {
      expect((await send(where, '/primera', 'a'.repeat(maxBytes))).status).toBe(200)
      expect((await send(where, '/foto', 'a')).status).toBe(200)
    })

    for (const type of ['application/json', 'text/html', 'multipart/form-data; boundary=x', '']) {
      test(`is refused with 415 as ${type || 'nothing that is named'}`, async () => {
        const headers = { ...personal, ...(type === '' ? {} : { 'content-type': type }) }
        const bytes = new TextEncoder().encode('{"a":1}')
        expect(await send(where, '/filas/7', bytes, headers)).toMatchObject({
          status: 415,
          codigo: 'tipo-no-admitido',
        })
      })
    }

    test('may name its type in capitals and with parameters', async () => {
      const headers = { ...personal, 'content-type': 'Text/CSV; charset=utf-8; header=present' }
      expect((await send(where, '/filas/7', 'a', headers)).status).toBe(200)
    })

    test('is not read for a stranger, nor for one who may not', async () => {
      for (const [who, status] of [
        [{}, 401],
        [cliente, 403],
      ] as const) {
        const headers = { ...who, 'content-type': 'application/pdf' }
        expect(await send(where, '/filas/7', 'a'.repeat(5000), headers)).toMatchObject({ status })
        expect(pieces).toEqual([])
      }
    })

    test('leaves the other routes with JSON and nothing else', async () => {
      const json = { 'content-type': 'application/json' }
      expect((await send(where, '/json', '{"a":1}', json)).status).toBe(200)
      expect((await send(where, '/json', 'a', { 'content-type': 'text/csv' })).status).toBe(415)
    })
  })
}

test('a body that drips is answered 408 when its time is over', async () => {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(1))
    },
  })
  expect(await send('here', '/filas/7', stream)).toMatchObject({
    status: 408,
    codigo: 'peticion-lenta',
  })
})

test('a file far over the bound is answered 413, and the connection is of use to nobody else', async () => {
  const headers = { ...personal, 'content-type': 'text/csv' }
  const body = new Uint8Array(8 * 1024 * 1024)
  const answers = await Promise.all(
    [1, 2, 3].map(() => fetch(`${running.url}/foto`, { method: 'PUT', headers, body })),
  )
  expect(answers.map((one) => one.status)).toEqual([413, 413, 413])
  expect((await send('connection', '/foto', 'a')).status).toBe(200)
})

test('a query that is wrong is told before the body is read', async () => {
  expect(await send('here', '/filas/7?otra=1', 'a'.repeat(5000))).toMatchObject({
    status: 422,
    codigo: 'datos-invalidos',
  })
})

test('OpenAPI says which media types the route takes', async () => {
  const answer = await app.handle(new Request('http://localhost/openapi/json'))
  const document: {
    paths: Record<string, Record<string, { requestBody?: { content: object } }>>
  } = JSON.parse(await answer.text())
  const content = document.paths['/foto']?.['put']?.requestBody?.content ?? {}
  expect(Object.keys(content)).toEqual(['text/csv', 'text/plain'])
})
