import { type Clock, type EpochMs, epochMs, type MonoMs } from '../async/clock.ts'
import type { Check } from '../http/plugins/operations.ts'
import type { Outside } from './outside.ts'

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
  readonly wall: EpochMs
  readonly monotonic: MonoMs
}

/** By how much the clock went on beyond the time that has passed between two readings. */
const aheadOf = (from: Reading, to: Reading) =>
  to.wall - from.wall - (to.monotonic - from.monotonic)
const even = (from: Reading, to: Reading) => Math.abs(aheadOf(from, to)) <= jumpMs

/**
 * The machine's clock as a service goes by it, believed only within bounds: moments that stay on record,
 * and deadlines that are judged by it, must not be years ahead because a clock was for some seconds. A
 * jump ahead of the time that has passed, as after a suspension, is believed when it has lasted for a
 * minute; one that is further ahead of the last known moment than a shop is ever closed, never. Back it
 * goes at once. Its log says when it begins to be doubted, `/readyz` while it is. `newest` is the newest
 * moment on record, in milliseconds since the epoch, if there is one.
 */
export function believedClock(
  { clock: machine, timer, logger }: Pick<Outside, 'clock' | 'timer' | 'logger'>,
  newest: number | undefined,
  { CLOCK_MAX_AHEAD_DAYS: maxAheadDays }: { readonly CLOCK_MAX_AHEAD_DAYS: number },
) {
  const read = (): Reading => ({ wall: machine.epochMs(), monotonic: machine.monoMs() })
  const isAbsurd = (ms: number) => ms > maxAheadDays * dayMs
  let trusted = read()
  let doubt: (Reading & { readonly error: ClockDoubtError }) | undefined
  if (newest !== undefined && isAbsurd(trusted.wall - newest)) {
    trusted = { ...trusted, wall: epochMs(newest) }
  }

  const hasSettled = (seen: Reading) =>
    doubt !== undefined && even(doubt, seen) && seen.monotonic - doubt.monotonic >= settleMs

  function doubted(seen: Reading, ahead: number): ClockDoubtError {
    if (doubt && even(doubt, seen)) return doubt.error
    const error = new ClockDoubtError(ahead)
    doubt = { ...seen, error }
    logger.error('nothing is dated while the clock is doubted', { error: error.message })
    return error
  }

  function look(): Reading | ClockDoubtError {
    const seen = read()
    const ahead = aheadOf(trusted, seen)
    const jumped = ahead > jumpMs && !hasSettled(seen)
    if (jumped || isAbsurd(seen.wall - trusted.wall)) return doubted(seen, ahead)
    doubt = undefined
    trusted = seen
    return seen
  }

  const clock: Clock = {
    epochMs() {
      const seen = look()
      if (seen instanceof ClockDoubtError) throw seen
      return seen.wall
    },
    monoMs: machine.monoMs,
  }
  const tick = () => {
    look()
    cancel = timer(tick, lookMs)
  }
  let cancel = timer(tick, lookMs)
  return {
    clock,
    stop: () => cancel(),
    /** `check`, unless the clock is doubted. */
    healthy: (check: () => Check) => (): Check =>
      look() instanceof ClockDoubtError ? { ok: false, reason: 'clock' } : check(),
  }
}
