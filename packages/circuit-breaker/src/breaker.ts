import { BreakerOpenError } from './errors.ts'
import { notify } from './notify.ts'
import { check } from './options.ts'
import { createTally, reached, type Tally } from './tally.ts'
import type * as Type from './types.ts'

/** Each transition makes a new object; its identity is the epoch that a ticket belongs to. */
type Phase =
  | { state: 'closed'; tally: Tally }
  | { state: 'open'; attempt: number; until: number }
  | { state: 'half-open'; attempt: number; running: Set<Ticket>; sample: Type.Counts }
  | { state: 'forced-open' | 'disabled' }
type Ticket = { phase: Phase; startedAt: number; settled: boolean }

const halfOpen = (attempt: number): Phase => {
  const sample = { calls: 0, failures: 0, slow: 0 }
  return { state: 'half-open', attempt, running: new Set(), sample }
}
const attemptOf = (phase: Phase): number => ('attempt' in phase ? phase.attempt : 0)
/** Milliseconds: nobody knows when a forced-open breaker is released, or what a broken `openMs` meant. */
const unknownWaitMs = 1000

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
  readonly #probes: number
  readonly #maxWaitMs: number
  readonly #calls = { success: 0, failure: 0, ignore: 0 }
  #slow = 0
  #refusals = 0
  #time = 0
  #offset: number
  #phase: Phase

  /** Throws a RangeError for an option, or a number in the snapshot, that is out of range. */
  constructor(options: Type.BreakerOptions, from: Type.BreakerSnapshot = { state: 'closed' }) {
    check(options, options.window, options.halfOpen, from)
    this.#options = options
    this.name = options.name ?? 'breaker'
    this.#now = options.now ?? (() => performance.now())
    this.#slowMs = options.slowMs ?? Infinity
    this.#timed = options.window.type === 'time' || options.slowMs !== undefined
    this.#probes = options.halfOpen?.calls ?? 3
    this.#maxWaitMs = options.halfOpen?.maxWaitMs ?? 10_000
    this.#offset = -this.#now()
    if (from.state === 'open') this.#phase = { ...from, until: from.remainingMs }
    else if (from.state === 'half-open') this.#phase = halfOpen(from.attempt)
    else if (from.state === 'closed') this.#phase = this.#closed()
    else this.#phase = { state: from.state }
  }

  get state(): Type.State {
    return this.#phase.state
  }

  /** Milliseconds until a call has a chance; 0 if it has one now, or when a running probe ends. */
  get retryAfterMs(): number {
    if (this.#phase.state === 'open') return Math.max(0, this.#phase.until - this.#clock())
    return this.#phase.state === 'forced-open' ? unknownWaitMs : 0
  }

  /** The outcome of `fn` as it is, or BreakerOpenError. Without `classify` a throw is a failure. */
  async run<T>(fn: () => T | Promise<T>, classify?: Type.Classify<T>): Promise<T> {
    const ticket = this.#admit()
    let value: T
    try {
      value = await fn()
    } catch (error) {
      this.#settle(ticket, (classify && this.#ask(() => classify(error))) ?? 'failure')
      throw error
    }
    this.#settle(ticket, (classify && this.#ask(() => classify(undefined, value))) ?? 'success')
    return value
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
    this.#enter(this.#closed())
  }

  metrics(): Type.BreakerMetrics {
    const phase = this.#phase
    let window = { calls: 0, failures: 0, slow: 0 }
    if (phase.state === 'closed') window = phase.tally.counts(this.#clock())
    if (phase.state === 'half-open') window = { ...phase.sample }
    const { name, state, retryAfterMs } = this
    const totals = { calls: { ...this.#calls }, slow: this.#slow, refusals: this.#refusals }
    return { name, state, attempt: attemptOf(phase), retryAfterMs, ...totals, window }
  }

  snapshot(): Type.BreakerSnapshot {
    const { state } = this
    const attempt = attemptOf(this.#phase)
    if (state === 'open') return { state, attempt, remainingMs: this.retryAfterMs }
    return state === 'half-open' ? { state, attempt } : { state }
  }

  #closed(): Phase {
    return { state: 'closed', tally: createTally(this.#options.window) }
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
    this.#advance(this.#phase, startedAt)
    const phase = this.#phase
    if (phase.state === 'closed' || phase.state === 'disabled') return this.#admit()
    if (phase.state === 'half-open' && phase.running.size + phase.sample.calls < this.#probes) {
      const ticket = { phase, startedAt, settled: false }
      phase.running.add(ticket)
      return ticket
    }
    const { name, retryAfterMs } = this
    this.#refusals++
    this.#tell({ type: 'refused', name, by: 'breaker', retryAfterMs })
    throw new BreakerOpenError(`circuit ${this.state}`, name, retryAfterMs)
  }

  /** What time alone changes: the wait is over, or a probe hangs. */
  #advance(phase: Phase, time: number): void {
    if (phase.state === 'open' && time >= phase.until) this.#enter(halfOpen(phase.attempt))
    if (phase.state !== 'half-open') return
    for (const ticket of phase.running) {
      const hangs = time - ticket.startedAt > this.#maxWaitMs
      if (hangs && phase === this.#phase) this.#settle(ticket, 'failure')
    }
  }

  #settle(ticket: Ticket, verdict: Type.Verdict): void {
    if (ticket.settled) return
    ticket.settled = true
    const { phase, startedAt } = ticket
    const time = this.#timed ? this.#clock() : 0
    const slow = verdict !== 'ignore' && time - startedAt > this.#slowMs
    this.#calls[verdict]++
    if (slow) this.#slow++
    if (this.#options.onEvent) this.#tell({ type: 'call', name: this.name, verdict, slow })
    if (phase !== this.#phase) return
    if (phase.state === 'half-open') phase.running.delete(ticket)
    if (verdict !== 'ignore') this.#count(phase, verdict === 'failure', slow, time)
  }

  /** A half-open sample is all its `calls`, so it may be lost before the last one is back. */
  #count(phase: Phase, failed: boolean, slow: boolean, time: number): void {
    if (phase.state === 'closed' && phase.tally.record(failed, slow, time)) this.#open(1)
    if (phase.state !== 'half-open') return
    const { sample } = phase
    sample.calls++
    sample.failures += Number(failed)
    sample.slow += Number(slow)
    const whole = { ...sample, calls: this.#probes }
    if ((failed || slow) && reached(this.#options.window, whole)) this.#open(phase.attempt + 1)
    else if (sample.calls === this.#probes) this.reset()
  }

  #open(attempt: number): void {
    const { openMs } = this.#options
    const waitMs = typeof openMs === 'number' ? openMs : this.#ask(() => openMs(attempt))
    const known = waitMs !== undefined && waitMs >= 0 && waitMs < Infinity
    this.#enter({ state: 'open', attempt, until: this.#clock() + (known ? waitMs : unknownWaitMs) })
  }

  #enter(phase: Phase): void {
    const from = this.state
    this.#phase = phase
    const { name, state: to, retryAfterMs } = this
    const attempt = attemptOf(phase)
    if (from !== to) this.#tell({ type: 'state', name, from, to, attempt, retryAfterMs })
  }

  /** What a callback answers; if it throws, that becomes an event and the answer undefined. */
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
