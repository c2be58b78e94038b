import { afterEach, describe, expect, test } from 'bun:test'
import { readBody } from '../src/http/edge/read-body.ts'
import { remoteAddressOf } from '../src/http/edge/remote-address.ts'
import { type Running, serve, type ServeOptions } from '../src/http/serve.ts'
import { Wire } from '../src/peer/wire.ts'
import { silentLogger } from '../src/run/logger.ts'
import { trustedProxies } from '../src/values/trusted-proxies.ts'

type Handler = (request: Request) => Response | Promise<Response>

interface Way {
  readonly origin: string
  readonly fetch: typeof fetch
  readonly stop: () => Promise<void>
}

const running: Running[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

const options = {
  name: 'pedidos',
  hostname: '127.0.0.1',
  logger: silentLogger,
  close: () => Promise.resolve(),
} as const

/** The same app, reached as from another process and as from its own. */
const ways = {
  'a socket'(app: Handler, over: Partial<ServeOptions> = {}): Way {
    const one = serve({ fetch: app }, { ...options, port: 0, ...over })
    running.push(one)
    return { origin: one.url, fetch, stop: one.stop }
  },
  'the wire'(app: Handler, over: Partial<ServeOptions> = {}): Way {
    const [wire, origin] = [new Wire(), 'http://pedidos.test']
    const one = serve(
      { fetch: app },
      { ...options, port: undefined, within: { wire, origin }, ...over },
    )
    running.push(one)
    return { origin, fetch: wire.fetch, stop: one.stop }
  },
}

const text = new TextEncoder()

/** Bytes that come one piece at a time, and what became of them. */
function pieces(...all: string[]) {
  const cancelled = Promise.withResolvers<void>()
  const left = [...all]
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = left.shift()
        if (next === 'wait') return new Promise<void>(() => {})
        if (next === undefined) controller.close()
        else if (next === 'break') controller.error(new Error('no more'))
        else controller.enqueue(text.encode(next))
        return undefined
      },
      cancel: () => cancelled.resolve(),
    },
    { highWaterMark: 0 },
  )
  return { body, cancelled: cancelled.promise }
}

/** What a caller sees of an answer, but for what the clock says. */
async function seen(response: Response) {
  const { date: _, ...headers } = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: await response.text() }
}

const json = (value: unknown, init?: ResponseInit) => Response.json(value, init)

const echo: Handler = async (request) => {
  const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text()
  // Where nothing is unpacked, nothing need be packed.
  const own = ['host', 'connection', 'accept-encoding']
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !own.includes(name)))
  return json({ method: request.method, path: new URL(request.url).pathname, headers, body })
}

const whence: Handler = (request) => new Response(remoteAddressOf(request))

const taking: Handler = async (request) =>
  new Response(await readBody(request, { maxBytes: 6, maxMs: 5_000 }))

const long = () => json({ letras: 'ñ'.repeat(2_000) })

/** What is asked, of an app that answers so. */
const alike: Record<string, [Handler, string, BunFetchRequestInit?]> = {
  'a question': [echo, '/a/b?c=d'],
  'a question of its own headers': [
    echo,
    '/x',
    { headers: { accept: 'text/csv', 'user-agent': 'yo' } },
  ],
  'a body of text': [echo, '/x', { method: 'POST', body: 'señas' }],
  'a body of bytes': [echo, '/x', { method: 'PUT', body: text.encode('señas') }],
  'a body of fields': [echo, '/x', { method: 'POST', body: new URLSearchParams({ a: 'ñ' }) }],
  'no body': [echo, '/x', { method: 'POST' }],
  'only the head of an answer': [() => json({ a: 1 }), '/x', { method: 'HEAD' }],
  'an answer without a body': [
    () => new Response(null, { status: 204 }),
    '/x',
    { method: 'DELETE' },
  ],
  'a refusal': [
    () => json({ codigo: 'no' }, { status: 409, headers: { 'retry-after': '1' } }),
    '/x',
  ],
  'an answer of nothing': [() => new Response(null), '/x'],
  'an answer that failed': [
    () => {
      throw new Error('a bug')
    },
    '/x',
  ],
  'what is told not to move': [() => new Response(null, { status: 304 }), '/x'],
  'a redirection, unfollowed': [
    () => new Response(null, { status: 308, headers: { location: '/y' } }),
    '/x',
    { redirect: 'manual' },
  ],
}

