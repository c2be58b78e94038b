import type { BenchOptions, Mode } from '../args.ts'
import type { Session } from '../session.ts'
import { growth } from './growth.ts'
import { hot } from './hot.ts'
import { idle } from './idle.ts'
import { overload } from './overload.ts'
import { profile } from './profile.ts'
import { purchases } from './purchases.ts'
import type { Section } from './section.ts'

const runs: Record<Mode, (session: Session, options: BenchOptions) => Promise<Section>> = {
  purchases,
  hot,
  overload,
  growth,
  idle,
  profile,
}

export function runMode(mode: Mode, session: Session, options: BenchOptions): Promise<Section> {
  return runs[mode](session, options)
}
