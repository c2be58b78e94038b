import { Breaker } from './breaker.ts'
import {
  AttemptTimeoutError,
  BulkheadFullError,
  DeadlineExceededError,
  LocalRefusalError,
} from './errors.ts'
import * as http from './http.ts'
import { notify } from './notify.ts'
import { check } from './options.ts'
import type {
  BreakerEvent,
  BreakerMetrics,
  BreakerOptions,
  BreakerSnapshot,
  Verdict,
} from './types.ts'

export interface ResilientFetchOptions {
  /** The target service: each has one of these fetchers, and so one breaker. */
  target: string
  /** For a whole call with its retries and the answer's body (5000). */
  deadlineMs?: number
  /** For one attempt to bring the answer's headers (2000). */
  attemptTimeoutMs?: number
  /** At most (2). */
  retries?: number
  /** The first back-off is drawn from 0 to this (100), the second from 0 to twice as much. */
  backOffMs?: number
  /** How many attempts may run at once (256); one more is refused: a queue would only eat deadlines. */
  concurrency?: number
  breaker?: Partial<BreakerOptions>
  snapshot?: BreakerSnapshot
  fetch?: typeof fetch
  /** Monotonic milliseconds. */
  now?: () => number
  /** Milliseconds since 1970, for the date in a `Retry-After`. */
  wallNow?: () => number
  random?: () => number
  /** Runs `fn` in `ms`, unless what it returns is called; in the background it keeps no process alive. */
  setTimer?: (fn: () => void, ms: number, background: boolean) => () => void
  onEvent?: (event: FetchEvent) => void
}

export type FetchEvent =
  | BreakerEvent
  | { type: 'refused'; name: string; by: 'bulkhead' | 'deadline'; retryAfterMs: number }
  | { type: 'retry'; name: string; retry: number; waitMs: number }

/** The breaker's, and of all layers together; `refused` and `retries` only grow. */
export interface FetchMetrics extends BreakerMetrics {
  refused: Record<LocalRefusalError['by'], number>
  retries: number
  running: number
}
export type ResilientFetch = typeof fetch & { breaker: Breaker; metrics(): FetchMetrics }

type Input = Parameters<typeof fetch>[0]
type Init = NonNullable<Parameters<typeof fetch>[1]>
type Outcome = { response?: Response | undefined; error?: unknown }
type Call = {
  input: Input
  init: Init
  headers: Headers
  signal: AbortSignal
  endsAt: number
  repeatable: http.Repeatable
  /** The outcome before, until the next attempt is really sent. */
  kept?: Outcome
}

/** In tenths, as ten times 0.1 is not 1: what a call earns, what a retry costs, the most there is. */
const budget = { call: 1, retry: 10, most: 100 }

const defaults = {
  deadlineMs: 5000,
  attemptTimeoutMs: 2000,
  retries: 2,
  backOffMs: 100,
  concurrency: 256,
  fetch,
  now: () => performance.now(),
  wallNow: Date.now,
  random: Math.random,
  setTimer(fn: () => void, ms: number, background: boolean): () => void {
    const timer = setTimeout(fn, ms)
    if (background) timer.unref()
    return () => clearTimeout(timer)
  },
}
const breakerDefaults = {
  window: { type: 'time', ms: 10_000, minimumCalls: 20, failureRate: 0.5, slowRate: 0.8 },
  slowMs: 1000,
} satisfies Partial<BreakerOptions>

/** Settles as `promise`, or rejects as soon as `signal` aborts, even if the work itself ignores that. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function discard(outcome: Outcome | undefined): void {
  outcome?.response?.body?.cancel().catch(() => undefined)
}

/** One target service: its breaker, its retry budget, and how many attempts are under way. */
class Target {
  readonly breaker: Breaker
  readonly #options: typeof defaults & ResilientFetchOptions
  readonly #slowMs: number
  readonly #refused = { breaker: 0, bulkhead: 0, deadline: 0 }
  #tokens = budget.most
  #retries = 0
  #running = 0