describe('the wire and a socket carry alike', () => {
  for (const [what, [app, path, init]] of Object.entries(alike)) {
    test(what, async () => {
      const [within, across] = [ways['the wire'](app), ways['a socket'](app)]
      const answer = await seen(await within.fetch(`${within.origin}${path}`, init))
      expect(answer).toEqual(await seen(await across.fetch(`${across.origin}${path}`, init)))
    })
  }

  test('what is long, unpacked', async () => {
    for (const way of Object.values(ways)) {
      const { fetch, origin } = way(long)
      expect(await (await fetch(origin)).text()).toBe(await long().text())
    }
  })

  test('what is passed on compressed as it is', async () => {
    for (const way of Object.values(ways)) {
      const { fetch, origin } = way(long)
      const headers = { 'accept-encoding': 'gzip' }
      const answer = await fetch(origin, { headers, decompress: false })
      expect(answer.headers.get('content-encoding')).toBe('gzip')
      const bytes = Bun.gunzipSync(await answer.arrayBuffer())
      expect(new TextDecoder().decode(bytes)).toBe(await long().text())
    }
  })
})

for (const [name, way] of Object.entries(ways)) {
  describe(`over ${name}`, () => {
    test('a caller who gives up is rejected at once, and the other side is told', async () => {
      const arrived = Promise.withResolvers<Request>()
      const told = Promise.withResolvers<void>()
      const { fetch, origin } = way(
        (request) => {
          request.signal.addEventListener('abort', () => told.resolve())
          arrived.resolve(request)
          return new Promise(() => {})
        },
        { drainMs: () => 0 },
      )
      const giveUp = new AbortController()
      const reason = new Error('too slow for me')
      const answer = fetch(origin, { signal: giveUp.signal })
      await arrived.promise
      giveUp.abort(reason)
      expect(await answer.catch((error: unknown) => error)).toBe(reason)
      await told.promise
    })

    test('a caller who has given up before calls nobody', async () => {
      let calls = 0
      const { fetch, origin } = way(() => new Response(String(++calls)))
      const answer = fetch(origin, { signal: AbortSignal.abort(new Error('already')) })
      expect(await answer.catch(String)).toBe('Error: already')
      expect(calls).toBe(0)
    })

    test('an answer comes as it is made, and ends for both when its reader leaves', async () => {
      const { body, cancelled } = pieces('uno', 'wait')
      const headers = { 'content-type': 'text/event-stream' }
      const { fetch, origin } = way(() => new Response(body, { headers }))
      const answer = await fetch(origin)
      const reader = answer.body?.getReader()
      const first = await reader?.read()
      expect(new TextDecoder().decode(first?.value)).toBe('uno')
      await reader?.cancel()
      await cancelled
    })

    test('an answer that is broken off is broken for its reader', async () => {
      const { body, cancelled } = pieces('uno', 'wait')
      const { fetch, origin } = way(() => new Response(body))
      const giveUp = new AbortController()
      const answer = await fetch(origin, { signal: giveUp.signal })
      const reader = answer.body?.getReader()
      await reader?.read()
      giveUp.abort(new Error('enough'))
      expect(await reader?.read().catch(String)).toContain('Error')
      await cancelled
    })

    test('an answer whose making fails looks whole to nobody', async () => {
      const headers = { 'content-type': 'text/csv' }
      const { fetch, origin } = way(() => new Response(pieces('uno', 'break').body, { headers }))
      const read = fetch(origin).then((answer) => answer.text())
      expect(
        await read.then(
          () => 'whole',
          () => 'broken',
        ),
      ).toBe('broken')
    })

    test('a body goes up in pieces, under the bounds of who reads it', async () => {
      const { fetch, origin } = way(taking)
      const post = (body: ReadableStream<Uint8Array>) => fetch(origin, { method: 'POST', body })
      expect(await (await post(pieces('uno', 'dos').body)).text()).toBe('unodos')
      const refused = await post(pieces('uno', 'dos', 'tres').body)
      expect(refused.status).toBe(413)
    })

    test('a length that its body does not have is taken from nobody', async () => {
      const { fetch, origin } = way(async (request) => {
        const bytes = await readBody(request, { maxBytes: 100, maxMs: 5_000 })
        return json({ said: request.headers.get('content-length'), came: bytes.length })
      })
      const headers = { 'content-length': '2' }
      const answer = await fetch(origin, { method: 'POST', body: 'cuatro', headers })
      expect(await answer.json()).toEqual({ said: '6', came: 6 })
    })

    test('who is full refuses at once, and who asks whether it lives is answered', async () => {
      const release = Promise.withResolvers<void>()
      const arrived = Promise.withResolvers<void>()
      const app: Handler = async ({ url }) => {
        if (url.endsWith('/livez')) return new Response('vivo')
        arrived.resolve()
        await release.promise
        return new Response('done')
      }
      const { fetch, origin } = way(app, { maxConcurrent: 1 })
      const first = fetch(`${origin}/a`)
      await arrived.promise
      expect((await fetch(`${origin}/b`)).status).toBe(503)
      expect(await (await fetch(`${origin}/livez`)).text()).toBe('vivo')
      release.resolve()
      expect(await (await first).text()).toBe('done')
      expect(await (await fetch(`${origin}/b`)).text()).toBe('done')
    })

    test('who asks is this machine, or whom a proxy on it names', async () => {
      const headers = { 'x-forwarded-for': '192.0.2.1, 192.0.2.7' }
      const from = async ({ fetch, origin }: Way) => (await fetch(origin, { headers })).text()
      expect(await from(way(whence))).toBe('127.0.0.1')
      expect(await from(way(whence, { trustProxy: trustedProxies('loopback') }))).toBe('192.0.2.7')
    })

    test('a stop lets what is under way finish, and refuses all else as if nobody were there', async () => {
      const arrived = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      let closed = false
      const app: Handler = async () => {
        arrived.resolve()
        await release.promise
        return new Response(`closed: ${closed}`)
      }
      const { fetch, origin, stop } = way(app, { close: async () => void (closed = true) })
      const first = fetch(origin)
      await arrived.promise
      const stopped = stop()
      const late = await fetch(origin).catch((error: unknown) => error)
      expect(late).toMatchObject({ code: expect.stringMatching(/^ECONN/) })
      release.resolve()
      expect(await (await first).text()).toBe('closed: false')
      await stopped
      expect(closed).toBe(true)
    })

    test('a stop breaks off what does not end in its time', async () => {
      const arrived = Promise.withResolvers<void>()
      const app: Handler = () => {
        arrived.resolve()
        return new Promise(() => {})
      }
      const { fetch, origin, stop } = way(app, { drainMs: () => 0 })
      const first = fetch(origin).catch((error: unknown) => error)
      await arrived.promise
      await stop()
      expect(await first).toBeInstanceOf(Error)
    })
  })
}

