import { describe, expect, test } from 'bun:test'
import { AttemptTimeoutError, DeadlineExceededError } from '../src/index.ts'
import { errorOf, fetchBench, hang, settled, status, url, type Step } from './support.ts'

const granted = (ms: string) => ({ headers: { 'x-deadline-ms': ms } })
const sent = (requests: Request[]) => requests.map((one) => one.headers.get('x-deadline-ms'))

test('an answer is never asked for its stream, which would slow its reading down', async () => {
  const { fetch } = fetchBench([
    () => {
      const answer = new Response('{}')
      Object.defineProperty(answer, 'body', {
        get() {
          throw new Error('made a stream')
        },
      })
      return Promise.resolve(answer)
    },
  ])
  expect(await (await fetch(url)).text()).toBe('{}')
})

describe('the total deadline', () => {
  test('travels with each attempt as what is left of it', async () => {
    const { fetch, clock, requests } = fetchBench([status(503)])
    const answer = fetch(url)
    await clock.advance(100)
    expect((await answer).status).toBe(200)
    expect(sent(requests)).toEqual(['5000', '4900'])
  })

  test('is capped by what the caller was granted, and not raised by it', async () => {
    const { fetch, requests } = fetchBench([])
    await fetch(url, granted('1200'))
    await fetch(url, granted('99999999'))
    expect(sent(requests)).toEqual(['1200', '5000'])
  })

  test.each(['', 'soon', 'NaN', '1e3', '0x10'])(
    'counts a grant of %j as absent',
    async (nonsense) => {
      const { fetch, requests } = fetchBench([])
      await fetch(url, granted(nonsense))
      expect(sent(requests)).toEqual(['5000'])
    },
  )

  test.each(['0', '-5', '0.9'])('refuses with %s ms left and sends nothing', async (left) => {
    const { fetch, requests } = fetchBench([])
    const error = await errorOf(fetch(url, granted(left)))
    expect(error).toBeInstanceOf(DeadlineExceededError)
    expect(error).toMatchObject({ by: 'deadline', target: 'inventario' })
    expect(requests).toEqual([])
    expect(fetch.metrics()).toMatchObject({
      calls: { success: 0, failure: 0, ignore: 0 },
      refused: { deadline: 1 },
    })
  })

  test('cuts an attempt that it leaves too little time', async () => {
    const { fetch, clock } = fetchBench([hang])
    const error = errorOf(fetch(url, granted('300')))
    await clock.advance(300)
    expect(await error).toMatchObject({ name: 'AttemptTimeoutError', cutBy: 'deadline' })
  })

  test('covers the body of the answer', async () => {
    const { fetch, clock } = fetchBench([endlessBody])
    const response = await fetch(url, granted('300'))
    const body = errorOf(response.text())
    await clock.advance(299)
    expect(await Promise.race([body, settled()])).toBeUndefined()
    await clock.advance(1)
    expect(await body).toBeInstanceOf(AttemptTimeoutError)
  })

  test('leaves no timer that would keep the process alive once the headers are here', async () => {
    const { fetch, clock } = fetchBench([endlessBody])
    await fetch(url)
    expect(clock.waits).toEqual([])
  })

  test('lets go of the answer as soon as it has been read, however that is done', async () => {
    for (const read of ['json', 'text', 'arrayBuffer', 'bytes', 'blob'] as const) {
      const { fetch, clock } = fetchBench([() => new Response('{"id":7}')])
      const response = await fetch(url)
      expect(clock.timers).toBe(1)
      await response[read]()
      expect(clock.timers).toBe(0)
    }
  })

  test('ends retries: one that would not fit is not tried', async () => {
    const { fetch, clock, requests } = fetchBench([hang, hang, hang], { attemptTimeoutMs: 450 })
    const error = errorOf(fetch(url, granted('1000')))
    await clock.advance(5000)
    expect(await error).toMatchObject({ cutBy: 'attempt' })
    expect(sent(requests)).toEqual(['1000', '450'])
  })
})

/** Like a peer that stalls after its headers; the body errors with the signal, as fetch's does. */
const endlessBody: Step = ({ signal }) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{'))
        signal.addEventListener('abort', () => controller.error(signal.reason))
      },
    }),
  )

