import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'bun:test'
import { directFetch } from '../src/peer/direct-fetch.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const identity = { 'accept-encoding': 'identity' }
const elsewhere = (): typeof fetch =>
  Object.assign(async () => new Response('elsewhere'), { preconnect: fetch.preconnect })
const direct = () => directFetch(elsewhere())

function serve(answer: (request: Request, port: number) => Response | Promise<Response>): string {
  const server: Bun.Server<undefined> = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: (request: Request): Response | Promise<Response> =>
      answer(request, server.requestIP(request)?.port ?? 0),
  })
  cleanups.push(() => server.stop(true))
  return server.url.origin
}

/** A server that says what it is told to; `onRequest` is told each piece that comes on a connection. */
async function say(onRequest: (socket: Socket, text: string, nth: number) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let nth = 0
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => onRequest(socket, bytes.toString(), ++nth))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { origin: `http://127.0.0.1:${address.port}`, connections: () => sockets.size }
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error,
  )

const whole = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

describe('a call between services', () => {
  test('arrives as it was made, and brings the answer as it was given', async () => {
    const origin = serve(async (request) => {
      const { method, headers } = request
      const { pathname, search } = new URL(request.url)
      const seen = { method, path: pathname + search, key: headers.get('x-key') }
      const type = headers.get('content-type')
      return Response.json({ ...seen, type, body: await request.json() }, { status: 201 })
    })
    const answer = await direct()(`${origin}/reservas/7?a=%C3%B1&b=1,2`, {
      method: 'PUT',
      headers: { ...identity, 'x-key': 'k', 'content-type': 'application/json' },
      body: JSON.stringify({ nombre: 'Peña ☕' }),
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(await answer.json()).toEqual({
      method: 'PUT',
      path: '/reservas/7?a=%C3%B1&b=1,2',
      key: 'k',
      type: 'application/json',
      body: { nombre: 'Peña ☕' },
    })
  })

  test('goes over the connection of the call before, and side by side over one of its own', async () => {
    const origin = serve((_request, port) => new Response(String(port)))
    const call = direct()
    const port = async () => await (await call(origin, { headers: identity })).text()
    const first = await port()
    expect(await port()).toBe(first)
    expect(new Set(await Promise.all([port(), port(), port()])).size).toBe(3)
  })

  test('gets a long answer whole, as it comes, and then uses its connection again', async () => {
    const long = 'á'.repeat(3_000_000)
    const origin = serve((request, port) =>
      request.url.endsWith('/long') ? new Response(long) : new Response(String(port)),
    )
    const call = direct()
    const port = async () => await (await call(origin, { headers: identity })).text()
    const first = await port()
    const answer = await call(`${origin}/long`, { headers: identity })
    expect((await answer.text()) === long).toBe(true)
    expect(await port()).toBe(first)
  })

  test('is broken off by its signal, with its reason, before an answer and while it comes', async () => {
    const gone = { '/never': Promise.withResolvers<void>(), '/half': Promise.withResolvers<void>() }
    const origin = serve((request) => {
      const path = new URL(request.url).pathname === '/never' ? '/never' : '/half'
      request.signal.addEventListener('abort', () => gone[path].resolve())
      if (path === '/never') return new Promise(() => {})
      return new Response(new ReadableStream({ start: (body) => body.enqueue('{') }))
    })
    const call = direct()
    const abort = new AbortController()
    const init = { headers: identity, signal: abort.signal }
    const never = errorOf(call(`${origin}/never`, init))
    const answer = await call(`${origin}/half`, init)
    const half = errorOf(answer.text())
    const reason = new Error('no time left')
    abort.abort(reason)
    expect(await never).toBe(reason)
    expect(await half).toBe(reason)
    expect(await errorOf(call(`${origin}/late`, init))).toBe(reason)
    await Promise.all([gone['/never'].promise, gone['/half'].promise])
  })

  test('says that nobody saw it where nobody listens', async () => {
    const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response() })
    const { origin } = server.url
    await server.stop(true)
    expect(await errorOf(direct()(origin, { headers: identity }))).toMatchObject({
      code: 'ECONNREFUSED',
    })
  })

  test.each(['GET', 'PUT', 'DELETE'])(
    'of %s is made anew when its old connection ends without a word',
    async (method) => {
      const { origin, connections } = await say((socket, _text, nth) => {
        if (nth === 1) socket.write(whole('there'))
        else socket.destroy()
      })
      const call = direct()
      for (let round = 1; round <= 3; round++) {
        const answer = await call(origin, { method, headers: identity })
        expect(await answer.text()).toBe('there')
        expect(connections()).toBe(round)
      }
    },
  )

  test('that may not be made twice is not, and a new connection that ends is no reason to', async () => {
    const requests: string[] = []
    const { origin } = await say((socket, text, nth) => {
      requests.push(text.slice(0, 4))
      if (nth === 1 && requests.length === 1) socket.write(whole(''))
      else socket.destroy()
    })
    const call = direct()
    await call(origin, { headers: identity })
    const post = call(origin, { method: 'POST', headers: identity, body: '{}' })
    expect(await errorOf(post)).toMatchObject({ code: 'ECONNRESET' })
    expect(await errorOf(call(origin, { headers: identity }))).toMatchObject({ code: 'ECONNRESET' })
    expect(requests).toEqual(['GET ', 'POST', 'GET '])
  })

  test('never takes for its answer what came before it was made', async () => {
    const { origin, connections } = await say((socket, _text, nth) => {
      if (nth === 1) socket.write(whole('first'))
      // What nobody asked for comes by itself, and the connection stays open.
      if (connections() === 1) setImmediate(() => socket.write(whole('stranger')))
    })
    const call = direct()
    await call(origin, { headers: identity })
    const again = () => call(origin, { headers: identity })
    while (connections() === 1) {
      const answer = await again()
      expect(await answer.text()).toBe('first')
    }
  })

  test('does not keep a process from its end', async () => {
    const origin = serve(() => new Response('done'))
    const { href } = new URL('../src/peer/direct-fetch.ts', import.meta.url)
    const script = `
      import { directFetch } from ${JSON.stringify(href)}
      const init = { headers: { 'accept-encoding': 'identity' } }
      const call = directFetch(() => { throw new Error('not this way') })
      console.log(await (await call(${JSON.stringify(origin)}, init)).text())`
    const child = Bun.spawn([process.execPath, '-e', script], { timeout: 10_000 })
    expect(await child.exited).toBe(0)
    expect(await child.stdout.text()).toBe('done\n')
  })

  const others: Record<string, [input: string | Request, init?: BunFetchRequestInit]> = {
    'to https': ['https://127.0.0.1:1/'],
    'with a fragment': ['http://127.0.0.1:1/#a'],
    'with a user': ['http://a@127.0.0.1:1/'],
    'with dots to be resolved': ['http://127.0.0.1:1/a/../b'],
    'with dots in disguise': ['http://127.0.0.1:1/a/%2E./b'],
    'with a line break': ['http://127.0.0.1:1/a\r\nx: y'],
    'with letters to be encoded': ['http://127.0.0.1:1/ñ'],
    'with a method of its own': ['http://127.0.0.1:1/', { method: 'GET /x' }],
    'with a body of bytes': ['http://127.0.0.1:1/', { method: 'PUT', body: Buffer.from('a') }],
    'that takes a packed answer': ['http://127.0.0.1:1/', { headers: {} }],
    'in an object': [new Request('http://127.0.0.1:1/')],
  }
  test.each(Object.entries(others))('%s is left to fetch', async (_name, [input, init]) => {
    const answer = await direct()(input, { headers: identity, ...init })
    expect(await answer.text()).toBe('elsewhere')
  })
})
