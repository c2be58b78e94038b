import { type BenchOptions, benchOptions, chooseBench, help, type Mode } from './args.ts'
import { benchmark, type Section } from './harness.ts'
import { growth } from './modes/growth.ts'
import { hot } from './modes/hot.ts'
import { idle } from './modes/idle.ts'
import { notices } from './modes/notices.ts'
import { overload } from './modes/overload.ts'
import { profile } from './modes/profile.ts'
import { purchases } from './modes/purchases.ts'
import type { Session } from './session.ts'

const runs: Record<Mode, (session: Session, options: BenchOptions) => Promise<Section>> = {
  purchases,
  hot,
  overload,
  growth,
  idle,
  notices,
  profile,
}

/** Answers the exit code. */
export const bench = (args: readonly string[]): Promise<number> =>
  benchmark(args, {
    help,
    options: benchOptions,
    choose: chooseBench,
    async *measure(session, options) {
      for (const mode of options.modes) yield [mode, await runs[mode](session, options)]
    },
  })
