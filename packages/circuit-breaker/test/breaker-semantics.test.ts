import { describe, expect, test } from 'bun:test'
import { breakerBench, errorOf, settled } from './support.ts'

describe('1. every permit belongs to an epoch', () => {
  test('a failure that was started before the breaker opened does not fail the probe', () => {
    const { breaker, clock, fail, succeed } = breakerBench({ halfOpen: { calls: 2 } })
    const late = breaker.acquire()
    fail(3)
    clock.time = 1000
    succeed(1)
    late.settle('failure')
    expect(breaker.state).toBe('half-open')
    succeed(1)
    expect(breaker.state).toBe('closed')
  })

  test('a success that was started before the breaker opened does not close it', () => {
    const { breaker, clock, fail, isRefused } = breakerBench({ halfOpen: { calls: 1 } })
    const late = breaker.acquire()
    fail(3)
    late.settle('success')
    expect(breaker.state).toBe('open')
    clock.time = 1000
    const probe = breaker.acquire()
    expect(isRefused()).toBe(true)
    probe.settle('failure')
    expect(breaker.state).toBe('open')
  })

  test('a probe of an earlier half-open counts in no later one', () => {
    const { breaker, clock, fail } = breakerBench({ halfOpen: { calls: 2 } })
    fail(3)
    clock.time = 1000
    const old = breaker.acquire()
    fail(1)
    clock.time = 2000
    const probe = breaker.acquire()
    old.settle('success')
    probe.settle('success')
    expect(breaker.metrics()).toMatchObject({ state: 'half-open', window: { calls: 1 } })
  })

  test('a failure from before a reset does not count after it', () => {
    const { breaker, fail } = breakerBench()
    const old = [breaker.acquire(), breaker.acquire(), breaker.acquire()]
    breaker.reset()
    for (const permit of old) permit.settle('failure')
    expect(breaker.state).toBe('closed')
    fail(3)
    expect(breaker.state).toBe('open')
  })
})