describe('the wire', () => {
  test('takes what is asked of others to the network', async () => {
    const wire = new Wire()
    const { origin } = ways['a socket'](() => new Response('by socket'))
    expect(await (await wire.fetch(origin)).text()).toBe('by socket')
  })

  test('says that nobody has seen a request that comes after a stop', async () => {
    const { fetch, origin, stop } = ways['the wire'](() => new Response('x'))
    await stop()
    const late = await fetch(origin).catch((error: unknown) => error)
    expect(late).toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('lets the event loop turn for a caller who asks on and on', async () => {
    const { fetch, origin } = ways['the wire'](() => json({}))
    const turn = { came: false }
    setImmediate(() => (turn.came = true))
    let calls = 0
    while (!turn.came && calls < 10_000) {
      await (await fetch(origin)).json()
      calls += 1
    }
    expect(turn.came).toBe(true)
  })

  test('gives each side objects of its own', async () => {
    const kept = new Headers({ a: 'b', 'content-type': 'text/plain' })
    const { fetch, origin } = ways['the wire'](() => new Response('x', { headers: kept }))
    const first = await fetch(origin)
    first.headers.set('a', 'c')
    expect((await fetch(origin)).headers.get('a')).toBe('b')
    expect(kept.has('content-length')).toBe(false)
  })
})
