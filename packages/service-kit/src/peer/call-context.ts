import { deadlineHeader, retryLayerHeader } from '@encargo/circuit-breaker'

/** What a request brings along for the calls that are made on its behalf. */
export interface CallContext {
  /** W3C trace id, 32 hex digits; answered as `x-request-id`. */
  readonly traceId: string
  /** W3C `traceparent` to send on: same trace, this request's span. */
  readonly traceparent: string
  /** W3C `tracestate` as it came, for whoever traces beside us; absent where there is none. */
  readonly tracestate?: string
  /** Milliseconds on `performance.now()` after which nobody waits for the answer any more. */
  readonly deadlineAt: number
  readonly startedAt: number
  /** A layer above repeats the call when it fails, so the calls made for it must not be repeated too. */
  readonly retriedAbove: boolean
}

/** The longest a request may take inside when its caller sets no deadline of its own. */
export const defaultDeadlineMs = 10_000

/** All zeros name no trace and no span. */
const traceFields = '(?!0+-)([0-9a-f]{32})-(?!0+-)[0-9a-f]{16}-([0-9a-f]{2})'
/** Version 00 ends there; `ff` is none; what a later version adds is left alone. */
const traceparentFormat = new RegExp(
  `^(?:00-${traceFields}$|(?!00|ff)[0-9a-f]{2}-${traceFields}(?:-|$))`,
)

/** Random bytes to take from, drawn together: a draw of one's own costs each request ten times that. */
const pool = Buffer.alloc(4096)
let taken = pool.length

function hex(bytes: number): string {
  if (taken + bytes > pool.length) {
    crypto.getRandomValues(pool)
    taken = 0
  }
  taken += bytes
  return pool.toString('hex', taken - bytes, taken)
}

/** `x-deadline-ms` in milliseconds from now, or the default; nonsense counts as absent. */
function deadlineFrom(header: string | null): number {
  const asked = header !== null && /^\d{1,9}$/.test(header) ? Number(header) : defaultDeadlineMs
  return Math.min(asked, defaultDeadlineMs)
}

/** As much of a `tracestate` as must be passed on, in characters. */
const maxTracestate = 512

/** The members from the left, which are the latest, as far as they fit (W3C Trace Context, 3.3.1.5). */
function tracestateFrom(header: string | null): string | undefined {
  if (header === null || header.length <= maxTracestate) return header || undefined
  const members = header.split(',')
  while (members.join(',').length > maxTracestate) members.pop()
  return members.join(',') || undefined
}

/**
 * Follows W3C Trace Context level 1: a malformed `traceparent` starts a new trace, to which no
 * `tracestate` belongs.
 */
export function createCallContext(headers: Headers, now: number = performance.now()): CallContext {
  const given = traceparentFormat.exec(headers.get('traceparent') ?? '')
  const traceId = given?.[1] ?? given?.[3] ?? hex(16)
  const flags = given?.[2] ?? given?.[4] ?? '01'
  const tracestate = given ? tracestateFrom(headers.get('tracestate')) : undefined
  return {
    ...(tracestate === undefined ? {} : { tracestate }),
    traceId,
    traceparent: `00-${traceId}-${hex(8)}-${flags}`,
    startedAt: now,
    deadlineAt: now + deadlineFrom(headers.get(deadlineHeader)),
    retriedAbove: headers.has(retryLayerHeader),
  }
}

/** A context for work that no request asked for: drivers, start-up. */
export function backgroundCall(): CallContext {
  return createCallContext(new Headers())
}

/**
 * The same trace with its time beginning now: for the calls of a request whose body came slowly or
 * whose answer is streamed, which took its time and not ours.
 */
export function renewed(call: CallContext, now: number = performance.now()): CallContext {
  return { ...call, deadlineAt: Math.max(call.deadlineAt, now + defaultDeadlineMs) }
}

/** The headers that carry the context to a peer. */
export function callHeaders(call: CallContext): Record<string, string> {
  const left = Math.max(0, Math.floor(call.deadlineAt - performance.now()))
  return {
    traceparent: call.traceparent,
    ...(call.tracestate === undefined ? {} : { tracestate: call.tracestate }),
    // On the way between services, bytes cost less than packing them does.
    'accept-encoding': 'identity',
    [deadlineHeader]: String(left),
    ...(call.retriedAbove ? { [retryLayerHeader]: '1' } : {}),
  }
}
