import { AttemptTimeoutError } from './errors.ts'
import type { Verdict } from './types.ts'

/** The milliseconds a call still has, as a service is told by its caller. */
export const deadlineHeader = 'x-deadline-ms'
/** On a call that its sender retries: whoever serves it must not retry its own calls. */
export const retryLayerHeader = 'x-retry-layer'

/** How an attempt ended. */
export type Outcome = { response?: Response | undefined; error?: unknown }
/** A call can be sent again: whatever happened, only if its connection was refused, or never. */
export type Repeatable = 'always' | 'if-refused' | 'never'

/** Only a body held in memory can be sent again: a stream, a Request's too, is read once. */
function canReplay(body: unknown): boolean {
  if (body === undefined || body === null || typeof body === 'string') return true
  const kinds = [ArrayBuffer, Blob, FormData, URLSearchParams]
  return ArrayBuffer.isView(body) || kinds.some((kind) => body instanceof kind)
}

export function repeatable(method: string, headers: Headers, body: unknown): Repeatable {
  if (headers.has(retryLayerHeader) || !canReplay(body)) return 'never'
  const idempotent = ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method.toUpperCase())
  return idempotent || headers.has('idempotency-key') ? 'always' : 'if-refused'
}

/** Infinity when the header is absent or no number. */
export function grantedMs(headers: Headers): number {
  const text = headers.get(deadlineHeader) ?? ''
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Infinity
}

/** `Retry-After` in milliseconds from `wallNow`: seconds, or a date in any form of RFC 9110, 5.6.7. */
export function retryAfterOf({ response }: Outcome, wallNow: number): number | undefined {
  const text = response?.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text.replace(/( GMT)?$/, ' GMT')) : NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallNow)
}

/**
 * Whether an answer says that nothing follows its headers (RFC 9112, 6.3). Its `body` would tell as
 * well, but asking for it makes a stream, which costs more than reading the whole answer at once.
 */
export function isBodiless({ status, headers }: Response): boolean {
  return status === 204 || status === 304 || headers.get('content-length') === '0'
}

/** Bun has the code in the error, Node in its cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause)
}

/** What an attempt says about its target, when more than `slowMs` is slow. */
export function verdictOf(
  { response, error }: Outcome,
  caller: AbortSignal,
  slowMs: number,
): Verdict {
  if (response) {
    const { status } = response
    if (status === 429) return 'ignore'
    return status < 500 || status === 501 || status === 505 ? 'success' : 'failure'
  }
  if (caller.aborted && error === caller.reason) return 'ignore'
  // A caller in a hurry says nothing about the target, unless the target was slow by any measure.
  const cut = error instanceof AttemptTimeoutError && error.cutBy === 'deadline'
  if (cut && error.afterMs <= slowMs) return 'ignore'
  // Nor does a request that fetch itself cannot make sense of.
  return /^ERR_(INVALID_(URL|ARG)|BODY_ALREADY)/.test(codeOf(error)) ? 'ignore' : 'failure'
}

/** A refused connection (older Bun: ConnectionRefused) means that nobody has seen the request. */
export function mayRetry(
  { response, error }: Outcome,
  repeatable: Repeatable,
  verdict: Verdict,
  askedMs: number | undefined,
): boolean {
  if (/^(ECONNREFUSED|ConnectionRefused)$/.test(codeOf(error))) return repeatable !== 'never'
  const passes = verdict === 'failure' || (response?.status === 429 && askedMs !== undefined)
  return passes && repeatable === 'always'
}
