import { expect, test } from 'bun:test'
import { backgroundCall, connectPeer, silentLogger } from '@encargo/service-kit'
import { createProductosClient } from '../src/clients.ts'

const id = Bun.randomUUIDv7()

/** The client on a catalogue that answers every request with `answer`. */
function clientOn(answer: (request: Request) => Response | Promise<Response>) {
  const seen: Request[] = []
  const fake = async (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(String(input), init)
    seen.push(request)
    return await answer(request)
  }
  const link = connectPeer({
    name: 'productos',
    origin: 'http://productos.test',
    logger: silentLogger,
    fetch: Object.assign(fake, { preconnect: fetch.preconnect }),
  })
  return { productos: createProductosClient(link), seen }
}

test('asks for the very product and passes trace and deadline on', async () => {
  const { productos, seen } = clientOn(() => Response.json({ id, activo: true }))
  const call = backgroundCall()
  expect(await productos.existe(id, call)).toBeTrue()
  const [request] = seen
  expect(request?.url).toBe(`http://productos.test/productos/${id}`)
  expect(request?.headers.get('traceparent')).toBe(call.traceparent)
  expect(Number(request?.headers.get('x-deadline-ms'))).toBeGreaterThan(0)
  expect(request?.headers.has('authorization')).toBeFalse()
})

test('takes an archived product for one that exists', async () => {
  const { productos } = clientOn(() => Response.json({ id, activo: false }))
  expect(await productos.existe(id, backgroundCall())).toBeTrue()
})

test('says no only when the catalogue says that there is none', async () => {
  const { productos } = clientOn(() =>
    Response.json({ codigo: 'no-encontrado', status: 404 }, { status: 404 }),
  )
  expect(await productos.existe(id, backgroundCall())).toBeFalse()
})

test('never takes a failure for an answer', async () => {
  const failures: [answer: () => Response | Promise<Response>, name: string][] = [
    [() => new Response('', { status: 503 }), 'PeerUnavailableError'],
    [() => new Response('', { status: 500 }), 'PeerUnavailableError'],
    [() => new Response('', { status: 429 }), 'PeerUnavailableError'],
    [() => Promise.reject(new TypeError('connection reset')), 'PeerUnavailableError'],
    [() => Response.json({ codigo: 'datos-invalidos' }, { status: 422 }), 'PeerProtocolError'],
    [() => Response.json({ codigo: 'prohibido' }, { status: 403 }), 'PeerProtocolError'],
  ]
  for (const [answer, name] of failures) {
    const { productos } = clientOn(answer)
    const error: unknown = await productos.existe(id, backgroundCall()).catch((e: unknown) => e)
    expect(error).toMatchObject({ name })
  }
})
