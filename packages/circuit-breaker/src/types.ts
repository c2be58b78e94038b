export type State = 'closed' | 'open' | 'half-open' | 'forced-open' | 'disabled'
export type Verdict = 'success' | 'failure' | 'ignore'

/** Shares of the finished calls, above 0 and up to 1. */
type Rates = { failureRate: number; slowRate?: number }
/** By default the `minimumCalls` of a count are its `size`, and a time has 10 `buckets`. */
export type Window =
  | { type: 'consecutive'; failures: number }
  | ({ type: 'count'; size: number; minimumCalls?: number } & Rates)
  | ({ type: 'time'; ms: number; buckets?: number; minimumCalls: number } & Rates)

export interface BreakerOptions {
  name?: string
  window: Window
  /** A call that takes longer is slow (milliseconds); without it none is. */
  slowMs?: number
  /** How long to stay open; `attempt` 1 is the first opening since the breaker was closed. */
  openMs: number | ((attempt: number) => number)
  /** `calls` probes (3); one that runs for longer than `maxWaitMs` (10 000) has failed. */
  halfOpen?: { calls?: number; maxWaitMs?: number }
  /** Monotonic milliseconds. */
  now?: () => number
  /** What it throws or rejects with goes nowhere: it must not break the call it is told about. */
  onEvent?: (event: BreakerEvent) => void
}

export type BreakerEvent = { name: string } & (
  | { type: 'state'; from: State; to: State; attempt: number; retryAfterMs: number }
  | { type: 'call'; verdict: Verdict; slow: boolean }
  | { type: 'refused'; by: 'breaker'; retryAfterMs: number }
  /** `classify` or `openMs` threw: the breaker went by its defaults. */
  | { type: 'callback-error'; error: unknown }
)

/** Plain JSON; `remainingMs` is what was left of the wait. */
export type BreakerSnapshot =
  | { state: 'closed' | 'forced-open' | 'disabled' }
  | { state: 'open'; attempt: number; remainingMs: number }
  | { state: 'half-open'; attempt: number }

export type Counts = { calls: number; failures: number; slow: number }
/**
 * `attempt`: openings in a row, 0 while closed. `calls`, `slow` and `refusals` only grow; `window`
 * is what the next failed call is judged by.
 */
export type BreakerMetrics = {
  name: string
  state: State
  attempt: number
  retryAfterMs: number
} & {
  calls: Record<Verdict, number>
  slow: number
  refusals: number
  window: Counts
}
/** The right to make one call; each `settle` after the first does nothing. */
export type Permit = { settle(verdict: Verdict): void }
