import { describe, expect, test } from 'bun:test'
import {
  BreakerOpenError,
  BulkheadFullError,
  createResilientFetch,
  DeadlineExceededError,
  LocalRefusalError,
  type FetchEvent,
} from '../src/index.ts'
import { errorOf, fetchBench, hang, settled, status, throws, url } from './support.ts'

describe('the breaker', () => {
  test.each([
    [200, 'success'],
    [404, 'success'],
    [409, 'success'],
    [501, 'success'],
    [505, 'success'],
    [429, 'ignore'],
    [500, 'failure'],
    [503, 'failure'],
    [599, 'failure'],
  ] as const)('takes an answer %d as %s', async (code, verdict) => {
    const { fetch } = fetchBench([status(code)], { retries: 0 })
    expect((await fetch(url)).status).toBe(code)
    const none = { success: 0, failure: 0, ignore: 0 }
    expect(fetch.metrics().calls).toEqual({ ...none, [verdict]: 1 })
  })

  test('takes a network error as a failure, and gives it to the caller as it is', async () => {
    const error = Object.assign(new TypeError('reset'), { code: 'ECONNRESET' })
    const { fetch } = fetchBench([throws(error)], { retries: 0 })
    expect(await errorOf(fetch(url))).toBe(error)
    expect(fetch.metrics().calls.failure).toBe(1)
  })

  test('judges each attempt, not each call', async () => {
    const { fetch, clock } = fetchBench([status(503), status(503)])
    const answer = fetch(url)
    await clock.advance(5000)
    await answer
    expect(fetch.metrics().calls).toEqual({ success: 1, failure: 2, ignore: 0 })
  })

  test('opens by default at half of twenty calls, for a second give or take a fifth', async () => {
    for (const [drawn, openMs] of [
      [0, 800],
      [0.5, 1000],
      [0.75, 1100],
    ] as const) {
      const steps = [...Array(10).fill(status(200)), ...Array(10).fill(status(500))]
      const { fetch, requests } = fetchBench(steps, { retries: 0, random: () => drawn })
      for (let done = 0; done < 19; done++) await fetch(url)
      expect(fetch.breaker.state).toBe('closed')
      await fetch(url)
      const error = await errorOf(fetch(url))
      expect(error).toBeInstanceOf(BreakerOpenError)
      expect(error).toMatchObject({ retryAfterMs: openMs, target: 'inventario' })
      expect(requests).toHaveLength(20)
    }
  })

  test('doubles its wait up to thirty seconds, and probes with three', async () => {
    const { fetch, clock } = fetchBench(Array(100).fill(status(500)), {
      retries: 0,
      random: () => 0.5,
    })
    for (let done = 0; done < 20; done++) await fetch(url)
    const waits: number[] = []
    for (let opening = 0; opening < 7; opening++) {
      waits.push(fetch.metrics().retryAfterMs)
      await clock.advance(fetch.metrics().retryAfterMs)
      await fetch(url)
      await fetch(url)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  })

  test('opens by default when eight in ten of twenty take over a second', async () => {
    const { fetch, clock } = fetchBench(Array(20).fill(hang), {
      retries: 0,
      attemptTimeoutMs: 1500,
    })
    const calls = Array.from({ length: 20 }, () => fetch(url).catch(() => undefined))
    await clock.advance(1500)
    await Promise.all(calls)
    expect(fetch.metrics()).toMatchObject({ state: 'open', slow: 20 })
  })

  test('can be configured, and starts from a snapshot', async () => {
    const { fetch, clock } = fetchBench([status(500)], {
      breaker: { window: { type: 'consecutive', failures: 1 }, openMs: 70 },
      snapshot: { state: 'open', attempt: 2, remainingMs: 400 },
      retries: 0,
    })
    expect(await errorOf(fetch(url))).toMatchObject({ retryAfterMs: 400 })
    await clock.advance(400)
    await fetch(url)
    expect(fetch.breaker.snapshot()).toEqual({ state: 'open', attempt: 3, remainingMs: 70 })
  })
})

describe('the bulkhead', () => {
  test('refuses the attempt beyond its bound at once', async () => {
    const { fetch, clock, requests } = fetchBench([hang, hang], { concurrency: 2, retries: 0 })
    const running = [errorOf(fetch(url)), errorOf(fetch(url))]
    const error = await errorOf(fetch(url))
    expect(error).toBeInstanceOf(BulkheadFullError)
    expect(error).toMatchObject({ by: 'bulkhead', retryAfterMs: 1000 })
    expect(requests).toHaveLength(2)
    expect(fetch.metrics()).toMatchObject({ running: 2, refused: { bulkhead: 1 } })
    await clock.advance(2000)
    await Promise.all(running)
    expect((await fetch(url)).status).toBe(200)
    expect(fetch.metrics()).toMatchObject({ running: 0, calls: { failure: 2, success: 1 } })
  })

  test('is free during a back-off', async () => {
    const { fetch, clock } = fetchBench([status(503)], { concurrency: 1 })
    const retrying = fetch(url)
    await settled()
    expect(clock.waits).toEqual([100])
    expect((await fetch(url)).status).toBe(200)
    await clock.advance(100)
    expect((await retrying).status).toBe(200)
  })

  test('is free again after every kind of end', async () => {
    const { fetch } = fetchBench([throws(new Error('x')), status(500), status(200)], {
      concurrency: 1,
      retries: 0,
    })
    await errorOf(fetch(url))
    await fetch(url)
    await fetch(url)
    fetch.breaker.forceOpen()
    expect(await errorOf(fetch(url))).toBeInstanceOf(BreakerOpenError)
    expect(fetch.metrics().running).toBe(0)
  })
})

describe('the order of the layers', () => {
  test('is deadline, bulkhead, breaker: the outermost refuses first', async () => {
    const { fetch, clock } = fetchBench([hang], { concurrency: 1, retries: 0 })
    const running = errorOf(fetch(url))
    fetch.breaker.forceOpen()
    const late = { headers: { 'x-deadline-ms': '0' } }
    expect(await errorOf(fetch(url, late))).toBeInstanceOf(DeadlineExceededError)
    expect(await errorOf(fetch(url))).toBeInstanceOf(BulkheadFullError)
    await clock.advance(2000)
    await running
    expect(await errorOf(fetch(url))).toBeInstanceOf(BreakerOpenError)
  })

  test('makes every refusal one type, which says that nothing was sent and when to come back', async () => {
    const { fetch, requests } = fetchBench([])
    fetch.breaker.forceOpen()
    const late = { headers: { 'x-deadline-ms': '0' } }
    for (const error of [await errorOf(fetch(url)), await errorOf(fetch(url, late))]) {
      expect(error).toBeInstanceOf(LocalRefusalError)
      expect(error).toMatchObject({ retryAfterMs: 1000 })
    }
    expect(requests).toEqual([])
  })
})

describe('events and metrics', () => {
  test('tell of each layer', async () => {
    const events: FetchEvent[] = []
    const { fetch, clock } = fetchBench([status(503)], {
      breaker: { window: { type: 'consecutive', failures: 2 } },
      onEvent: (event) => void events.push(event),
    })
    const answer = fetch(url)
    await clock.advance(5000)
    await answer
    await errorOf(fetch(url, { headers: { 'x-deadline-ms': '0' } }))
    fetch.breaker.forceOpen()
    await errorOf(fetch(url))
    const name = 'inventario'
    expect(events).toEqual([
      { type: 'call', name, verdict: 'failure', slow: false },
      { type: 'retry', name, retry: 1, waitMs: 100 },
      { type: 'call', name, verdict: 'success', slow: false },
      { type: 'refused', name, by: 'deadline', retryAfterMs: 1000 },
      { type: 'state', name, from: 'closed', to: 'forced-open', attempt: 0, retryAfterMs: 1000 },
      { type: 'refused', name, by: 'breaker', retryAfterMs: 1000 },
    ])
    expect(fetch.metrics()).toMatchObject({
      name,
      state: 'forced-open',
      refusals: 1,
      refused: { breaker: 1, bulkhead: 0, deadline: 1 },
      retries: 1,
      running: 0,
    })
  })

  test('survive a listener that throws', async () => {
    const { fetch, clock } = fetchBench([status(503)], {
      onEvent: () => {
        throw new Error('listener')
      },
    })
    const answer = fetch(url)
    await clock.advance(5000)
    expect((await answer).status).toBe(200)
    expect(fetch.metrics().calls).toEqual({ success: 1, failure: 1, ignore: 0 })
  })
})

describe('the fetcher', () => {
  test('carries preconnect, of the fetch that it wraps', () => {
    const asked: string[] = []
    const inner = Object.assign(async () => new Response(), {
      preconnect: (target: string | URL) => void asked.push(String(target)),
    })
    createResilientFetch({ target: 'auth', fetch: inner }).preconnect(url)
    expect(asked).toEqual([url])
    expect(createResilientFetch({ target: 'auth' }).preconnect).toBe(fetch.preconnect)
  })

  test("passes method, headers and body on as they are, and leaves the caller's headers alone", async () => {
    const { fetch, requests } = fetchBench([])
    const headers = new Headers({ authorization: 'Bearer t', traceparent: '00-1-2-01' })
    await fetch(url, { method: 'PUT', headers, body: 'abc' })
    const [request] = requests
    expect(request?.method).toBe('PUT')
    expect(request?.headers.get('authorization')).toBe('Bearer t')
    expect(request?.headers.get('traceparent')).toBe('00-1-2-01')
    expect(await request?.text()).toBe('abc')
    expect([...headers.keys()]).toEqual(['authorization', 'traceparent'])
  })

  test.each([
    [{ deadlineMs: 0 }, 'deadlineMs must be a number from 1'],
    [{ attemptTimeoutMs: NaN }, 'attemptTimeoutMs'],
    [{ retries: -1 }, 'retries must be a whole number from 0 to 10, got -1'],
    [{ concurrency: 0.5 }, 'concurrency must be a whole number'],
    [{ backOffMs: -1 }, 'backOffMs'],
  ])('refuses options out of range: %j', (options, message) => {
    expect(() => createResilientFetch({ target: 'auth', ...options })).toThrow(message)
  })
})
