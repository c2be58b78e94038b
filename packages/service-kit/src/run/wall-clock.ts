import { type Clock, epochMs } from '../async/clock.ts'
import type { Outside } from './outside.ts'
import type { Check } from '../http/plugins/operations.ts'
import type { Timer } from '../async/timer.ts'

/** The clock of this machine says what can't be, so nothing is dated by it. */
export class ClockDoubtError extends Error {
  override readonly name = 'ClockDoubtError'
  readonly retryAfterMs = settleMs

  constructor(aheadMs: number) {
    super(`the clock has jumped ahead by ${Math.round(aheadMs / 1000)} s`)
  }
}

/** By how much the clock may get ahead of the time that has passed, between two looks at it. */
const jumpMs = 5 * 60_000
/** How long a clock that has jumped must go on evenly before it is believed. */
const settleMs = 60_000
/** How often it is looked at where nobody asks: doubt begins with the leap, not with the next question. */
const lookMs = 15_000
const dayMs = 24 * 60 * 60_000

interface Reading {
  readonly wall: number
  readonly monotonic: number
}

export interface WallClockOptions {
  /** The newest moment on record, or null. All times are in milliseconds, this since the epoch. */
  readonly newest: number | null
  /** How far ahead of the last moment that was believed the clock may be, whatever happened. */
  readonly maxAheadDays: number
  readonly wall?: () => number
  readonly monotonic?: () => number
  /** Called when the clock begins to be doubted. */
  readonly onDoubt?: (error: ClockDoubtError) => void
}

/**
 * The time of day, believed only within bounds: moments that stay on record, and deadlines that are
 * judged by it, must not be years ahead because a clock was for some seconds. A jump ahead of the
 * time that has passed, as after a suspension, is believed when it has lasted for a minute; one that
 * is further ahead of the last known moment than a shop is ever closed, never. Back it goes at once.
 */
export class WallClock {
  readonly #wall: () => number
  readonly #monotonic: () => number
  readonly #options: WallClockOptions
  #trusted: Reading
  #doubt: (Reading & { readonly error: ClockDoubtError }) | undefined

  constructor(options: WallClockOptions) {
    const { wall = Date.now, monotonic = () => performance.now(), newest, maxAheadDays } = options
    this.#wall = wall
    this.#monotonic = monotonic
    this.#options = options
    const now = wall()
    const absurd = newest !== null && now - newest > maxAheadDays * dayMs
    this.#trusted = { wall: absurd ? newest : now, monotonic: monotonic() }
  }

  /** Whether `now` throws at the moment. */
  get doubted(): boolean {
    return this.#look() instanceof ClockDoubtError
  }

  /** Notices by itself what `now` would notice. */
  look(): void {
    this.#look()
  }

  /** @throws ClockDoubtError */
  readonly now = (): Date => {
    const seen = this.#look()
    if (seen instanceof ClockDoubtError) throw seen
    return new Date(seen.wall)
  }

  #look(): Reading | ClockDoubtError {
    const seen = { wall: this.#wall(), monotonic: this.#monotonic() }
    const ahead = aheadOf(this.#trusted, seen)
    const absurd = seen.wall - this.#trusted.wall > this.#options.maxAheadDays * dayMs
    if (absurd || (ahead > jumpMs && !this.#settled(seen))) return this.#doubtful(seen, ahead)
    this.#doubt = undefined
    this.#trusted = seen
    return seen
  }

  #settled(seen: Reading): boolean {
    const doubt = this.#doubt
    return doubt !== undefined && even(doubt, seen) && seen.monotonic - doubt.monotonic >= settleMs
  }

  #doubtful(seen: Reading, ahead: number): ClockDoubtError {
    if (this.#doubt && even(this.#doubt, seen)) return this.#doubt.error
    const error = new ClockDoubtError(ahead)
    this.#doubt = { ...seen, error }
    this.#options.onDoubt?.(error)
    return error
  }
}

/** Looks at a clock from time to time, until what it returns is called. */
export function watchClock(clock: WallClock, timer: Timer): () => void {
  let cancel = timer(tick, lookMs)
  function tick(): void {
    clock.look()
    cancel = timer(tick, lookMs)
  }
  return () => cancel()
}

/**
 * The machine's clock as a service goes by it: its log says when it begins to be doubted, `/readyz`
 * while it is. `newest` is the newest moment on record, or null.
 */
export function believedClock(
  { clock: machine, timer, logger }: Pick<Outside, 'clock' | 'timer' | 'logger'>,
  newest: number | null,
  { CLOCK_MAX_AHEAD_DAYS: maxAheadDays }: { readonly CLOCK_MAX_AHEAD_DAYS: number },
) {
  const wall = new WallClock({
    newest,
    maxAheadDays,
    wall: machine.epochMs,
    monotonic: machine.monoMs,
    onDoubt: ({ message }) =>
      logger.error('nothing is dated while the clock is doubted', { error: message }),
  })
  const clock: Clock = { epochMs: () => epochMs(wall.now().getTime()), monoMs: machine.monoMs }
  return {
    clock,
    stop: watchClock(wall, timer),
    /** `check`, unless the clock is doubted. */
    healthy: (check: () => Check) => (): Check =>
      wall.doubted ? { ok: false, reason: 'clock' } : check(),
  }
}

/** By how much the clock went on beyond the time that has passed between two readings. */
const aheadOf = (from: Reading, to: Reading) =>
  to.wall - from.wall - (to.monotonic - from.monotonic)
const even = (from: Reading, to: Reading) => Math.abs(aheadOf(from, to)) <= jumpMs
