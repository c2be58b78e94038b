import { createCalls } from '@encargo/service-kit/testing/calls'
import { createRandom } from '@encargo/service-kit/testing/random'
import { type Both, differences } from './both.ts'
import { type Chance, chanceOf } from './chance.ts'
import { asDone, type Asker, type Operation } from './operation.ts'
import { plain } from './plain.ts'

/** How many writes PostgreSQL does in one transaction, if no two of them share statements. */
const mostAtOnce = 30

/** What an operation came to. That a rule of the tables refused it each engine says in its own words. */
async function outcome(asked: Promise<unknown>): Promise<unknown> {
  try {
    return plain(await asked)
  } catch (error) {
    if (error instanceof TypeError) throw error
    return refused
  }
}
const refused = { tipo: 'refused by a rule' }

/** In short: the member that tells outcomes from each other, where there is one. */
function sort(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) {
    return typeof answer === 'string' || typeof answer === 'boolean'
      ? String(answer)
      : typeof answer
  }
  if ('tipo' in answer) return String(answer.tipo)
  return Object.keys(answer).length === 0 ? 'empty' : 'some'
}

/** Which history, and how many operations of it at least. */
export interface Length {
  readonly seed: number
  readonly operations: number
}

const say = (what: unknown) => JSON.stringify(what)?.slice(0, 2_000)

export interface Lived {
  readonly operations: number
  /** How many writes a transaction of PostgreSQL had, on average. */
  readonly writesTogether: number
  /** Rows of the tables at the end, which are the same in both. */
  readonly rows: number
  /** How often each operation came to what. */
  readonly outcomes: ReadonlyMap<string, number>
  /** What the port offers and nobody asked for. */
  readonly missed: readonly string[]
}

/**
 * Asks both stores for the same things: SQLite for one after the other, PostgreSQL for some at a time.
 * @throws Error at the first answer, or in the end at the rows, that are not the same
 */
export async function live<S extends object>(
  both: Both<S>,
  asker: (chance: Chance, both: Both<S>) => Asker<S>,
  { seed, operations }: Length,
): Promise<Lived> {
  const chance = chanceOf(createRandom(seed))
  const { below, deck, many, once } = chance
  const { watch, missed } = createCalls()
  const sqlite = watch(both.sqlite)
  const { tick, ...makers } = asker(chance, both)
  const [writes, reads, alone] = [deck(makers.writes), deck(makers.reads), deck(makers.alone)]
  const outcomes = new Map<string, number>()

  function round(): readonly Operation<S>[] {
    const [next, most] = once(8)
      ? ([alone, 1] as const)
      : once(4)
        ? ([reads, 12] as const)
        : ([writes, mostAtOnce] as const)
    return many(1 + below(1 + below(most)), () => next()?.()).filter((one) => one !== undefined)
  }

  async function step(asked: readonly Operation<S>[]): Promise<void> {
    const expected = new Map<Operation<S>, unknown>()
    for (const one of asDone(asked)) expected.set(one, await outcome(one.ask(sqlite)))
    const given = await Promise.all(asked.map((one) => outcome(one.ask(both.postgres))))
    for (const [at, one] of asked.entries()) {
      const wanted = expected.get(one)
      if (!Bun.deepEquals(given[at], wanted)) {
        const names = asked.map(({ name }) => name)
        throw new Error(
          `${one.name}, ${at} of ${names.join(' ')}: SQLite ${say(wanted)}, PostgreSQL ${say(given[at])}`,
        )
      }
      const key = `${one.name} ${sort(wanted)}`
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
    }
  }

  let done = 0
  while (done < operations) {
    tick()
    const asked = round()
    await step(asked)
    done += asked.length
  }
  const { found, count } = await differences(both)
  if (Object.keys(found).length > 0) throw new Error(`rows differ: ${JSON.stringify(found)}`)
  const { writes: written, commits } = both.storages.postgres.stats()
  const writesTogether = written / commits
  return { operations: done, writesTogether, rows: count, outcomes, missed: missed() }
}