describe('2. ignore is neutral', () => {
  test('it does not interrupt a streak of failures', () => {
    const { breaker, fail } = breakerBench()
    fail(2)
    breaker.acquire().settle('ignore')
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test('it takes no place in a window', () => {
    const { breaker, fail, succeed } = breakerBench({
      window: { type: 'count', size: 4, failureRate: 0.5 },
    })
    succeed(2)
    fail(1)
    for (let done = 0; done < 10; done++) breaker.acquire().settle('ignore')
    expect(breaker.metrics().window).toEqual({ calls: 3, failures: 1, slow: 0 })
    fail(1)
    expect(breaker.state).toBe('open')
  })

  test("it gives the probe's place back", () => {
    const { breaker, clock, fail, isRefused } = breakerBench({ halfOpen: { calls: 1 } })
    fail(3)
    clock.time = 1000
    const first = breaker.acquire()
    expect(isRefused()).toBe(true)
    first.settle('ignore')
    breaker.acquire().settle('success')
    expect(breaker.state).toBe('closed')
  })

  test('it gives no place in an epoch that did not give one', () => {
    const { breaker, clock, fail, isRefused } = breakerBench({ halfOpen: { calls: 2 } })
    fail(3)
    clock.time = 1000
    const old = breaker.acquire()
    fail(1)
    clock.time = 2000
    const [one, two] = [breaker.acquire(), breaker.acquire()]
    old.settle('ignore')
    expect(isRefused()).toBe(true)
    one.settle('success')
    two.settle('success')
    expect(breaker.state).toBe('closed')
  })
})

describe('3. half-open admits so many probes', () => {
  test('finished and running together, and refuses the others at once', async () => {
    const { breaker, clock, fail, succeed } = breakerBench({ halfOpen: { calls: 3 } })
    fail(3)
    clock.time = 1000
    succeed(1)
    const answers = Array.from({ length: 10 }, () => Promise.withResolvers<void>())
    const started: number[] = []
    const runs = answers.map(({ promise }, index) =>
      breaker
        .run(() => {
          started.push(index)
          return promise
        })
        .then(
          () => 'served',
          () => 'refused',
        ),
    )
    expect(started).toEqual([0, 1])
    for (const { resolve } of answers) resolve()
    const outcomes = await Promise.all(runs)
    expect(outcomes.filter((one) => one === 'served')).toHaveLength(2)
    expect(breaker.state).toBe('closed')
  })

  test('a probe past its longest wait has failed then, which the next call notices', () => {
    const { breaker, clock, fail, isRefused } = breakerBench({
      halfOpen: { calls: 1, maxWaitMs: 500 },
    })
    fail(3)
    clock.time = 1000
    const hung = breaker.acquire()
    clock.time = 1500
    expect(isRefused()).toBe(true)
    expect(breaker.state).toBe('half-open')
    clock.time = 1501
    expect(breaker.state).toBe('half-open')
    expect(isRefused()).toBe(true)
    expect(breaker.metrics()).toMatchObject({ state: 'open', attempt: 2, retryAfterMs: 999 })
    hung.settle('success')
    expect(breaker.metrics()).toMatchObject({ state: 'open', calls: { success: 0, failure: 4 } })
  })

  test('the wait after a hung probe begins when it hung, however late that is noticed', () => {
    const { breaker, clock, fail, isRefused } = breakerBench({
      halfOpen: { calls: 1, maxWaitMs: 500 },
    })
    fail(3)
    clock.time = 1000
    breaker.acquire()
    // Nobody calls for a while: the wait of 1000 ms began at 1500.
    clock.time = 2499
    expect(isRefused()).toBe(true)
    expect(breaker.metrics()).toMatchObject({ state: 'open', attempt: 2, retryAfterMs: 1 })
    clock.time = 2500
    breaker.acquire()
    clock.time = 60_000
    expect(isRefused()).toBe(false)
    expect(breaker.metrics()).toMatchObject({ state: 'half-open', attempt: 3 })
  })

  test('a probe that ends after its longest wait has failed, though nobody called meanwhile', () => {
    const { breaker, clock, fail } = breakerBench({ halfOpen: { calls: 1, maxWaitMs: 500 } })
    fail(3)
    clock.time = 1000
    const hung = breaker.acquire()
    clock.time = 1600
    hung.settle('success')
    expect(breaker.metrics()).toMatchObject({ state: 'open', attempt: 2, retryAfterMs: 900 })
    expect(breaker.metrics().calls).toEqual({ success: 0, failure: 4, ignore: 0 })
  })

  test('a hung probe among good ones is one failure of the sample, and the caller goes on', () => {
    const { breaker, clock, fail, succeed } = breakerBench({
      window: { type: 'count', size: 3, failureRate: 0.5 },
      halfOpen: { calls: 3, maxWaitMs: 500 },
    })
    fail(3)
    clock.time = 1000
    breaker.acquire()
    succeed(2)
    expect(breaker.state).toBe('half-open')
    clock.time = 1600
    succeed(1)
    expect(breaker.state).toBe('closed')
  })
})

describe('4. settled exactly once', () => {
  test('a second settle does nothing', () => {
    const { breaker } = breakerBench()
    const permit = breaker.acquire()
    for (let again = 0; again < 5; again++) permit.settle('failure')
    expect(breaker.metrics()).toMatchObject({ state: 'closed', calls: { failure: 1 } })
  })

  test('a classifier that throws leaves the outcome alone and is told of', async () => {
    const { breaker, events } = breakerBench()
    const bug = new Error('classifier')
    const classify = () => {
      throw bug
    }
    const own = new Error('call')
    expect(await breaker.run(() => 5, classify)).toBe(5)
    expect(await errorOf(breaker.run(() => Promise.reject(own), classify))).toBe(own)
    expect(breaker.metrics().calls).toEqual({ success: 1, failure: 1, ignore: 0 })
    expect(events.filter((one) => one.type === 'callback-error')).toEqual([
      { type: 'callback-error', name: 'breaker', error: bug },
      { type: 'callback-error', name: 'breaker', error: bug },
    ])
  })

  test("a listener's error reaches nobody, thrown or rejected", async () => {
    const listeners = [
      () => {
        throw new Error('listener')
      },
      () => Promise.reject(new Error('listener')),
    ]
    for (const onEvent of listeners) {
      const { breaker, clock } = breakerBench({ onEvent, halfOpen: { calls: 1 } })
      expect(await breaker.run(() => 1)).toBe(1)
      const own = new Error('call')
      for (let done = 0; done < 3; done++) {
        expect(await errorOf(breaker.run(() => Promise.reject(own)))).toBe(own)
      }
      expect(await errorOf(breaker.run(() => 1))).toMatchObject({ name: 'BreakerOpenError' })
      clock.time = 1000
      expect(await breaker.run(() => 2)).toBe(2)
      await settled()
      expect(breaker.metrics()).toMatchObject({
        state: 'closed',
        refusals: 1,
        calls: { success: 2, failure: 3 },
      })
    }
  })

  test('a listener that acts on the breaker sees a whole state', () => {
    const { breaker, clock, fail, isRefused } = breakerBench({
      halfOpen: { calls: 1 },
      onEvent: (event) => {
        if (event.type === 'state' && event.to === 'half-open') breaker.acquire()
      },
    })
    fail(3)
    clock.time = 1000
    expect(isRefused()).toBe(true)
    expect(breaker.state).toBe('half-open')
  })
})

describe('5. there are no timers', () => {
  test('a process with an open breaker ends at once', () => {
    const { href } = new URL('../src/index.ts', import.meta.url)
    const script = `
      import { Breaker } from ${JSON.stringify(href)}
      const window = { type: 'consecutive', failures: 1 }
      const open = new Breaker({ window, openMs: 3_600_000 })
      open.acquire().settle('failure')
      const probing = new Breaker({ window, openMs: 0 }, { state: 'half-open', attempt: 1 })
      probing.acquire()
      console.log(open.state, probing.state)`
    const { stdout, exitCode } = Bun.spawnSync([process.execPath, '-e', script], {
      timeout: 10_000,
    })
    expect(stdout.toString()).toBe('open half-open\n')
    expect(exitCode).toBe(0)
  })
})

describe('6. time is monotonic', () => {
  test('a clock set back an hour does not mean an hour open', () => {
    const { breaker, clock, fail, isRefused } = breakerBench()
    clock.time = 7_200_000
    fail(3)
    clock.time += 400
    expect(breaker.retryAfterMs).toBe(600)
    clock.time -= 3_600_000
    expect(breaker.retryAfterMs).toBe(600)
    clock.time += 599
    expect(isRefused()).toBe(true)
    clock.time += 1
    expect(isRefused()).toBe(false)
  })

  test('a clock set back makes no call slow and keeps the window moving', () => {
    const { breaker, clock, fail } = breakerBench({
      window: { type: 'time', ms: 1000, buckets: 10, minimumCalls: 2, failureRate: 0.5 },
      slowMs: 100,
    })
    clock.time = 5000
    const permit = breaker.acquire()
    clock.time = 0
    permit.settle('success')
    expect(breaker.metrics().slow).toBe(0)
    fail(1)
    clock.time = 1000
    expect(breaker.metrics().window.calls).toBe(0)
  })
})

describe('8. failures while open', () => {
  test('neither count nor lengthen the wait', () => {
    const { breaker, clock, fail } = breakerBench()
    const started = Array.from({ length: 10 }, () => breaker.acquire())
    fail(3)
    clock.time = 700
    for (const permit of started) permit.settle('failure')
    expect(breaker.metrics()).toMatchObject({
      state: 'open',
      attempt: 1,
      retryAfterMs: 300,
      window: { calls: 0, failures: 0 },
      calls: { failure: 13 },
    })
  })
})
