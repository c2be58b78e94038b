import type { Breaker } from './breaker.ts'
import type { LocalRefusalError } from './errors.ts'
import type { BreakerEvent, BreakerMetrics, BreakerOptions, BreakerSnapshot } from './types.ts'

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
  /** How many attempts may run at once (256); one more is refused. */
  concurrency?: number
  breaker?: Partial<BreakerOptions>
  snapshot?: BreakerSnapshot
  fetch?: typeof fetch
  /** Monotonic milliseconds. */
  now?: () => number
  /** Milliseconds since 1970, for a date in `Retry-After`. */
  wallNow?: () => number
  random?: () => number
  /** Runs `fn` in `ms`, or never if what it returns is called; `background` keeps no process alive. */
  setTimer?: (fn: () => void, ms: number, background: boolean) => () => void
  onEvent?: (event: FetchEvent) => void
}

export type FetchEvent =
  | BreakerEvent
  | { type: 'refused'; name: string; by: 'bulkhead' | 'deadline'; retryAfterMs: number }
  | { type: 'retry'; name: string; retry: number; waitMs: number }

/** The breaker's and, of all layers, who refused how often; `refused` and `retries` only grow. */
export interface FetchMetrics extends BreakerMetrics {
  refused: Record<LocalRefusalError['by'], number>
  retries: number
  running: number
}

export type ResilientFetch = typeof fetch & { breaker: Breaker; metrics(): FetchMetrics }
