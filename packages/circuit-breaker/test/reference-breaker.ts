import type { BreakerOptions, Counts, State, Verdict } from '../src/index.ts'

type Finished = { at: number; failed: boolean; slow: boolean }
export type ReferencePermit = { epoch: number; startedAt: number; settled: boolean }

/**
 * The semantics once more, without a thought for speed: every finished call of an epoch is kept in
 * a list, and each question is answered by looking through it.
 */
export class ReferenceBreaker {
  state: State = 'closed'
  attempt = 0
  totals = { success: 0, failure: 0, ignore: 0 }
  now = 0
  #openedUntil = 0
  #epoch = 0
  #finished: Finished[] = []
  #probes: ReferencePermit[] = []
  readonly #options: BreakerOptions

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  get retryAfterMs(): number {
    if (this.state === 'forced-open') return 1000
    return this.state === 'open' ? Math.max(0, this.#openedUntil - this.now) : 0
  }

  become(state: State, attempt = 0, remainingMs = 0): void {
    this.state = state
    this.attempt = attempt
    this.#openedUntil = this.now + remainingMs
    this.#epoch++
    this.#finished = []
    this.#probes = []
  }

  /** Undefined when refused. */
  acquire(): ReferencePermit | undefined {
    this.#letTimePass()
    const places = this.#options.halfOpen?.calls ?? 3
    const taken = this.#finished.length + this.#probes.length
    if (this.state === 'open' || this.state === 'forced-open') return undefined
    if (this.state === 'half-open' && taken >= places) return undefined
    const permit = { epoch: this.#epoch, startedAt: this.now, settled: false }
    if (this.state === 'half-open') this.#probes.push(permit)
    return permit
  }

  settle(permit: ReferencePermit, verdict: Verdict): void {
    if (permit.settled) return
    if (this.state === 'half-open' && permit.epoch === this.#epoch) this.#letTimePass()
    this.#finish(permit, verdict, this.now)
  }

  #finish(permit: ReferencePermit, verdict: Verdict, at: number): void {
    if (permit.settled) return
    permit.settled = true
    this.totals[verdict]++
    if (permit.epoch !== this.#epoch) return
    this.#probes = this.#probes.filter((one) => one !== permit)
    if (verdict === 'ignore' || this.state === 'disabled') return
    const slow = at - permit.startedAt > (this.#options.slowMs ?? Infinity)
    this.#finished.push({ at, failed: verdict === 'failure', slow })
    this.#judge(verdict === 'failure' || slow, at)
  }

  window(): Counts {
    const calls = this.#inWindow()
    const { length: failures } = calls.filter((one) => one.failed)
    const { length: slow } = calls.filter((one) => one.slow)
    return { calls: calls.length, failures, slow }
  }

  /** Each thing at its own moment: probes that hang fail, and a wait that is over ends. */
  #letTimePass(): void {
    this.#failHungProbes()
    if (this.state === 'open' && this.now >= this.#openedUntil)
      this.become('half-open', this.attempt)
  }

  #failHungProbes(): void {
    const longest = this.#options.halfOpen?.maxWaitMs ?? 10_000
    const epoch = this.#epoch
    for (const probe of this.#probes) {
      if (this.#epoch === epoch && this.now - probe.startedAt > longest)
        this.#finish(probe, 'failure', probe.startedAt + longest)
    }
  }

  #inWindow(): Finished[] {
    const { window } = this.#options
    if (this.state !== 'closed') return this.#finished
    if (window.type === 'consecutive') return this.#finished.slice(-window.failures)
    if (window.type === 'count') return this.#finished.slice(-window.size)
    const { ms, buckets = 10 } = window
    const bucketOf = (time: number) => Math.floor((time * buckets) / ms)
    return this.#finished.filter((one) => bucketOf(one.at) > bucketOf(this.now) - buckets)
  }

  #judge(bad: boolean, at: number): void {
    const { window, openMs, halfOpen } = this.#options
    const { calls, failures, slow } = this.window()
    const places = halfOpen?.calls ?? 3
    const sample = this.state === 'half-open' ? places : calls
    let enough = this.state === 'half-open'
    let reached = failures > 0
    if (window.type !== 'consecutive') {
      enough ||= calls >= (window.minimumCalls ?? (window.type === 'count' ? window.size : 0))
      reached = failures / sample >= window.failureRate
      if (window.slowRate !== undefined) reached ||= slow / sample >= window.slowRate
    } else {
      enough ||= failures >= window.failures
    }
    if (bad && enough && reached) {
      const attempt = this.attempt + 1
      const waitMs = typeof openMs === 'number' ? openMs : openMs(attempt)
      this.become('open', attempt, at + waitMs - this.now)
    } else if (this.state === 'half-open' && calls === places) {
      this.become('closed')
    }
  }
}
