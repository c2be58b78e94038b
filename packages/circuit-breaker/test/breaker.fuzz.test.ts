import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import {
  Breaker,
  BreakerOpenError,
  type BreakerOptions,
  type Permit,
  type State,
  type Verdict,
} from '../src/index.ts'
import { ReferenceBreaker, type ReferencePermit } from './reference-breaker.ts'
import { FakeClock } from './support.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
console.log(`breaker fuzz: FUZZ_SEED=${seed}`)

const rate = fc.constantFrom(0.07, 0.25, 0.3, 0.5, 0.8, 1)
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((one) => (one === undefined ? {} : { [key]: one }))

const window: fc.Arbitrary<BreakerOptions['window']> = fc.oneof(
  fc.record({
    type: fc.constant('consecutive' as const),
    failures: fc.integer({ min: 1, max: 4 }),
  }),
  fc
    .record({
      type: fc.constant('count' as const),
      size: fc.integer({ min: 1, max: 8 }),
      failureRate: rate,
      minimumCalls: fc.integer({ min: 1, max: 8 }),
      slow: optional('slowRate', rate),
    })
    .map(({ slow, minimumCalls, size, ...rest }) => ({
      ...rest,
      size,
      minimumCalls: Math.min(size, minimumCalls),
      ...slow,
    })),
  fc
    .record({
      type: fc.constant('time' as const),
      ms: fc.constantFrom(100, 1000),
      buckets: fc.constantFrom(1, 3, 10),
      minimumCalls: fc.integer({ min: 1, max: 6 }),
      failureRate: rate,
      slow: optional('slowRate', rate),
    })
    .map(({ slow, ...rest }) => ({ ...rest, ...slow })),
)
const options: fc.Arbitrary<BreakerOptions> = fc
  .record({
    window,
    slow: optional('slowMs', fc.constantFrom(0, 50, 200)),
    openMs: fc.constantFrom<BreakerOptions['openMs']>(0, 300, (attempt) => 100 * attempt),
    halfOpen: fc.record({
      calls: fc.integer({ min: 1, max: 4 }),
      maxWaitMs: fc.constantFrom(100, 1000),
    }),
  })
  .map(({ slow, ...rest }) => ({ ...rest, ...slow }))
  .filter((one) => 'slowMs' in one || !('slowRate' in one.window))

const verdict = fc.constantFrom<Verdict>('success', 'failure', 'failure', 'ignore')
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('acquire' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(30), verdict }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 10, 33, 51, 100, 101, 300, 1001, 5000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set clock back' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('force open', 'disable', 'reset') }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The breaker and the reference side by side, taking the same steps. */
class Pair {
  readonly #options: BreakerOptions
  readonly #clock = new FakeClock()
  #breaker: Breaker
  #reference: ReferenceBreaker
  #permits: { real: Permit; reference: ReferencePermit }[] = []

  constructor(options: BreakerOptions) {
    this.#clock.time = 1e9
    this.#options = { ...options, now: this.#clock.now }
    this.#breaker = new Breaker(this.#options)
    this.#reference = new ReferenceBreaker(options)
  }

  take(next: Step): void {
    switch (next.do) {
      case 'acquire':
        return this.#acquire()
      case 'settle':
        return this.#settle(next.which, next.verdict)
      case 'pass':
        this.#clock.time += next.ms
        this.#reference.now += next.ms
        return
      case 'set clock back':
        // What passes between two looks at the clock is lost when it goes back between them.
        this.#acquire()
        this.#clock.time -= 3_600_000
        return this.#acquire()
      case 'restore':
        return this.#restore()
      case 'force open':
        this.#breaker.forceOpen()
        return this.#reference.become('forced-open')
      case 'disable':
        this.#breaker.disable()
        return this.#reference.become('disabled')
      case 'reset':
        this.#breaker.reset()
        return this.#reference.become('closed')
    }
  }

  /** The state that both are in. */
  compare(): State {
    const { state, attempt, retryAfterMs, calls, window } = this.#breaker.metrics()
    const reference = this.#reference
    expect({ state, attempt, retryAfterMs, calls, window }).toEqual({
      state: reference.state,
      attempt: reference.attempt,
      retryAfterMs: reference.retryAfterMs,
      calls: reference.totals,
      window: reference.window(),
    })
    return state
  }

  #acquire(): void {
    const reference = this.#reference.acquire()
    let real: Permit | undefined
    try {
      real = this.#breaker.acquire()
    } catch (error) {
      expect(error).toBeInstanceOf(BreakerOpenError)
      expect(error).toMatchObject({ retryAfterMs: this.#reference.retryAfterMs })
    }
    expect(real !== undefined).toBe(reference !== undefined)
    if (real && reference) this.#permits.push({ real, reference })
  }

  /** Also settles what is settled already, and what belongs to an older epoch. */
  #settle(which: number, verdict: Verdict): void {
    const permit = this.#permits[which % Math.max(1, this.#permits.length)]
    permit?.real.settle(verdict)
    if (permit) this.#reference.settle(permit.reference, verdict)
  }

  #restore(): void {
    const snapshot = this.#breaker.snapshot()
    this.#breaker = new Breaker(this.#options, JSON.parse(JSON.stringify(snapshot)))
    const { state, attempt, retryAfterMs } = this.#reference
    this.#reference = new ReferenceBreaker(this.#options)
    this.#reference.become(state, attempt, retryAfterMs)
    this.#permits = []
  }
}

test('does what the reference does, whatever happens in whatever order', () => {
  const visited = new Set<string>()
  const property = fc.property(
    options,
    fc.array(step, { maxLength: 120, size: 'max' }),
    (options, steps) => {
      const pair = new Pair(options)
      for (const next of steps) {
        pair.take(next)
        visited.add(pair.compare())
      }
    },
  )
  fc.assert(property, { seed, numRuns: 1000 })
  expect([...visited].sort()).toEqual(['closed', 'disabled', 'forced-open', 'half-open', 'open'])
})
