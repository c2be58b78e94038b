import { describe, expect, test } from 'bun:test'
import { BreakerOpenError, type FetchEvent } from '../src/index.ts'
import { errorOf, fetchBench, status, throws, url, type Step } from './support.ts'

const withCode = (code: string) => Object.assign(new TypeError('fetch failed'), { code })
const reset = throws(withCode('ECONNRESET'))
const refused = throws(withCode('ECONNREFUSED'))
const key = { 'idempotency-key': 'k-1' }

/** How many attempts a call made, when only the first goes wrong. */
async function attempts(step: Step, init: RequestInit): Promise<number> {
  const { fetch, clock, requests } = fetchBench([step])
  const answer = fetch(url, init).catch(() => undefined)
  await clock.advance(5000)
  await answer
  return requests.length
}

describe('what is retried', () => {
  test.each([
    ['GET', {}, 2],
    ['HEAD', {}, 2],
    ['PUT', {}, 2],
    ['DELETE', {}, 2],
    ['delete', {}, 2],
    ['POST', {}, 1],
    ['PATCH', {}, 1],
    ['POST', key, 2],
    ['PATCH', key, 2],
  ])('%s with headers %j that fails is sent %d times', async (method, headers, times) => {
    for (const step of [status(503), reset]) {
      expect(await attempts(step, { method, headers })).toBe(times)
    }
  })

  test.each([
    ["Bun's code", withCode('ECONNREFUSED')],
    ["older Bun's code", withCode('ConnectionRefused')],
    ["Node's cause", new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') })],
  ])('any method whose connection was refused: %s', async (_, error) => {
    expect(await attempts(throws(error), { method: 'POST', body: '{}' })).toBe(2)
  })

  test.each([
    [500, 2],
    [502, 2],
    [503, 2],
    [504, 2],
    [501, 1],
    [505, 1],
    [429, 1],
    [409, 1],
    [404, 1],
    [302, 1],
  ])('an answer %d to a GET makes %d attempts', async (code, times) => {
    expect(await attempts(status(code), {})).toBe(times)
  })

  test('not what fetch itself cannot read: that is our mistake', async () => {
    expect(await attempts(throws(withCode('ERR_INVALID_URL')), {})).toBe(1)
  })

  test('at most twice, and then the last answer stands', async () => {
    const { fetch, clock, requests } = fetchBench([status(500), status(502), status(503)])
    const answer = fetch(url)
    await clock.advance(5000)
    expect((await answer).status).toBe(503)
    expect(requests).toHaveLength(3)
    expect(fetch.metrics().retries).toBe(2)
  })

  test('at most twice, and then the last error stands', async () => {
    const { fetch, clock } = fetchBench([reset, reset, refused])
    const error = errorOf(fetch(url))
    await clock.advance(5000)
    expect(await error).toMatchObject({ code: 'ECONNREFUSED' })
  })
})

const stream = () => new Blob(['abc']).stream()

describe('the body', () => {
  test.each([
    ['text', () => 'abc', 2],
    ['bytes', () => new TextEncoder().encode('abc'), 2],
    ['a buffer', () => new TextEncoder().encode('abc').buffer, 2],
    ['a blob', () => new Blob(['abc']), 2],
    ['a form', () => new URLSearchParams({ a: 'b' }), 2],
    ['a stream', stream, 1],
  ])('of %s is sent %3$d times', async (_, body, times) => {
    for (const step of [status(503), refused]) {
      expect(await attempts(step, { method: 'PUT', body: body() })).toBe(times)
    }
  })

  test('arrives whole in every attempt', async () => {
    const bodies: string[] = []
    const keep: Step = async (request) => {
      bodies.push(await request.text())
      return new Response(null, { status: bodies.length === 1 ? 503 : 200 })
    }
    const { fetch, clock } = fetchBench([keep, keep])
    const answer = fetch(url, { method: 'PUT', body: '{"cantidad":3}' })
    await clock.advance(5000)
    expect((await answer).status).toBe(200)
    expect(bodies).toEqual(['{"cantidad":3}', '{"cantidad":3}'])
  })

  test('of a Request is a stream, so it is sent once; without one it is repeated', async () => {
    for (const [init, times] of [
      [{ method: 'PUT', body: 'abc' }, 1],
      [{ method: 'PUT' }, 2],
    ] as const) {
      const { fetch, clock, requests } = fetchBench([status(503)])
      const answer = fetch(new Request(url, init))
      await clock.advance(5000)
      await answer
      expect(requests.map((one) => one.method)).toEqual(Array(times).fill('PUT'))
    }
  })

  test('of an answer that is dropped for a retry is cancelled, that of the last is not', async () => {
    const cancelled: number[] = []
    const busy =
      (code: number): Step =>
      () =>
        new Response(new ReadableStream({ cancel: () => void cancelled.push(code) }), {
          status: code,
        })
    const { fetch, clock } = fetchBench([busy(500), busy(502), busy(503)])
    const answer = fetch(url)
    await clock.advance(5000)
    expect((await answer).status).toBe(503)
    expect(cancelled).toEqual([500, 502])
  })
})

describe('the back-off', () => {
  test('is drawn from 0 to 100 ms, then from 0 to 200 ms', async () => {
    for (const [drawn, waits] of [
      [0.25, [25, 50]],
      [0.99, [99, 198]],
    ] as const) {
      const events: FetchEvent[] = []
      const onEvent = (event: FetchEvent) => void events.push(event)
      const options = { random: () => drawn, onEvent }
      const { fetch, clock } = fetchBench([status(500), status(500)], options)
      const answer = fetch(url)
      await clock.advance(5000)
      await answer
      const retries = events.filter((one) => one.type === 'retry')
      expect(retries.map((one) => one.waitMs)).toEqual([...waits])
    }
  })

  test.each([
    ['seconds', '2', 2000],
    ['an HTTP date', 'Sun, 06 Nov 1994 08:49:40 GMT', 3000],
    ['a date of RFC 850', 'Sunday, 06-Nov-94 08:49:40 GMT', 3000],
    ['a date of asctime', 'Sun Nov  6 08:49:40 1994', 3000],
    ['a date that has passed', 'Sun, 06 Nov 1994 08:49:30 GMT', 0],
    ['nonsense', 'in a while', 0],
    ['a fraction', '1.5', 0],
    ['a negative number', '-3', 0],
  ])('adds what Retry-After asks in %s: %s', async (_, value, asked) => {
    const { fetch, clock, requests } = fetchBench([status(503, { 'retry-after': value })], {
      wallNow: () => Date.UTC(1994, 10, 6, 8, 49, 37),
    })
    const answer = fetch(url)
    await clock.advance(asked + 99)
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    expect(requests).toHaveLength(2)
    await answer
  })

  test('retries a 429 that says when to come back', async () => {
    expect(await attempts(status(429, { 'retry-after': '1' }), {})).toBe(2)
    expect(await attempts(status(429, { 'retry-after': '1' }), { method: 'POST' })).toBe(1)
  })

  test('gives the answer at once when Retry-After lies past the deadline', async () => {
    const { fetch, clock, requests } = fetchBench([status(503, { 'retry-after': '5' })])
    expect((await fetch(url)).status).toBe(503)
    expect(requests).toHaveLength(1)
    expect(clock.waits).toEqual([])
  })
})

describe('the budget', () => {
  test('pays for ten retries and earns a tenth with each call', async () => {
    const { fetch, clock } = fetchBench(Array(1000).fill(status(503)), {
      retries: 1,
      breaker: { window: { type: 'consecutive', failures: 1000 } },
    })
    const calls = async (times: number) => {
      for (let done = 0; done < times; done++) {
        const answer = fetch(url)
        await clock.advance(200)
        await answer
      }
      return fetch.metrics().retries
    }
    expect(await calls(10)).toBe(10)
    // These ten calls and the next have earned one more, and each further ten earn another.
    expect(await calls(1)).toBe(11)
    expect(await calls(9)).toBe(11)
    expect(await calls(1)).toBe(12)
    expect(await calls(100)).toBe(22)
  })

  test('never holds more than ten', async () => {
    const steps = [...Array<Step>(500).fill(status(200)), ...Array<Step>(100).fill(status(503))]
    const { fetch, clock } = fetchBench(steps, {
      retries: 1,
      breaker: { window: { type: 'consecutive', failures: 1000 } },
    })
    for (let done = 0; done < 512; done++) {
      const answer = fetch(url)
      await clock.advance(200)
      await answer
    }
    expect(fetch.metrics().retries).toBe(11)
  })
})

describe('only one layer retries', () => {
  test('which marks its calls, so that those who serve them do not', async () => {
    const outer = fetchBench([status(503)])
    const answer = outer.fetch(url)
    await outer.clock.advance(5000)
    await answer
    const marks = outer.requests.map((one) => one.headers.get('x-retry-layer'))
    expect(marks).toEqual(['1', '1'])

    const inner = fetchBench([status(503)])
    const headers = { 'x-retry-layer': '1' }
    expect((await inner.fetch(url, { headers })).status).toBe(503)
    expect(inner.requests.map((one) => one.headers.get('x-retry-layer'))).toEqual(['1'])
  })

  test('not even of a refused connection', async () => {
    const headers = { 'x-retry-layer': '1' }
    expect(await attempts(refused, { method: 'POST', headers })).toBe(1)
  })

  test('and a call that will not be repeated leaves it to the next layer', async () => {
    for (const [init, options] of [
      [{ method: 'POST' }, {}],
      [{}, { retries: 0 }],
    ] as const) {
      const { fetch, requests } = fetchBench([], options)
      await fetch(url, init)
      expect(requests[0]?.headers.has('x-retry-layer')).toBe(false)
    }
  })
})

describe('a refusal on this side', () => {
  test('is never retried', async () => {
    const { fetch, clock, requests } = fetchBench([])
    fetch.breaker.forceOpen()
    expect(await errorOf(fetch(url))).toBeInstanceOf(BreakerOpenError)
    expect(clock.waits).toEqual([])
    expect(requests).toEqual([])
  })

  test('of a retry leaves the answer before it standing, with its body', async () => {
    const { fetch, clock } = fetchBench([status(503)])
    const answer = fetch(url)
    await clock.advance(50)
    fetch.breaker.forceOpen()
    await clock.advance(50)
    expect((await answer).status).toBe(503)
    expect(await (await answer).text()).toBe('answer 503')
  })

  test('that is sure to come is not waited for', async () => {
    const { fetch, clock, requests } = fetchBench([status(503)], {
      breaker: { window: { type: 'consecutive', failures: 1 } },
    })
    expect((await fetch(url)).status).toBe(503)
    expect(requests).toHaveLength(1)
    expect(clock.waits).toEqual([])
    expect(fetch.metrics().retries).toBe(0)
  })
})