describe('the attempt timeout', () => {
  test('cuts one attempt with an error of its own, and aborts the request', async () => {
    const { fetch, clock, requests } = fetchBench([hang], { retries: 0 })
    const error = errorOf(fetch(url))
    await clock.advance(1999)
    expect(requests[0]?.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(requests[0]?.signal.aborted).toBe(true)
    expect(await error).toMatchObject({
      name: 'AttemptTimeoutError',
      target: 'inventario',
      afterMs: 2000,
      cutBy: 'attempt',
    })
    expect(clock.waits).toEqual([])
  })

  test('counts as a failure, and what can be repeated is', async () => {
    const { fetch, clock, requests } = fetchBench([hang])
    const answer = fetch(url)
    await clock.advance(2100)
    expect((await answer).status).toBe(200)
    expect(requests).toHaveLength(2)
    expect(fetch.metrics().calls).toEqual({ success: 1, failure: 1, ignore: 0 })
  })

  test('also ends an attempt whose fetch ignores its signal', async () => {
    const { fetch, clock } = fetchBench([() => new Promise(() => {})], { retries: 0 })
    const error = errorOf(fetch(url))
    await clock.advance(2000)
    expect(await error).toBeInstanceOf(AttemptTimeoutError)
    expect(fetch.metrics().running).toBe(0)
  })

  test('a caller in a hurry says nothing about the target, but a slow target does', async () => {
    const { fetch, clock } = fetchBench([hang, hang], { breaker: { slowMs: 400 } })
    const hurried = errorOf(fetch(url, granted('400')))
    await clock.advance(400)
    await hurried
    expect(fetch.metrics().calls).toEqual({ success: 0, failure: 0, ignore: 1 })
    const patient = errorOf(fetch(url, granted('401')))
    await clock.advance(401)
    await patient
    expect(fetch.metrics().calls).toEqual({ success: 0, failure: 1, ignore: 1 })
  })
})

describe("the caller's abort", () => {
  const reason = new Error('the shopper left')

  test('before the call sends nothing', async () => {
    const { fetch, requests } = fetchBench([])
    expect(await errorOf(fetch(url, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(requests).toEqual([])
  })

  test('during an attempt ends it at once, ignored by the breaker and not retried', async () => {
    const { fetch, clock, requests } = fetchBench([hang])
    const caller = new AbortController()
    const error = errorOf(fetch(url, { signal: caller.signal }))
    await clock.advance(10)
    caller.abort(reason)
    expect(await error).toBe(reason)
    expect(requests).toHaveLength(1)
    expect(requests[0]?.signal.aborted).toBe(true)
    expect(fetch.metrics()).toMatchObject({ calls: { failure: 0, ignore: 1 }, running: 0 })
    expect(clock.waits).toEqual([])
  })

  test('during the back-off ends the wait and its timer', async () => {
    const { fetch, clock, requests } = fetchBench([status(503)])
    const caller = new AbortController()
    const error = errorOf(fetch(url, { signal: caller.signal }))
    await clock.advance(50)
    expect(clock.waits).toEqual([50])
    caller.abort(reason)
    expect(await error).toBe(reason)
    expect(clock.waits).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('during the back-off cancels the answer that was to be retried', async () => {
    let cancelled = false
    const body = new ReadableStream({ cancel: () => void (cancelled = true) })
    const { fetch, clock } = fetchBench([() => new Response(body, { status: 503 })])
    const caller = new AbortController()
    const error = errorOf(fetch(url, { signal: caller.signal }))
    await clock.advance(50)
    expect(cancelled).toBe(false)
    caller.abort(reason)
    await error
    expect(cancelled).toBe(true)
  })

  test('while the body is read ends the reading', async () => {
    const { fetch } = fetchBench([endlessBody])
    const caller = new AbortController()
    const response = await fetch(url, { signal: caller.signal })
    const body = errorOf(response.text())
    caller.abort(reason)
    expect(await body).toBe(reason)
  })

  test('by the signal of a Request is honoured too', async () => {
    const { fetch, clock } = fetchBench([hang])
    const caller = new AbortController()
    const error = errorOf(fetch(new Request(url, { signal: caller.signal })))
    await clock.advance(10)
    caller.abort(reason)
    expect(await error).toBe(reason)
  })
})
