import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'bun:test'
import { createResilientFetch } from '../src/index.ts'
import { errorOf, FakeClock } from './support.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

function serve(answer: (request: Request) => Response | Promise<Response>, port = 0): URL {
  const server = Bun.serve({ hostname: '127.0.0.1', port, reusePort: false, fetch: answer })
  cleanups.push(() => server.stop(true))
  return server.url
}

/** A port that was free a moment ago, so that a connection to it is refused. */
function refusedUrl(): URL {
  const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response() })
  const { url } = server
  server.stop(true)
  return url
}

/** A server that hangs up on every request without an answer. */
async function closingServer(): Promise<{ url: string; requests: () => number }> {
  let requests = 0
  const server = createServer((socket) => {
    socket.once('data', () => {
      requests++
      socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}/`, requests: () => requests }
}

const isMostOf5s = (ms: number): boolean => ms > 4000 && ms <= 5000

const quick = { target: 'real', backOffMs: 0 }

describe('over real HTTP', () => {
  test('a request arrives whole, and the answer too', async () => {
    const url = serve(async (request) =>
      Response.json({
        method: request.method,
        key: request.headers.get('idempotency-key'),
        inTime: isMostOf5s(Number(request.headers.get('x-deadline-ms'))),
        body: await request.json(),
      }),
    )
    const response = await createResilientFetch(quick)(url, {
      method: 'POST',
      headers: { 'idempotency-key': 'k', 'content-type': 'application/json' },
      body: '{"cantidad":3}',
    })
    const answer = await response.json()
    expect(answer).toEqual({ method: 'POST', key: 'k', body: { cantidad: 3 }, inTime: true })
  })

  test('a slow server is given up, and sees its request aborted', async () => {
    const aborted = Promise.withResolvers<void>()
    const url = serve((request) => {
      request.signal.addEventListener('abort', () => aborted.resolve())
      return new Promise(() => {})
    })
    const fetcher = createResilientFetch({ ...quick, attemptTimeoutMs: 50, retries: 0 })
    expect(await errorOf(fetcher(url))).toMatchObject({ name: 'AttemptTimeoutError' })
    await aborted.promise
    expect(fetcher.metrics().calls.failure).toBe(1)
  })

  test('a body that stalls is cut at the deadline', async () => {
    const stalled = new ReadableStream({ start: (controller) => controller.enqueue('{') })
    const url = serve(() => new Response(stalled))
    const clock = new FakeClock()
    const { now, setTimer } = clock
    const fetcher = createResilientFetch({ ...quick, deadlineMs: 100, now, setTimer })
    const response = await fetcher(url)
    const cut = errorOf(response.text())
    await clock.advance(100)
    expect(await cut).toMatchObject({ cutBy: 'deadline' })
  })

  test('a server that hangs up is asked again for a GET and not for a POST', async () => {
    const { url, requests } = await closingServer()
    const fetcher = createResilientFetch(quick)
    expect(await errorOf(fetcher(url))).toMatchObject({ code: 'ECONNRESET' })
    expect(fetcher.metrics()).toMatchObject({ retries: 2, calls: { failure: 3 } })
    const before = requests()
    await errorOf(fetcher(url, { method: 'POST', body: '{}' }))
    expect(requests()).toBe(before + 1)
  })

  test('a refused connection is tried again even for a POST, and reaches a peer that is back', async () => {
    const url = refusedUrl()
    let bodies = 0
    const fetcher = createResilientFetch({
      target: 'real',
      onEvent: (event) => {
        if (event.type !== 'retry') return
        serve(async (request) => {
          if ((await request.text()) === '{"cantidad":3}') bodies++
          return new Response('back')
        }, Number(url.port))
      },
    })
    const response = await fetcher(url, { method: 'POST', body: '{"cantidad":3}' })
    expect(await response.text()).toBe('back')
    expect(bodies).toBe(1)
  })

  test('a peer that stays away opens the breaker, and then costs no connection', async () => {
    const url = refusedUrl()
    const breaker = { window: { type: 'consecutive', failures: 3 } } as const
    const fetcher = createResilientFetch({ ...quick, breaker })
    await errorOf(fetcher(url))
    expect(await errorOf(fetcher(url))).toMatchObject({ name: 'BreakerOpenError' })
    expect(fetcher.metrics().calls.failure).toBe(3)
  })

  test('an address that fetch cannot read says nothing about the target', async () => {
    const fetcher = createResilientFetch(quick)
    expect(await errorOf(fetcher('no address'))).toMatchObject({ code: 'ERR_INVALID_URL' })
    expect(fetcher.metrics().calls).toEqual({ success: 0, failure: 0, ignore: 1 })
  })

  test('a process ends with its last answer, not with the deadline', async () => {
    const url = serve(() => new Response('done'))
    const { href } = new URL('../src/index.ts', import.meta.url)
    const script = `
      import { createResilientFetch } from ${JSON.stringify(href)}
      const fetcher = createResilientFetch({ target: 'real', deadlineMs: 600_000 })
      console.log(await (await fetcher(${JSON.stringify(url.href)})).text())`
    const child = Bun.spawn([process.execPath, '-e', script], { timeout: 10_000 })
    expect(await child.exited).toBe(0)
    expect(await child.stdout.text()).toBe('done\n')
  })
})
