import { treaty } from '@elysiajs/eden'
import { Type } from '@sinclair/typebox'
import { describe, expect, test } from 'bun:test'
import { ask, PeerProtocolError, PeerUnavailableError, shape } from '../src/peer/peer.ts'
import { connectPeer } from '../src/peer/peer-link.ts'
import { type Problema, problema } from '../src/http/problems.ts'
import { silentLogger } from '../src/run/logger.ts'
import { createProbe, type Probe } from './fixture.ts'

type App = Probe['app']
type Answer = () => Response | Promise<Response>

/** An Eden client of the probe whose network is the given answer. */
const clientOf = (answer: Answer) =>
  treaty<App>('http://localhost:9', {
    parseDate: false,
    fetcher: Object.assign(async () => await answer(), { preconnect: fetch.preconnect }),
  })

const usable = shape(Type.Object({ a: Type.Integer() }))

const asking = (answer: Answer) => ask('inventario', clientOf(answer).conflicto.post(), usable)
const refused = (status: number, codigo: string) => Response.json({ codigo }, { status })
const failing = async (answer: Answer): Promise<unknown> => {
  const outcome = await asking(answer).catch((error: unknown) => error)
  if (!(outcome instanceof Error)) throw new Error(`it answered ${JSON.stringify(outcome)}`)
  return outcome
}

const asProblem = (body: Problema, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })

describe('asking a peer', () => {
  test('gives the data of a 2xx with its status', async () => {
    expect(await asking(() => Response.json({ a: 1 }, { status: 201 }))).toEqual({
      ok: true,
      status: 201,
      data: { a: 1 },
    })
  })

  test('gives a refusal of its contract as a typed value, out of the real service', async () => {
    const { app } = await createProbe()
    const asked = await ask(
      'inventario',
      treaty(app, { parseDate: false }).conflicto.post(),
      usable,
    )
    if (asked.ok) throw new Error('it was not refused')
    if (asked.error.value.codigo !== 'stock-insuficiente') throw new Error('refused otherwise')
    expect(asked.error.value.faltantes).toEqual([{ productoId: 'p', solicitado: 3, disponible: 1 }])
  })

  for (const status of [429, 500, 502, 503, 504]) {
    test(`throws that it is not available when it answers ${status}`, async () => {
      const error = await failing(
        () => new Response('x', { status, headers: { 'retry-after': '7' } }),
      )
      expect(error).toBeInstanceOf(PeerUnavailableError)
      expect(error).toMatchObject({ peer: 'inventario', retryAfterMs: 7000 })
    })
  }

  test('waits a second where Retry-After is absent, nonsense or a date', async () => {
    for (const header of [undefined, 'soon', '-5', 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      const headers = header === undefined ? {} : { 'retry-after': header }
      const error = await failing(() =>
        asProblem(problema('servicio-no-disponible', { detail: 'No.' }), headers),
      )
      expect(error).toMatchObject({ retryAfterMs: 1000 })
    }
  })

  test('tells a network failure from an answer 503, and keeps its cause', async () => {
    const cause = new Error('ECONNREFUSED')
    const error = await failing(() => Promise.reject(cause))
    expect(error).toBeInstanceOf(PeerUnavailableError)
    expect(error).toMatchObject({ retryAfterMs: 1000, cause })
  })

  test('passes on how long the breaker wants to wait', async () => {
    const refused = Object.assign(new Error('open'), { retryAfterMs: 4200 })
    expect(await failing(() => Promise.reject(refused))).toMatchObject({ retryAfterMs: 4200 })
  })

  for (const [what, answer] of [
    ['no body', () => new Response(null, { status: 204 })],
    ['an empty object', () => Response.json({})],
    ['data of another kind', () => Response.json({ a: 'x' })],
    ['a refusal without a code of ours', () => Response.json({ error: 'x' }, { status: 409 })],
    ['a refusal with another status', () => refused(404, 'transicion-invalida')],
    ['a refusal that says less than it must', () => refused(409, 'stock-insuficiente')],
    ["a proxy's page", () => new Response('<html>', { status: 404 })],
    ['a web page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ] as const) {
    test(`takes ${what} for a bug, not for an outage`, async () => {
      expect(await failing(answer)).toBeInstanceOf(PeerProtocolError)
    })
  }

  test('takes JSON that is cut off for an outage', async () => {
    const headers = { 'content-type': 'application/json' }
    const error = await failing(() => new Response('{"a":', { headers }))
    expect(error).toBeInstanceOf(PeerUnavailableError)
  })
})

describe('a link to a peer', () => {
  test('asks through its own fetch and counts what became of it', async () => {
    const asked: string[] = []
    const under = async (input: string | URL | Request) => {
      asked.push(input instanceof Request ? input.url : String(input))
      return Response.json({ a: 1 })
    }
    const link = connectPeer('productos', 'http://localhost:8001', {
      logger: silentLogger,
      fetch: Object.assign(under, { preconnect: fetch.preconnect }),
    })
    const answer = await link.fetcher(`${link.origin}/cosas`)
    expect(await answer.json()).toEqual({ a: 1 })
    expect(asked).toEqual(['http://localhost:8001/cosas'])
    expect(link.metrics()).toMatchObject({ state: 'closed', calls: { success: 1 } })
  })
})
