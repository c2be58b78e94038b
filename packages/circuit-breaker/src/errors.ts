/** Refused on this side: nothing of the call has left, so whatever it asks for may be repeated. */
export abstract class LocalRefusalError extends Error {
  abstract readonly by: 'breaker' | 'bulkhead' | 'deadline'
  readonly target: string
  /** Milliseconds, a hint for `Retry-After`. */
  readonly retryAfterMs: number
  constructor(message: string, target: string, retryAfterMs = 1000) {
    super(`${target}: ${message}`)
    this.name = new.target.name
    this.target = target
    this.retryAfterMs = retryAfterMs
  }
}
export class BreakerOpenError extends LocalRefusalError {
  readonly by = 'breaker'
}
export class BulkheadFullError extends LocalRefusalError {
  readonly by = 'bulkhead'
}
/** No time was left to send the request. */
export class DeadlineExceededError extends LocalRefusalError {
  readonly by = 'deadline'
}

/** The request was sent and then given up: it may have taken effect, so only repeat what may be. */
export class AttemptTimeoutError extends Error {
  override readonly name = 'AttemptTimeoutError'
  readonly target: string
  readonly afterMs: number
  /** The attempt's own limit, or the end of the whole call's time. */
  readonly cutBy: 'attempt' | 'deadline'
  constructor(target: string, afterMs: number, cutBy: 'attempt' | 'deadline') {
    super(`${target} did not answer within ${Math.ceil(afterMs)} ms`)
    this.target = target
    this.afterMs = afterMs
    this.cutBy = cutBy
  }
}
