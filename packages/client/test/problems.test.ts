import { describe, expect, test } from 'bun:test'
import { problemas } from '@encargo/service-kit/http/problems'
import { ask, createClient, isRetryable, ProblemError, unwrap } from '../src/index.ts'
import { retryableByCode } from '../src/codes.ts'
import { addresses, prepare, refusal } from './fixture.ts'

const id = '01900000-0000-7000-8000-000000000001'
const answerOf = (response: () => Response | Promise<Response>) =>
  ask(prepare(response).client.pedidos.pedidos({ id }).get())
const html = () =>
  new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } })

const broken = () => {
  const body = new ReadableStream({ start: (one) => one.error(new Error('reset')) })
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}
const cut = () => new Response('{"id": "01', { headers: { 'content-type': 'application/json' } })
const refused = () => Promise.reject(new TypeError('fetch failed'))

describe('a problem', () => {
  test('of the registry comes with what it carries', async () => {
    const answer = await answerOf(() => refusal(404, 'no-encontrado'))
    expect(answer).toMatchObject({
      ok: false,
      problem: { codigo: 'no-encontrado', status: 404, detail: 'detail of no-encontrado' },
    })
  })

  test('comes with the headers of its answer, and without any where there is none', async () => {
    const answer = await answerOf(html)
    expect(answer.headers.get('content-type')).toBe('text/html')
    expect([...(await answerOf(refused)).headers]).toEqual([])
  })

  test('of a newer server is unknown, with the code and the text that came', async () => {
    const answer = await answerOf(() => refusal(409, 'pedido-bloqueado'))
    expect(answer).toMatchObject({
      problem: {
        codigo: 'desconocido',
        recibido: 'pedido-bloqueado',
        status: 409,
        detail: 'detail of pedido-bloqueado',
      },
    })
  })

  test('of something in between is unknown, and says no more than the status', async () => {
    for (const response of [
      html,
      () => Response.json(['x'], { status: 502 }),
      () => new Response(null, { status: 502 }),
    ]) {
      expect(await answerOf(response)).toMatchObject({
        problem: { codigo: 'desconocido', recibido: null, status: 502 },
      })
    }
  })

  test('of no prototype is taken for a known one', async () => {
    for (const codigo of ['constructor', '__proto__', 'toString']) {
      expect(await answerOf(() => refusal(500, codigo))).toMatchObject({
        problem: { codigo: 'desconocido', recibido: codigo },
      })
    }
  })

  test('is no connection when there is no answer, or none that can be read', async () => {
    for (const response of [broken, cut, refused]) {
      expect(await answerOf(response)).toMatchObject({ problem: { codigo: 'sin-conexion' } })
    }
  })

  test('is no connection when the answer does not begin in time', async () => {
    const { client, pass } = prepare(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('late', 'AbortError')))
        }),
    )
    const answer = ask(client.pedidos.pedidos.get())
    while (pass(20_000) === 0) await Promise.resolve()
    expect(await answer).toMatchObject({ problem: { codigo: 'sin-conexion' } })
  })

  test('is cancelled when the caller ends it: before and while waiting', async () => {
    const early = AbortSignal.abort()
    const { client, asked } = prepare(() => Response.json({}))
    expect(await ask(client.pedidos.pedidos.get({ fetch: { signal: early } }))).toMatchObject({
      problem: { codigo: 'cancelada' },
    })
    expect(asked).toEqual([])
    const midway = new AbortController()
    const waiting = prepare(({ signal }) => {
      midway.abort(new Error('the page was left'))
      return signal.aborted ? Promise.reject(new DOMException('', 'AbortError')) : Response.json({})
    })
    expect(
      await ask(waiting.client.pedidos.pedidos.get({ fetch: { signal: midway.signal } })),
    ).toMatchObject({ problem: { codigo: 'cancelada' } })
  })

  test('is thrown by unwrap, and its data given otherwise', async () => {
    const { client } = prepare(() => refusal(403, 'prohibido'))
    const thrown = await unwrap(client.pedidos.pedidos.get()).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(ProblemError)
    expect(thrown).toMatchObject({ problem: { codigo: 'prohibido' } })
    const page = { datos: [], siguiente: null }
    expect(await unwrap(prepare(() => Response.json(page)).client.pedidos.pedidos.get())).toEqual(
      page,
    )
  })
})

async function retryable(response: () => Response | Promise<Response>) {
  const answer = await answerOf(response)
  return answer.ok ? undefined : isRetryable(answer.problem)
}

describe('the codes', () => {
  test('are those of the registry, retryable where it says so', () => {
    const expected = Object.entries(problemas).map(([codigo, entry]) => [
      codigo,
      'retryable' in entry,
    ])
    expect(Object.fromEntries(Object.entries(retryableByCode))).toEqual(
      Object.fromEntries(expected),
    )
  })

  test('say whether trying again can help, as do those of this side', async () => {
    expect(await retryable(() => refusal(503, 'servicio-no-disponible'))).toBe(true)
    expect(await retryable(() => refusal(404, 'no-encontrado'))).toBe(false)
    expect(await retryable(html)).toBe(true)
    expect(await retryable(() => refusal(409, 'pedido-bloqueado'))).toBe(false)
    expect(await retryable(() => Promise.reject(new TypeError('no route')))).toBe(true)
  })
})

test('an address without a scheme is refused at once, with what arrived', () => {
  expect(() => createClient({ origin: 'shop.example' })).toThrow('got "shop.example"')
  expect(() => createClient({ ...addresses, pedidos: '' })).toThrow('pedidos must be')
})

test('one origin is asked below /api/<service>', async () => {
  const asked: string[] = []
  const client = createClient({
    origin: 'https://shop.example/',
    environment: {
      fetch: (input) => {
        asked.push(String(input))
        return Promise.resolve(Response.json({}))
      },
    },
  })
  await ask(client.productos.productos.get({ query: { q: 'café & té', limite: 10 } }))
  await ask(client.pedidos.pedidos({ id }).get())
  expect(asked).toEqual([
    'https://shop.example/api/productos/productos?q=caf%C3%A9%20%26%20t%C3%A9&limite=10',
    `https://shop.example/api/pedidos/pedidos/${id}`,
  ])
})
