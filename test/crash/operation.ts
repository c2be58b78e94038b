import type { CrashPoint, CrashStep } from './steps.ts'
import type { Chance } from '../../scripts/chaos/random.ts'
import type { Lane } from './lane.ts'

/** What an operation needs to know of the kill that awaits it. */
export interface Kill {
  readonly point: CrashPoint
  /** It only stood still there, and has gone on since. */
  readonly wentOn?: boolean
}

/**
 * In one process there is no way between two services that could be cut; what one of them does without the
 * others is the same code there, and so is what happens between them as in another operation.
 */
export type Apart = 'a way is cut' | 'nobody else takes part' | 'as another'

/**
 * Something that the system does and may die of. `State` is what its preparation made, `Answer`
 * what the client got, null when nothing came.
 */
export interface Operation<State = unknown, Answer = unknown> {
  readonly title: string
  /**
   * Each step that it passes, and how often; of `many` passings only the first is killed, and of
   * those that another operation is about none. `perhaps` is what another process may ask of it
   * first. They stand in the order in which they are passed. The test records them and fails when they are
   * others.
   */
  readonly passes: Readonly<Partial<Record<CrashStep, number | 'many' | 'elsewhere' | 'perhaps'>>>
  /** Those of them that are under way at once. */
  readonly meanwhile?: readonly CrashStep[]
  /** Why it is not done to one process of all services as well, unless it is. */
  readonly apart?: Apart
  /** The process is started to die, instead of being told to while it runs. */
  readonly fromStart?: boolean
  readonly prepare: (lane: Lane, chance: Chance) => Promise<State>
  /** While the process is dead, before it is started to die: time passes, files are restored. */
  readonly whileDown?: (lane: Lane, state: State) => Promise<void>
  /** What the client does. */
  readonly run?: (lane: Lane, state: State) => Promise<Answer>
  /** Between the crash and the next start. */
  readonly afterCrash?: (lane: Lane, state: State) => Promise<void>
  /** The process is up again: the client repeats itself, and everything must be right. */
  readonly finish: (
    lane: Lane,
    state: State,
    answer: Answer | null,
    kill: Kill | null,
  ) => Promise<void>
}

/** Ties the types of an operation's parts together, and lets operations stand in one list. */
export function operation<State, Answer>(given: Operation<State, Answer>): Prepared {
  const { title, passes, meanwhile = [], apart, fromStart = false } = given
  return {
    title,
    passes,
    meanwhile,
    apart,
    fromStart,
    async begin(lane, chance) {
      const state = await given.prepare(lane, chance)
      let answer: Answer | null = null
      return {
        whileDown: async () => await given.whileDown?.(lane, state),
        async run() {
          answer = (await given.run?.(lane, state)) ?? null
        },
        afterCrash: async () => await given.afterCrash?.(lane, state),
        finish: (kill) => given.finish(lane, state, answer, kill),
      }
    },
  }
}

export interface Prepared {
  readonly title: string
  readonly passes: Operation['passes']
  readonly meanwhile: readonly CrashStep[]
  readonly apart: Apart | undefined
  readonly fromStart: boolean
  begin(lane: Lane, chance: Chance): Promise<Begun>
}

export interface Begun {
  whileDown(): Promise<void>
  run(): Promise<void>
  afterCrash(): Promise<void>
  finish(kill: Kill | null): Promise<void>
}
