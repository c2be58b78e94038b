import { expect, test } from 'bun:test'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { createCatalogo, enPreguntas } from '../src/clients/productos.ts'

const id = Bun.randomUUIDv7()

/** The client on a catalogue that answers every request with `answer`. */
function clientOn(answer: (request: Request) => Response | Promise<Response>) {
  const seen: Request[] = []
  const fake = async (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(String(input), init)
    seen.push(request)
    return await answer(request)
  }
  const link = connectPeer('productos', 'http://productos.test', {
    logger: silentLogger,
    fetch: Object.assign(fake, { preconnect: fetch.preconnect }),
  })
  return { productos: createCatalogo(link), seen }
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
    [() => Response.json({}), 'PeerProtocolError'],
    [() => new Response('<h1>404</h1>', { status: 404 }), 'PeerProtocolError'],
    [() => Response.json({ codigo: 'sku-en-uso' }, { status: 404 }), 'PeerProtocolError'],
    [() => Response.json({ codigo: 'prohibido' }, { status: 403 }), 'PeerProtocolError'],
  ]
  for (const [answer, name] of failures) {
    const { productos } = clientOn(answer)
    const error: unknown = await productos.existe(id, backgroundCall()).catch((e: unknown) => e)
    expect(error).toMatchObject({ name })
  }
})

const uno = { id, sku: 'A,1', nombre: 'Taza' }

test('asks for many products by id in one question, without a token', async () => {
  const { productos, seen } = clientOn(() => Response.json({ datos: [uno] }))
  expect(await productos.porIds([id, id], backgroundCall())).toEqual([uno])
  expect(seen.map(({ url }) => decodeURIComponent(url))).toEqual([
    `http://productos.test/productos/articulos?ids=${id},${id}`,
  ])
  expect(seen[0]?.headers.has('authorization')).toBeFalse()
})

test('asks for SKUs in as many questions as they need, none too long for a request line', async () => {
  const { productos, seen } = clientOn(() => Response.json({ datos: [uno], siguiente: null }))
  const skus = [...Array.from({ length: 450 }, (_, index) => `S-${index}`), 'A,1']
  expect(await productos.porSkus(skus, backgroundCall())).toEqual([uno, uno, uno])
  expect(decodeURIComponent(seen[2]?.url ?? '')).toEndWith('S-449,"A,1"')
  const wide = Array.from({ length: 300 }, (_, index) => `${'ñ'.repeat(60)}${index}`)
  const listas = [...enPreguntas(wide)]
  const longest = Math.max(...listas.map((lista) => encodeURIComponent(lista).length))
  expect(longest).toBeLessThan(6_100)
  expect(listas.join(',').split(',')).toEqual(wide)
  expect([...enPreguntas([])]).toEqual([])
})

test('never takes a failure for a list', async () => {
  for (const [status, name] of [
    [503, 'PeerUnavailableError'],
    [422, 'PeerProtocolError'],
    [200, 'PeerProtocolError'],
  ] as const) {
    const { productos } = clientOn(() => Response.json({ datos: [{ id }] }, { status }))
    const call = backgroundCall()
    const byId: unknown = await productos.porIds([id], call).catch((e: unknown) => e)
    const bySku: unknown = await productos.porSkus(['A'], call).catch((e: unknown) => e)
    expect(byId).toMatchObject({ name })
    expect(bySku).toMatchObject({ name })
  }
})
