import { BreakerOpenError } from './errors.ts'
import { check, checkWindow } from './options.ts'
import { reached, Tally } from './tally.ts'
import type * as Type from './types.ts'

/** Each transition makes a new object; its identity is the epoch that a ticket belongs to. */
type Phase =
  | { state: 'closed'; tally: Tally }
  | { state: 'open'; attempt: number; until: number }
  | { state: 'half-open'; attempt: number; running: Set<Ticket>; sample: Type.Counts }
  | { state: 'forced-open' | 'disabled' }
type Ticket = { phase: Phase; startedAt: number; settled: boolean }

const nothing = { calls: 0, failures: 0, slow: 0 }
const halfOpen = (attempt: number): Phase => {
  return { state: 'half-open', attempt, running: new Set(), sample: { ...nothing } }
}

/** Calls `fn`; what it throws before its first wait is a rejection too. */
function started<T>(fn: () => T | Promise<T>): Promise<T> {
  try {
    const result = fn()
    return result instanceof Promise ? result : Promise.resolve(result)
  } catch (error) {
    return Promise.reject(error)
  }
}

/** Nobody knows when a forced-open breaker is released, or what an `openMs` that broke meant. */
const unknownWaitMs = 1000

/** Tells a listener. Its error, thrown or rejected, must not break the call that it is told about. */
export function notify<E>(listener: ((event: E) => void) | undefined, event: E): void {
  try {
    const told: unknown = listener?.(event)
    if (told instanceof Promise) told.catch(() => undefined)
  } catch {}
}

/**
 * Stops calling what keeps failing. DESIGN.md has the semantics.
 *
 * @example
 * const breaker = new Breaker({ window: { type: 'consecutive', failures: 5 }, openMs: 1000 })
 * const rate = await breaker.run(() => askForRate('USD'))
 */
export class Breaker {
  readonly name: string
  readonly #options: Type.BreakerOptions
  readonly #now: () => number
  readonly #slowMs: number
  readonly #timed: boolean
  readonly #halfOpen: { calls: number; maxWaitMs: number }
  readonly #calls = { success: 0, failure: 0, ignore: 0 }
  #slow = 0
  #refusals = 0
  #time = 0
  #offset: number
  #phase: Phase

  /** Throws a RangeError for a number out of range, in the options or the snapshot. */
  constructor(options: Type.BreakerOptions, from: Type.BreakerSnapshot = { state: 'closed' }) {
    check(options, options.window, options.halfOpen, from)
    checkWindow(options)
    const { name = 'breaker', now = () => performance.now(), slowMs = Infinity } = options
    this.#options = options
    this.name = name
    this.#now = now
    this.#slowMs = slowMs
    this.#timed = slowMs < Infinity || options.window.type === 'time'
    this.#halfOpen = { calls: 3, maxWaitMs: 10_000, ...options.halfOpen }
    this.#offset = -now()
    this.#phase = { state: 'closed', tally: new Tally(options.window) }
    if (from.state === 'open') this.#phase = { ...from, until: from.remainingMs }
    else if (from.state === 'half-open') this.#phase = halfOpen(from.attempt)
    else if (from.state !== 'closed') this.#phase = { state: from.state }
  }

  get state(): Type.State {
    return this.#phase.state
  }