  constructor(given: ResilientFetchOptions) {
    const options = { ...defaults, ...given }
    check(options)
    const { target: name, now, random } = options
    const openMs = (attempt: number) =>
      Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.8 + 0.4 * random())
    const onEvent = (event: BreakerEvent) => notify(options.onEvent, event)
    const breakerOptions = { ...breakerDefaults, openMs, now, onEvent, ...options.breaker, name }
    this.breaker = new Breaker(breakerOptions, options.snapshot)
    this.#slowMs = breakerOptions.slowMs
    this.#options = options
  }

  metrics(): FetchMetrics {
    const own = { refused: { ...this.#refused }, retries: this.#retries, running: this.#running }
    return { ...this.breaker.metrics(), ...own }
  }

  async fetch(input: Input, init: Init): Promise<Response> {
    const call = this.#begin(input, init)
    let outcome = await this.#attempt(call, 0)
    for (let retry = 1; retry <= this.#options.retries; retry++) {
      const waitMs = this.#planRetry(call, outcome, retry)
      if (waitMs === undefined) break
      call.kept = outcome
      const next = await this.#attempt(call, waitMs)
      // Not sent, so what the attempt before brought tells more; and a refusal stays "nothing was sent".
      if (next.error instanceof LocalRefusalError) break
      discard(outcome)
      outcome = next
    }
    if (outcome.response) return outcome.response
    throw outcome.error
  }

  #begin(input: Input, init: Init): Call {
    const request = input instanceof Request ? input : undefined
    const headers = new Headers(init.headers ?? request?.headers)
    const method = (init.method ?? request?.method ?? 'GET').toUpperCase()
    const repeatable = http.repeatable(method, headers, init.body ?? request?.body)
    const { retries, deadlineMs, now } = this.#options
    if (repeatable === 'always' && retries > 0) headers.set(http.retryLayerHeader, '1')
    const endsAt = now() + Math.min(deadlineMs, http.grantedMs(headers))
    const signal = init.signal ?? request?.signal ?? AbortSignal.any([])
    return { input, init, headers, signal, endsAt, repeatable }
  }

  async #attempt(call: Call, waitMs: number): Promise<Outcome> {
    try {
      if (waitMs > 0) await this.#sleep(call, waitMs)
      return { response: await this.#admit(call) }
    } catch (error) {
      if (error instanceof LocalRefusalError) this.#countRefusal(error)
      return { error }
    }
  }

  #sleep({ signal }: Call, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#options.setTimer(resolve, ms, false)
    return unlessAborted(promise, signal).finally(cancel)
  }

  #countRefusal({ by, retryAfterMs }: LocalRefusalError): void {
    const { target: name, onEvent } = this.#options
    this.#refused[by]++
    // The breaker tells of its own.
    if (by !== 'breaker') notify(onEvent, { type: 'refused', name, by, retryAfterMs })
  }

  async #admit(call: Call): Promise<Response> {
    call.signal.throwIfAborted()
    const { target: name, concurrency, now } = this.#options
    const leftMs = Math.floor(call.endsAt - now())
    if (leftMs < 1) throw new DeadlineExceededError('no time left', name)
    if (this.#running >= concurrency)
      throw new BulkheadFullError(`${concurrency} calls are under way`, name)
    this.#running++
    try {
      const classify = (error: unknown, response?: Response) =>
        this.#verdict(call, { error, response })
      return await this.breaker.run(() => this.#send(call, leftMs), classify)
    } finally {
      this.#running--
    }
  }

  async #send(call: Call, leftMs: number): Promise<Response> {
    const { target: name, fetch, setTimer, now, attemptTimeoutMs } = this.#options
    if (call.kept) discard(call.kept)
    else this.#tokens = Math.min(budget.most, this.#tokens + budget.call)
    const headers = new Headers(call.headers)
    headers.set(http.deadlineHeader, String(leftMs))
    const controller = new AbortController()
    const signal = AbortSignal.any([call.signal, controller.signal])
    const cutIn = (ms: number, by: 'attempt' | 'deadline', background: boolean) =>
      setTimer(() => controller.abort(new AttemptTimeoutError(name, ms, by)), ms, background)

    const inTime = attemptTimeoutMs <= leftMs
    const cancel = inTime
      ? cutIn(attemptTimeoutMs, 'attempt', false)
      : cutIn(leftMs, 'deadline', false)
    try {
      const response = await unlessAborted(
        fetch(call.input, { ...call.init, headers, signal }),
        signal,
      )
      // The body comes under the deadline too. Nobody says when it has been read, so this runs its course.
      if (response.body) cutIn(Math.max(0, call.endsAt - now()), 'deadline', true)
      return response
    } finally {
      cancel()
    }
  }

  #verdict(call: Call, { response, error }: Outcome): Verdict {
    return response
      ? http.verdictOfResponse(response)
      : http.verdictOfError(error, call.signal, this.#slowMs)
  }

  /** Milliseconds to wait for the next attempt, paid for; or undefined, when the outcome stands. */
  #planRetry(call: Call, outcome: Outcome, retry: number): number | undefined {
    const { target: name, random, backOffMs, wallNow, now, onEvent } = this.#options
    const { response, error } = outcome
    const askedMs = response && http.retryAfterOf(response.headers, wallNow())
    const again =
      this.#verdict(call, outcome) === 'failure' ||
      (response?.status === 429 && askedMs !== undefined)
    const allowed =
      call.repeatable === 'always'
        ? again
        : call.repeatable === 'if-refused' && http.wasRefused(error)
    const waitMs = random() * backOffMs * 2 ** (retry - 1) + (askedMs ?? 0)
    const pointless = waitMs >= call.endsAt - now() || waitMs < this.breaker.retryAfterMs
    if (!allowed || pointless || this.#tokens < budget.retry) return undefined
    this.#tokens -= budget.retry
    this.#retries++
    notify(onEvent, { type: 'retry', name, retry, waitMs })
    return waitMs
  }
}

/**
 * A `fetch` for one target: total deadline -> retry -> bulkhead -> breaker -> attempt timeout.
 * Throws LocalRefusalError, AttemptTimeoutError, the reason of the caller's abort, and what fetch throws.
 *
 * @example
 * const fetcher = createResilientFetch({ target: 'inventario' })
 * const inventario = treaty<InventarioApp>('http://127.0.0.1:8002', { fetcher })
 */
export function createResilientFetch(options: ResilientFetchOptions): ResilientFetch {
  const target = new Target(options)
  const call = (input: Input, init: Init = {}) => target.fetch(input, init)
  const { preconnect } = options.fetch ?? fetch
  return Object.assign(call, {
    preconnect,
    breaker: target.breaker,
    metrics: () => target.metrics(),
  })
}
