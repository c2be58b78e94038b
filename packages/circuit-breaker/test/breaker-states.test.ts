import { describe, expect, test } from 'bun:test'
import { Breaker, BreakerOpenError, LocalRefusalError } from '../src/index.ts'
import { breakerBench, errorOf } from './support.ts'

describe('the way around', () => {
  test('opens at the limit, waits, probes, and closes', () => {
    const { breaker, clock, events, fail, succeed } = breakerBench({ halfOpen: { calls: 1 } })
    fail(2)
    expect(breaker.state).toBe('closed')
    fail(1)
    expect(breaker.state).toBe('open')
    expect(breaker.retryAfterMs).toBe(1000)
    clock.time = 1000
    expect(breaker.retryAfterMs).toBe(0)
    succeed(1)
    expect(breaker.state).toBe('closed')
    const states = events.flatMap((event) => (event.type === 'state' ? [event.to] : []))
    expect(states).toEqual(['open', 'half-open', 'closed'])
  })

  test('refuses while open with the rest of the wait', async () => {
    const { breaker, clock, fail } = breakerBench({ name: 'productos' })
    fail(3)
    clock.time = 400
    const error = await errorOf(breaker.run(() => 1))
    expect(error).toBeInstanceOf(LocalRefusalError)
    expect(error).toMatchObject({
      name: 'BreakerOpenError',
      by: 'breaker',
      target: 'productos',
      retryAfterMs: 600,
    })
  })

  test('tells openMs which opening in a row it is, from 1 again after a close', () => {
    const attempts: number[] = []
    const { clock, fail, succeed } = breakerBench({
      halfOpen: { calls: 1 },
      openMs: (attempt) => {
        attempts.push(attempt)
        return 100 * attempt
      },
    })
    fail(3)
    clock.time = 100
    fail(1)
    clock.time = 299
    expect(() => fail(1)).toThrow(BreakerOpenError)
    clock.time = 300
    succeed(1)
    fail(3)
    expect(attempts).toEqual([1, 2, 1])
  })

  test('falls back to a second when openMs throws or gives no duration, and tells of the throw', () => {
    const broken = [
      () => {
        throw new Error('no idea')
      },
      () => NaN,
      () => Infinity,
      () => -1,
    ]
    for (const openMs of broken) {
      const { breaker, events, fail } = breakerBench({ openMs })
      fail(3)
      expect(breaker.retryAfterMs).toBe(1000)
      expect(events.some((one) => one.type === 'callback-error')).toBe(openMs === broken[0])
    }
  })

  test('forced open refuses until it is reset; disabled admits and judges nothing', () => {
    const { breaker, clock, fail, isRefused } = breakerBench()
    breaker.forceOpen()
    clock.time = 3_600_000
    expect(isRefused()).toBe(true)
    expect(breaker.retryAfterMs).toBe(1000)
    breaker.disable()
    fail(100)
    expect(breaker.state).toBe('disabled')
    breaker.reset()
    fail(2)
    expect(breaker.state).toBe('closed')
  })

  test('tells only of changes: a reset of a closed breaker is none', () => {
    const { breaker, events } = breakerBench()
    breaker.reset()
    breaker.forceOpen()
    breaker.forceOpen()
    expect(events).toEqual([
      {
        type: 'state',
        name: 'breaker',
        from: 'closed',
        to: 'forced-open',
        attempt: 0,
        retryAfterMs: 1000,
      },
    ])
  })

  test('reset forgets what was counted', () => {
    const { breaker, fail } = breakerBench()
    fail(2)
    breaker.reset()
    fail(2)
    expect(breaker.state).toBe('closed')
  })
})

const onlyFails500 = (error: unknown, value?: number) =>
  error === undefined && value === 500 ? 'failure' : 'ignore'

describe('run', () => {
  test('gives the value or the very error of the call, also of one that throws before it waits', async () => {
    const { breaker } = breakerBench()
    const error = new Error('mine')
    expect(await breaker.run(async () => 7)).toBe(7)
    expect(await breaker.run(() => 8)).toBe(8)
    const thrower = () => {
      throw error
    }
    expect(await errorOf(breaker.run(thrower))).toBe(error)
    expect(await errorOf(breaker.run(() => Promise.reject(error)))).toBe(error)
    expect(breaker.metrics().calls).toEqual({ success: 2, failure: 2, ignore: 0 })
  })

  test('asks the classifier about values and errors', async () => {
    const { breaker } = breakerBench()
    await breaker.run(() => 500, onlyFails500)
    await breaker.run(() => 429, onlyFails500)
    await errorOf(breaker.run(() => Promise.reject(new Error()), onlyFails500))
    expect(breaker.metrics().calls).toEqual({ success: 0, failure: 1, ignore: 2 })
  })

  test('does not call the function when it refuses', async () => {
    const { breaker } = breakerBench()
    breaker.forceOpen()
    let called = false
    await errorOf(breaker.run(() => (called = true)))
    expect(called).toBe(false)
    expect(breaker.metrics().refusals).toBe(1)
  })
})

describe('options', () => {
  const window = { type: 'consecutive', failures: 3 } as const
  const rates = { failureRate: 0.5 }

  test.each([
    [{ window, openMs: -1 }, 'openMs must be a number from 0 to 2147483647, got -1'],
    [{ window, openMs: NaN }, 'got NaN'],
    [{ window, openMs: 1, slowMs: -5 }, 'slowMs'],
    [{ window, openMs: 1, halfOpen: { calls: 0 } }, 'calls must be a whole number from 1'],
    [{ window, openMs: 1, halfOpen: { maxWaitMs: 0 } }, 'maxWaitMs'],
    [{ window: { ...window, failures: 1.5 }, openMs: 1 }, 'failures must be a whole number'],
    [{ window: { type: 'count' as const, size: 0, ...rates }, openMs: 1 }, 'size'],
    [{ window: { type: 'count' as const, size: 5, failureRate: 50 }, openMs: 1 }, 'failureRate'],
    [
      { window: { type: 'time' as const, ms: 0, minimumCalls: 1, ...rates }, openMs: 1 },
      'ms must be a number from 1',
    ],
    [
      { window: { type: 'count' as const, size: 5, minimumCalls: 6, ...rates }, openMs: 1 },
      'minimumCalls must be at most size 5, got 6',
    ],
    [
      { window: { type: 'count' as const, size: 5, slowRate: 0.5, ...rates }, openMs: 1 },
      'slowRate must come with slowMs, got 0.5 alone',
    ],
  ])('are refused out of range, with what arrived: %j', (options, message) => {
    expect(() => new Breaker(options)).toThrow(message)
  })

  test('a snapshot out of range is refused too', () => {
    expect(
      () => new Breaker({ window, openMs: 1 }, { state: 'open', attempt: 1, remainingMs: -1 }),
    ).toThrow('remainingMs must be a number from 0 to 2147483647, got -1')
  })
})
