import { describe, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { operations } from '../src/http/plugins/operations.ts'
import { serve } from '../src/http/serve.ts'
import { silentLogger } from '../src/run/logger.ts'
import { StartError } from '../src/run/start-error.ts'
import { readBody } from '../src/http/edge/read-body.ts'
import type { ServeOptions } from '../src/http/serve.ts'

type Handler = (request: Request) => Response | Promise<Response>

function start(
  fetch: Handler,
  over: Partial<Pick<ServeOptions, 'port' | 'drainMs' | 'hostname' | 'onStop' | 'beforeStop'>> = {},
) {
  const closed = { times: 0 }
  const running = serve(
    { fetch },
    {
      name: 'pedidos',
      hostname: '127.0.0.1',
      port: 0,
      logger: silentLogger,
      close: () => {
        closed.times += 1
        return Promise.resolve()
      },
      ...over,
    },
  )
  return { running, closed, port: Number(new URL(running.url).port) }
}

function refusalOf(act: () => unknown): StartError {
  try {
    act()
  } catch (error) {
    if (error instanceof StartError) return error
    throw error
  }
  throw new Error('it started')
}

/** A connection that asks once and then stays open and idle, as a browser's does. */
async function keepAlive(port: number) {
  const socket = connect(port, '127.0.0.1')
  const answered = Promise.withResolvers<string>()
  const ended = Promise.withResolvers<void>()
  socket.on('data', (bytes) => answered.resolve(bytes.toString()))
  socket.on('close', () => ended.resolve())
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n')
  expect(await answered.promise).toStartWith('HTTP/1.1 200')
  return { ended: ended.promise, end: () => socket.destroy() }
}

describe('a start that cannot be', () => {
  test('names the port that is taken and the variable that moves it', async () => {
    const { running, port } = start(() => new Response('first'))
    try {
      const error = refusalOf(() => start(() => new Response('second'), { port }))
      expect(error.message).toBe(
        `pedidos: 127.0.0.1:${port} is already in use; stop what listens there or set PEDIDOS_PORT`,
      )
      expect(await (await fetch(running.url)).text()).toBe('first')
    } finally {
      await running.stop()
    }
  })

  test('names the address that is not ours', () => {
    const error = refusalOf(() => start(() => new Response('x'), { hostname: '203.0.113.7' }))
    expect(error.message).toContain('203.0.113.7')
    expect(error.message).toContain('HOST')
    expect(error.message).not.toContain('\n')
  })
})

describe('a stop', () => {
  test('lets the request that is running finish, then closes, and takes no new one', async () => {
    const arrived = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const { running, closed } = start(async () => {
      arrived.resolve()
      await release.promise
      return new Response(`closed ${closed.times}`)
    })
    const answer = fetch(running.url)
    await arrived.promise
    const stopped = running.stop()
    const late = await fetch(running.url).then(
      () => 'answered',
      () => 'refused',
    )
    expect(late).toBe('refused')
    expect(closed.times).toBe(0)
    release.resolve()
    expect(await (await answer).text()).toBe('closed 0')
    await stopped
    expect(closed.times).toBe(1)
  })

  test('says so at /readyz first, for as long as it was told to, and serves meanwhile', async () => {
    let stopping = false
    const delay = Promise.withResolvers<void>()
    const app = operations({
      storage: () => ({ ok: true }),
      stopping: () => stopping,
      identity: { servicio: 'pedidos' },
    })
    const { running } = start((request) => app.fetch(request), {
      beforeStop() {
        stopping = true
        return delay.promise
      },
    })
    const statusOf = async (path: string) => (await fetch(`${running.url}${path}`)).status
    expect(await statusOf('/readyz')).toBe(200)
    const stopped = running.stop()
    expect(await statusOf('/readyz')).toBe(503)
    expect(await statusOf('/livez')).toBe(200)
    delay.resolve()
    await stopped
    expect(statusOf('/livez')).rejects.toThrow()
  })

  test('first ends what has no end of its own, and so is not held up by it', async () => {
    const ending = Promise.withResolvers<void>()
    const stream = new ReadableStream({
      async start(controller) {
        controller.enqueue('first')
        await ending.promise
        controller.close()
      },
    })
    const { running, closed } = start(() => new Response(stream), {
      drainMs: () => 60_000,
      onStop: () => ending.resolve(),
    })
    const answer = await fetch(running.url)
    await running.stop()
    expect(closed.times).toBe(1)
    expect(await answer.text()).toBe('first')
  })

  test('is not held up by connections that are open and idle', async () => {
    const { running, port, closed } = start(() => new Response('ok'), { drainMs: () => 60_000 })
    const idle = await keepAlive(port)
    const startedAt = performance.now()
    await running.stop()
    expect(closed.times).toBe(1)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    await idle.ended
    idle.end()
  })

  const halves = {
    'half a head': 'GET / HTTP/1.1\r\nHost: loc',
    'half a body, whose answer came before':
      'PUT /early HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1',
    'half a body that is waited for': 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1',
  }
  for (const [what, text] of Object.entries(halves)) {
    test(`is not held up by ${what}`, async () => {
      const arrived = Promise.withResolvers<void>()
      const { running, port, closed } = start(
        async (request) => {
          if (request.method === 'GET') return new Response('ok')
          arrived.resolve()
          if (request.url.endsWith('/early')) return new Response(null, { status: 413 })
          return new Response(await readBody(request, { maxBytes: 100, maxMs: 60_000 }))
        },
        { drainMs: () => 60_000 },
      )
      const socket = connect(port, '127.0.0.1')
      const ended = new Promise((resolve) => socket.on('close', resolve))
      socket.on('error', () => {}).resume()
      await new Promise((resolve) => socket.write(text, resolve))
      // By its answer to another, the server has seen the first one too.
      if (what === 'half a head') await fetch(running.url)
      else await arrived.promise
      const startedAt = performance.now()
      await running.stop()
      expect(closed.times).toBe(1)
      expect(performance.now() - startedAt).toBeLessThan(5_000)
      await ended
    })
  }

  test('lets a slow reader have the whole of a long answer', async () => {
    const bytes = 32 * 1024 * 1024
    const { running, port } = start(() => new Response(new Uint8Array(bytes)), {
      drainMs: () => 60_000,
    })
    const socket = connect(port, '127.0.0.1')
    let got = 0
    const begun = Promise.withResolvers<void>()
    socket.on('data', (chunk) => {
      if (got === 0) socket.pause()
      got += chunk.length
      begun.resolve()
    })
    const ended = new Promise((resolve) => socket.on('close', resolve))
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await begun.promise
    const stopped = running.stop()
    // Looks several times whether there is still work: there is, as long as the reader waits.
    for (let look = 0; look < 5; look += 1) await new Promise((done) => setImmediate(done))
    socket.resume()
    await Promise.all([stopped, ended])
    expect(got).toBeGreaterThan(bytes)
  })

  test('cuts off what runs longer than it may', async () => {
    const arrived = Promise.withResolvers<void>()
    const never = Promise.withResolvers<Response>()
    const { running, closed } = start(
      () => {
        arrived.resolve()
        return never.promise
      },
      { drainMs: () => 20 },
    )
    const answer = fetch(running.url).then(
      () => 'answered',
      () => 'cut off',
    )
    await arrived.promise
    await running.stop()
    expect(await answer).toBe('cut off')
    expect(closed.times).toBe(1)
  })

  test('asked for twice happens once, and both wait for it', async () => {
    const { running, closed } = start(() => new Response('ok'))
    await Promise.all([running.stop(), running.stop()])
    await running.stop()
    expect(closed.times).toBe(1)
  })

  test('leaves the port free for the next start', async () => {
    const first = start(() => new Response('first'))
    await first.running.stop()
    const second = start(() => new Response('second'), { port: first.port })
    expect(await (await fetch(second.running.url)).text()).toBe('second')
    await second.running.stop()
  })
})

test('an IPv6 address is given in brackets, as a URL wants it', async () => {
  const { running } = start(() => new Response('six'), { hostname: '::1' })
  expect(running.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect(await (await fetch(running.url)).text()).toBe('six')
  await running.stop()
})
