import { describe, expect, test } from 'bun:test'
import { breakerBench } from './support.ts'

const count = { type: 'count', size: 10, minimumCalls: 4, failureRate: 0.5 } as const
const time = {
  type: 'time',
  ms: 1000,
  buckets: 10,
  minimumCalls: 4,
  failureRate: 0.5,
} as const

describe('7. what windows count', () => {
  test('sparse traffic clears every skipped bucket, not only the next one', () => {
    const { breaker, clock, fail, succeed } = breakerBench({ window: time })
    for (const at of [0, 100, 200]) {
      clock.time = at
      fail(1)
    }
    clock.time = 60_000
    expect(breaker.metrics().window.calls).toBe(0)
    fail(1)
    expect(breaker.metrics()).toMatchObject({ state: 'closed', window: { calls: 1, failures: 1 } })
    succeed(1)
  })

  test('a bucket leaves when its whole time lies outside the window', () => {
    const { breaker, clock, succeed } = breakerBench({ window: time })
    succeed(1)
    clock.time = 100
    succeed(2)
    clock.time = 999
    expect(breaker.metrics().window.calls).toBe(3)
    clock.time = 1000
    expect(breaker.metrics().window.calls).toBe(2)
    clock.time = 1100
    expect(breaker.metrics().window.calls).toBe(0)
  })

  test('a count forgets its oldest call first', () => {
    const { breaker, fail, succeed } = breakerBench({ window: count })
    succeed(1)
    fail(1)
    succeed(8)
    expect(breaker.metrics().window).toEqual({ calls: 10, failures: 1, slow: 0 })
    succeed(1)
    expect(breaker.metrics().window.failures).toBe(1)
    succeed(1)
    expect(breaker.metrics().window).toEqual({ calls: 10, failures: 0, slow: 0 })
  })

  test('rates count finished calls only: running ones neither dilute nor fill up', () => {
    const { breaker, fail, succeed } = breakerBench({ window: count })
    for (let started = 0; started < 100; started++) breaker.acquire()
    succeed(1)
    fail(2)
    expect(breaker.state).toBe('closed')
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('counts start afresh on close', () => {
    const { breaker, clock, fail, succeed } = breakerBench({
      window: count,
      halfOpen: { calls: 1 },
    })
    fail(4)
    clock.time = 1000
    succeed(1)
    expect(breaker.metrics()).toMatchObject({ state: 'closed', window: { calls: 0, failures: 0 } })
    fail(3)
    expect(breaker.state).toBe('closed')
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('a threshold is reached at exactly its rate, whatever floating point makes of it', () => {
    const { breaker, fail, succeed } = breakerBench({
      window: { type: 'count', size: 100, failureRate: 0.07 },
    })
    succeed(93)
    fail(6)
    expect(breaker.state).toBe('closed')
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('a good call never opens, though with it there are enough calls', () => {
    const { breaker, fail, succeed } = breakerBench({ window: count })
    fail(3)
    succeed(1)
    expect(breaker.metrics()).toMatchObject({ state: 'closed', window: { calls: 4, failures: 3 } })
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('a count needs as many calls as its size unless it says otherwise', () => {
    const { breaker, fail } = breakerBench({
      window: { type: 'count', size: 5, failureRate: 0.1 },
    })
    fail(4)
    expect(breaker.state).toBe('closed')
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('a success ends a streak', () => {
    const { breaker, fail, succeed } = breakerBench()
    fail(2)
    succeed(1)
    fail(2)
    expect(breaker.state).toBe('closed')
  })
})

describe('7. the sample of half-open', () => {
  const halfOpen = { calls: 4 }

  test('has no minimum: its size is its calls, judged by the same rate', () => {
    const { breaker, clock, fail, succeed } = breakerBench({ window: time, halfOpen })
    fail(4)
    clock.time = 1000
    fail(1)
    succeed(3)
    expect(breaker.state).toBe('closed')
  })

  test('is lost with the failure that reaches the rate', () => {
    const { breaker, clock, fail } = breakerBench({ window: time, halfOpen })
    fail(4)
    clock.time = 1000
    fail(1)
    expect(breaker.state).toBe('half-open')
    fail(1)
    expect(breaker.metrics()).toMatchObject({ state: 'open', attempt: 2 })
  })

  test('of a consecutive breaker is lost with any failure', () => {
    const { breaker, clock, fail, succeed } = breakerBench({ halfOpen })
    fail(3)
    clock.time = 1000
    succeed(3)
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('is lost by slow probes too', () => {
    const { breaker, clock, fail } = breakerBench({
      window: { ...count, slowRate: 0.5 },
      slowMs: 100,
      halfOpen: { calls: 2 },
    })
    fail(4)
    clock.time = 1000
    const probe = breaker.acquire()
    clock.time = 1101
    probe.settle('success')
    expect(breaker.state).toBe('open')
  })
})

function slowBench(window = { ...count, slowRate: 0.5 }) {
  const bench = breakerBench({ window, slowMs: 100 })
  const take = (ms: number, verdict: 'success' | 'failure' | 'ignore' = 'success') => {
    const permit = bench.breaker.acquire()
    bench.clock.time += ms
    permit.settle(verdict)
  }
  return { ...bench, take }
}

describe('7. slow calls', () => {
  test('took longer than slowMs, not as long', () => {
    const { breaker, take } = slowBench()
    take(100)
    take(101)
    expect(breaker.metrics()).toMatchObject({ slow: 1, window: { calls: 2, slow: 1 } })
  })

  test('open at their own rate, though they succeed', () => {
    const { breaker, take } = slowBench()
    take(1)
    take(1)
    take(200)
    expect(breaker.state).toBe('closed')
    take(200)
    expect(breaker.state).toBe('open')
  })

  test('are not judged on a fast success', () => {
    const { breaker, take } = slowBench()
    take(200)
    take(200)
    take(200)
    take(1)
    expect(breaker.state).toBe('closed')
  })

  test('that are ignored do not count', () => {
    const { breaker, take } = slowBench()
    for (let done = 0; done < 10; done++) take(500, 'ignore')
    expect(breaker.metrics()).toMatchObject({ state: 'closed', slow: 0, window: { calls: 0 } })
  })

  test('do not count without a slowRate', () => {
    const { breaker, clock } = breakerBench({ window: count, slowMs: 100 })
    for (let done = 0; done < 10; done++) {
      const permit = breaker.acquire()
      clock.time += 500
      permit.settle('success')
    }
    expect(breaker.metrics()).toMatchObject({ state: 'closed', slow: 10 })
  })
})
