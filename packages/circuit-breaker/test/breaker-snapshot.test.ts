import { describe, expect, test } from 'bun:test'
import type { BreakerSnapshot } from '../src/index.ts'
import { breakerBench } from './support.ts'

const throughJson = (snapshot: BreakerSnapshot): BreakerSnapshot =>
  JSON.parse(JSON.stringify(snapshot))

describe('9. a snapshot', () => {
  test('keeps the remaining wait, which a restored breaker does not start again', () => {
    const before = breakerBench()
    before.clock.time = 50_000
    before.fail(3)
    before.clock.time += 700
    const snapshot = throughJson(before.breaker.snapshot())
    expect(snapshot).toEqual({ state: 'open', attempt: 1, remainingMs: 300 })

    const { breaker, clock, isRefused } = breakerBench({}, snapshot)
    clock.time = 299
    expect(isRefused()).toBe(true)
    expect(breaker.retryAfterMs).toBe(1)
    clock.time = 300
    expect(isRefused()).toBe(false)
  })

  test('keeps the attempt, so that the next wait is the next one', () => {
    const attempts: number[] = []
    const openMs = (attempt: number) => {
      attempts.push(attempt)
      return 1000
    }
    const { breaker, fail } = breakerBench(
      { openMs },
      { state: 'open', attempt: 3, remainingMs: 0 },
    )
    fail(1)
    expect(attempts).toEqual([4])
    expect(breaker.snapshot()).toEqual({ state: 'open', attempt: 4, remainingMs: 1000 })
  })

  test('of a half-open breaker goes on probing with all places free', () => {
    const before = breakerBench({ halfOpen: { calls: 1 } })
    before.fail(3)
    before.clock.time = 1000
    before.breaker.acquire()
    const snapshot = throughJson(before.breaker.snapshot())
    expect(snapshot).toEqual({ state: 'half-open', attempt: 1 })

    const { breaker, fail } = breakerBench({ halfOpen: { calls: 1 } }, snapshot)
    fail(1)
    expect(breaker.metrics()).toMatchObject({ state: 'open', attempt: 2 })
  })

  test.each(['closed', 'forced-open', 'disabled'] as const)('keeps that it is %s', (state) => {
    const { breaker } = breakerBench({}, { state })
    expect(breaker.state).toBe(state)
    expect(breaker.snapshot()).toEqual({ state })
  })
})