  /** Milliseconds until a call has a chance; 0 if it has one now, or when a running probe ends. */
  get retryAfterMs(): number {
    if (this.#phase.state === 'open') return Math.max(0, this.#phase.until - this.#clock())
    return this.#phase.state === 'forced-open' ? unknownWaitMs : 0
  }

  /** The outcome of `fn` as it is, or BreakerOpenError. By default a throw is a failure. */
  run<T>(
    fn: () => T | Promise<T>,
    classify?: (error: unknown, value?: T) => Type.Verdict,
  ): Promise<T> {
    // Not an async function: `then` saves a good call a fifth of what the breaker costs it.
    let ticket: Ticket
    try {
      ticket = this.#admit()
    } catch (error) {
      return Promise.reject(error)
    }
    return started(fn).then(
      (value) => {
        this.#settle(ticket, (classify && this.#ask(() => classify(undefined, value))) ?? 'success')
        return value
      },
      (error: unknown) => {
        this.#settle(ticket, (classify && this.#ask(() => classify(error))) ?? 'failure')
        throw error
      },
    )
  }

  /** For what `run` cannot wrap; throws BreakerOpenError. */
  acquire(): Type.Permit {
    const ticket = this.#admit()
    return { settle: (verdict) => this.#settle(ticket, verdict) }
  }

  /** Refuses every call until `reset` or `disable`. */
  forceOpen(): void {
    this.#enter({ state: 'forced-open' })
  }
  /** Admits every call and judges none until `reset` or `forceOpen`. */
  disable(): void {
    this.#enter({ state: 'disabled' })
  }
  /** Closes, with nothing remembered but the totals. */
  reset(): void {
    this.#enter({ state: 'closed', tally: new Tally(this.#options.window) })
  }

  metrics(): Type.BreakerMetrics {
    const { name, state, retryAfterMs } = this
    const phase = this.#phase
    let window = nothing
    if (phase.state === 'closed') window = phase.tally.counts(this.#clock())
    if (phase.state === 'half-open') window = phase.sample
    const totals = { calls: { ...this.#calls }, slow: this.#slow, refusals: this.#refusals }
    return { name, state, attempt: this.#attempt, retryAfterMs, ...totals, window: { ...window } }
  }

  snapshot(): Type.BreakerSnapshot {
    const { state, retryAfterMs: remainingMs } = this
    if (state === 'open') return { state, attempt: this.#attempt, remainingMs }
    return state === 'half-open' ? { state, attempt: this.#attempt } : { state }
  }

  get #attempt(): number {
    return 'attempt' in this.#phase ? this.#phase.attempt : 0
  }

  /** Milliseconds since construction; while the clock goes back this stands still, then goes on. */
  #clock(): number {
    const time = this.#now() + this.#offset
    if (time < this.#time) this.#offset += this.#time - time
    else this.#time = time
    return this.#time
  }

  #admit(): Ticket {
    const phase = this.#phase
    if (phase.state !== 'closed' && phase.state !== 'disabled') return this.#admitProbe()
    return { phase, startedAt: this.#slowMs < Infinity ? this.#clock() : 0, settled: false }
  }

  #admitProbe(): Ticket {
    const startedAt = this.#clock()
    this.#advance(startedAt)
    const phase = this.#phase
    if (phase.state === 'closed' || phase.state === 'disabled') return this.#admit()
    if (
      phase.state === 'half-open' &&
      phase.running.size + phase.sample.calls < this.#halfOpen.calls
    ) {
      const ticket = { phase, startedAt, settled: false }
      phase.running.add(ticket)
      return ticket
    }
    const { name, state, retryAfterMs } = this
    this.#refusals++
    this.#tell({ type: 'refused', name, by: 'breaker', retryAfterMs })
    throw new BreakerOpenError(`circuit ${state}`, name, retryAfterMs)
  }

  /** What time alone changes, as of when it was due: a probe hangs, or the wait is over. */
  #advance(time: number): void {
    const probing = this.#phase
    if (probing.state === 'half-open') {
      for (const ticket of probing.running) {
        const due = ticket.startedAt + this.#halfOpen.maxWaitMs
        if (time > due && probing === this.#phase) this.#finish(ticket, 'failure', due)
      }
    }
    const phase = this.#phase
    if (phase.state === 'open' && time >= phase.until) this.#enter(halfOpen(phase.attempt))
  }

  #settle(ticket: Ticket, verdict: Type.Verdict): void {
    if (ticket.settled) return
    const probe = ticket.phase.state === 'half-open' && ticket.phase === this.#phase
    const time = this.#timed || probe ? this.#clock() : 0
    // It may be this very probe that comes too late.
    if (probe) this.#advance(time)
    this.#finish(ticket, verdict, time)
  }

  #finish(ticket: Ticket, verdict: Type.Verdict, time: number): void {
    if (ticket.settled) return
    ticket.settled = true
    const { phase, startedAt } = ticket
    const slow = verdict !== 'ignore' && time - startedAt > this.#slowMs
    this.#calls[verdict]++
    if (slow) this.#slow++
    if (this.#options.onEvent) this.#tell({ type: 'call', name: this.name, verdict, slow })
    if (phase !== this.#phase) return
    if (phase.state === 'half-open') phase.running.delete(ticket)
    if (verdict !== 'ignore') this.#count(phase, verdict === 'failure', slow, time)
  }

  /** A half-open sample is all its probes, so it may be lost before the last one is back. */
  #count(phase: Phase, failed: boolean, slow: boolean, time: number): void {
    if (phase.state === 'closed' && phase.tally.record(failed, slow, time)) this.#open(1)
    if (phase.state !== 'half-open') return
    const { sample, attempt } = phase
    sample.calls++
    sample.failures += Number(failed)
    sample.slow += Number(slow)
    const whole = { ...sample, calls: this.#halfOpen.calls }
    if (reached(this.#options.window, whole)) this.#open(attempt + 1, time)
    else if (sample.calls === whole.calls) this.reset()
  }

  #open(attempt: number, since = this.#clock()): void {
    const { openMs } = this.#options
    const asked = typeof openMs === 'number' ? openMs : this.#ask(() => openMs(attempt))
    const waitMs = asked !== undefined && asked >= 0 && asked < Infinity ? asked : unknownWaitMs
    this.#enter({ state: 'open', attempt, until: since + waitMs })
  }

  #enter(phase: Phase): void {
    const from = this.state
    this.#phase = phase
    const { name, state: to, retryAfterMs } = this
    if (from === to) return
    this.#tell({ type: 'state', name, from, to, attempt: this.#attempt, retryAfterMs })
  }

  /** What a callback answers; if it throws, that is told as an event and the answer is undefined. */
  #ask<T>(callback: () => T): T | undefined {
    try {
      return callback()
    } catch (error) {
      this.#tell({ type: 'callback-error', name: this.name, error })
      return undefined
    }
  }

  #tell(event: Type.BreakerEvent): void {
    notify(this.#options.onEvent, event)
  }
}
