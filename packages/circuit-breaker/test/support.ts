import {
  Breaker,
  BreakerOpenError,
  createResilientFetch,
  type BreakerEvent,
  type BreakerOptions,
  type BreakerSnapshot,
  type Permit,
  type ResilientFetchOptions,
} from '../src/index.ts'

/** Lets every promise that can settle without time passing settle. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface Timer {
  at: number
  fn: () => void
  background: boolean
}

/** Time that passes only when a test says so. */
export class FakeClock {
  time = 0
  readonly #timers = new Set<Timer>()

  readonly now = (): number => this.time
  readonly setTimer = (fn: () => void, ms: number, background: boolean): (() => void) => {
    const timer = { at: this.time + ms, fn, background }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Due times of the timers that would keep a process alive, in milliseconds from now. */
  get waits(): number[] {
    return [...this.#timers].filter((one) => !one.background).map((one) => one.at - this.time)
  }

  /** How many timers are set, those in the background too. */
  get timers(): number {
    return this.#timers.size
  }

  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    await settled()
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next)
      this.time = next.at
      next.fn()
      await settled()
    }
    this.time = end
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
  }
}

export interface BreakerBench {
  clock: FakeClock
  breaker: Breaker
  events: BreakerEvent[]
  fail(times: number): void
  succeed(times: number): void
  isRefused(): boolean
}

/** A breaker on a fake clock that three failures in a row open for a second. */
export function breakerBench(
  options: Partial<BreakerOptions> = {},
  from?: BreakerSnapshot,
): BreakerBench {
  const clock = new FakeClock()
  const events: BreakerEvent[] = []
  const breaker = new Breaker(
    {
      window: { type: 'consecutive', failures: 3 },
      openMs: 1000,
      now: clock.now,
      onEvent: (event) => events.push(event),
      ...options,
    },
    from,
  )
  const settle = (times: number, verdict: 'success' | 'failure') => {
    for (let done = 0; done < times; done++) breaker.acquire().settle(verdict)
  }
  return {
    clock,
    breaker,
    events,
    fail: (times) => settle(times, 'failure'),
    succeed: (times) => settle(times, 'success'),
    isRefused: () => isRefused(() => breaker.acquire()),
  }
}

/** Whether the breaker refuses; a permit that it gives instead is settled as ignored. */
export function isRefused(acquire: () => Permit): boolean {
  try {
    acquire().settle('ignore')
    return false
  } catch (error) {
    if (error instanceof BreakerOpenError) return true
    throw error
  }
}

export type Step = (request: Request) => Response | Promise<Response>

/** Answers the first request with the first step and so on, then with 200. */
export function scriptedFetch(steps: Step[]): { fetch: typeof fetch; requests: Request[] } {
  const requests: Request[] = []
  const answer = async (input: string | URL | Request, init: RequestInit = {}) => {
    const request =
      input instanceof Request ? new Request(input, init) : new Request(String(input), init)
    requests.push(request)
    const step = steps[requests.length - 1]
    return step ? step(request) : new Response('ok')
  }
  return { fetch: Object.assign(answer, { preconnect: fetch.preconnect }), requests }
}

export const status =
  (code: number, headers: Record<string, string> = {}): Step =>
  () =>
    new Response(`answer ${code}`, { status: code, headers })

/** Never answers, and ends as fetch does when its signal aborts. */
export const hang: Step = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

export const throws =
  (error: Error): Step =>
  () => {
    throw error
  }

export const url = 'http://inventario.test/existencias'

/** A resilient fetch on a fake clock, over scripted answers; back-off takes all of its range. */
export function fetchBench(steps: Step[], options: Partial<ResilientFetchOptions> = {}) {
  const clock = new FakeClock()
  const { fetch, requests } = scriptedFetch(steps)
  const { now, setTimer } = clock
  const call = createResilientFetch({
    target: 'inventario',
    fetch,
    now,
    setTimer,
    random: () => 1,
    ...options,
  })
  return { clock, requests, fetch: call }
}

/** The error that a promise rejects with; a promise that resolves is a failed test. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => ({ resolved: true }) as const,
    (error: unknown) => ({ resolved: false, error }) as const,
  )
  if (outcome.resolved) throw new Error('expected a rejection')
  return outcome.error
}
