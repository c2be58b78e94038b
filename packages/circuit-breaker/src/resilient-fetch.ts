import { Breaker, notify } from './breaker.ts'
import * as errors from './errors.ts'
import type { FetchMetrics, ResilientFetch, ResilientFetchOptions } from './fetch-types.ts'
import * as http from './http.ts'
import { check } from './options.ts'
import type { BreakerEvent } from './types.ts'

type Input = Parameters<typeof fetch>[0]
type Init = NonNullable<Parameters<typeof fetch>[1]>
type Call = { input: Input; init: Init; headers: Headers; signal: AbortSignal; endsAt: number } & {
  repeatable: http.Repeatable
  /** The outcome before, until the next attempt is really sent. */
  kept?: http.Outcome
}

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
const window = {
  type: 'time',
  ms: 10_000,
  minimumCalls: 20,
  failureRate: 0.5,
  slowRate: 0.8,
} as const
/** In tenths, as ten times 0.1 is not 1: what a call earns, what a retry costs, the most there is. */
const budget = { call: 1, retry: 10, most: 100 }

/** Settles as `promise`, or rejects as soon as `signal` aborts, even if the work itself ignores that. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** For calls whose caller has no signal: joining one that never aborts costs a fifth of the call. */
const neverAborted = new AbortController().signal

const waysToRead = ['json', 'text', 'arrayBuffer', 'bytes', 'blob', 'formData'] as const
/** Calls `done` when the body has been read; who reads the stream itself goes unnoticed. */
function onceRead(response: Response, done: () => void): void {
  for (const way of waysToRead) {
    const read = response[way].bind(response)
    const value = () => read().finally(done)
    Object.defineProperty(response, way, { value, configurable: true })
  }
}

function discard({ response }: http.Outcome): void {
  response?.body?.cancel().catch(() => undefined)
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
    const jitter = () => 0.8 + 0.4 * random()
    const openMs = (attempt: number) => Math.min(30_000, 1000 * 2 ** (attempt - 1)) * jitter()
    const onEvent = (event: BreakerEvent) => notify(options.onEvent, event)
    const own = { window, slowMs: 1000, openMs, now, onEvent, ...options.breaker, name }
    this.breaker = new Breaker(own, options.snapshot)
    this.#slowMs = own.slowMs
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
      // Not sent: what came before tells more, and a refusal keeps meaning that nothing has left.
      if (next.error instanceof errors.LocalRefusalError) break
      discard(outcome)
      outcome = next
    }
    if (outcome.response) return outcome.response
    throw outcome.error
  }

  #begin(input: Input, init: Init): Call {
    const { retries, deadlineMs, now } = this.#options
    const request = input instanceof Request ? input : undefined
    const headers = new Headers(init.headers ?? request?.headers)
    const endsAt = now() + Math.min(deadlineMs, http.grantedMs(headers))
    const method = init.method ?? request?.method ?? 'GET'
    const repeatable = http.repeatable(method, headers, init.body ?? request?.body)
    if (repeatable === 'always' && retries > 0) headers.set(http.retryLayerHeader, '1')
    const signal = init.signal ?? request?.signal ?? neverAborted
    return { input, init, headers, signal, endsAt, repeatable }
  }

  async #attempt(call: Call, waitMs: number): Promise<http.Outcome> {
    const { target: name, onEvent } = this.#options
    try {
      if (waitMs > 0) await this.#rest(call, waitMs)
      return { response: await this.#admit(call) }
    } catch (error) {
      if (!(error instanceof errors.LocalRefusalError)) return { error }
      const { by, retryAfterMs } = error
      this.#refused[by]++
      // The breaker tells of its own.
      if (by !== 'breaker') notify(onEvent, { type: 'refused', name, by, retryAfterMs })
      return { error }
    }
  }

  #rest({ signal }: Call, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#options.setTimer(resolve, ms, false)
    return unlessAborted(promise, signal).finally(cancel)
  }

  /** Deadline, bulkhead and breaker, in this order. */
  async #admit(call: Call): Promise<Response> {
    const { target, concurrency, now } = this.#options
    call.signal.throwIfAborted()
    const leftMs = Math.floor(call.endsAt - now())
    if (leftMs < 1) throw new errors.DeadlineExceededError('no time left', target)
    if (this.#running >= concurrency) throw new errors.BulkheadFullError('too many calls', target)
    this.#running++
    try {
      return await this.breaker.run(
        () => this.#send(call, leftMs),
        (error, response) => http.verdictOf({ response, error }, call.signal, this.#slowMs),
      )
    } finally {
      this.#running--
    }
  }

  async #send(call: Call, leftMs: number): Promise<Response> {
    const { target, fetch, setTimer, now, attemptTimeoutMs } = this.#options
    if (call.kept) discard(call.kept)
    else this.#tokens = Math.min(budget.most, this.#tokens + budget.call)
    call.headers.set(http.deadlineHeader, String(leftMs))
    const controller = new AbortController()
    const own = controller.signal
    const signal = call.signal === neverAborted ? own : AbortSignal.any([call.signal, own])
    const cutIn = (ms: number, by: 'attempt' | 'deadline', background: boolean) =>
      setTimer(
        () => controller.abort(new errors.AttemptTimeoutError(target, ms, by)),
        ms,
        background,
      )

    const inTime = attemptTimeoutMs <= leftMs
    const cancel = cutIn(Math.min(attemptTimeoutMs, leftMs), inTime ? 'attempt' : 'deadline', false)
    try {
      const answer = fetch(call.input, { ...call.init, headers: call.headers, signal })
      const response = await unlessAborted(answer, signal)
      // The deadline is the body's too.
      const restMs = Math.max(0, call.endsAt - now())
      if (!http.isBodiless(response)) onceRead(response, cutIn(restMs, 'deadline', true))
      return response
    } finally {
      cancel()
    }
  }

  /** Milliseconds to wait for the next attempt, paid for; undefined when this outcome is the last. */
  #planRetry(call: Call, outcome: http.Outcome, retry: number): number | undefined {
    const { target: name, random, backOffMs, wallNow, now, onEvent } = this.#options
    const askedMs = http.retryAfterOf(outcome, wallNow())
    const verdict = http.verdictOf(outcome, call.signal, this.#slowMs)
    const waitMs = random() * backOffMs * 2 ** (retry - 1) + (askedMs ?? 0)
    const fits = waitMs < call.endsAt - now() && waitMs >= this.breaker.retryAfterMs
    const again = http.mayRetry(outcome, call.repeatable, verdict, askedMs)
    if (!again || !fits || this.#tokens < budget.retry) return undefined
    this.#tokens -= budget.retry
    this.#retries++
    notify(onEvent, { type: 'retry', name, retry, waitMs })
    return waitMs
  }
}

/**
 * A `fetch` for one target: total deadline -> retry -> bulkhead -> breaker -> attempt timeout.
 * Throws LocalRefusalError, AttemptTimeoutError, the reason of the caller's abort, and what fetch
 * throws. DESIGN.md has the rules.
 *
 * @example
 * const fetcher = createResilientFetch({ target: 'inventario' })
 * const inventario = treaty<InventarioApp>('http://127.0.0.1:8002', { fetcher })
 */
export function createResilientFetch(options: ResilientFetchOptions): ResilientFetch {
  const target = new Target(options)
  const { breaker } = target
  const { preconnect } = options.fetch ?? fetch
  const call = (input: Input, init: Init = {}) => target.fetch(input, init)
  return Object.assign(call, { preconnect, breaker, metrics: () => target.metrics() })
}
