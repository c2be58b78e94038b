import type { Suspect } from './context.ts'
import { type Clock, judge, type Verdict } from './judge.ts'
import type { Sides } from './sides.ts'
import type { Tally } from './tally.ts'

export interface SettleOptions {
  /** Opens what is looked at again; the caller of this closes it. */
  readonly sides: () => Sides | Promise<Sides>
  readonly wait: (ms: number) => Promise<void>
  readonly progress: (what: string, done: number) => void
}

/** The pause between two looks, and how many looks a driver gets to mend something. */
const pauseMs = 250
const looks = 12

interface Still {
  readonly suspect: Suspect
  readonly verdict: Extract<Verdict, { kind: 'wrong' }>
}

/** One look at each suspect. Answers those that are wrong still, with why. */
async function look(
  sides: Sides,
  suspects: readonly Suspect[],
  clock: Clock,
  tally: Tally,
): Promise<Still[]> {
  const still: Still[] = []
  for (const suspect of suspects) {
    const pair = await sides.pairOf(suspect.id)
    if (!pair) {
      tally.inFlight(suspect.invariant, 'an order that is changing right now')
      continue
    }
    const verdict = judge(pair, clock)
    if (verdict.kind === 'in-flight') tally.inFlight(suspect.invariant, verdict.reason)
    if (verdict.kind === 'wrong') still.push({ suspect, verdict })
  }
  return still
}

/**
 * Looks at the suspects again, both sides as of one moment. What a driver would mend is given a few
 * seconds, and more of them for as long as it gets less.
 */
export async function settle(
  suspects: readonly Suspect[],
  tally: Tally,
  options: SettleOptions,
): Promise<void> {
  if (suspects.length === 0) return
  const { wait, progress } = options
  const sides = await options.sides()
  try {
    let left = suspects
    for (let patience = looks; left.length > 0; patience--) {
      progress(`looking again at ${left.length}`, 1 - patience / looks)
      const still = await look(sides, left, await sides.clock(), tally)
      const mending = still.filter(({ verdict }) => verdict.mends && patience > 0)
      for (const { suspect, verdict } of still) {
        if (verdict.mends && patience > 0) continue
        tally.wrong(suspect.invariant, suspect.subject, verdict.what, verdict.remedy)
      }
      if (mending.length < left.length) patience = Math.min(looks, patience + 1)
      left = mending.map(({ suspect }) => suspect)
      if (left.length > 0) await wait(pauseMs)
    }
  } finally {
    await sides.close()
  }
}
