import type { Chance } from '../../scripts/chaos/random.ts'
import { bundle } from './bundle.ts'
import { type Case, casesOf, type Runner, tryAll } from './cases.ts'
import type { Prepared } from './operation.ts'
import { createPair, type Pair } from './pair.ts'
import { freezing } from './victim.ts'

/** One of two replicas dies at a point of an operation, or stands still there and goes on too late. */
export interface Harm {
  readonly operation: Prepared
  readonly kill: NonNullable<Case['kill']>
  readonly how: 'dies' | 'freezes'
}

export const nameOfHarm = ({ operation, kill, how }: Harm) =>
  `${operation.title} @ ${how} ${kill.spot}`

/** Both harms at every point of an operation. */
export const harmsOf = (operation: Prepared): Harm[] =>
  casesOf(operation).flatMap(({ kill }) =>
    kill ? (['dies', 'freezes'] as const).map((how) => ({ operation, kill, how })) : [],
  )

/** One of each kind. */
export function someHarmsOf(operation: Prepared, chance: Chance): Harm[] {
  const all = harmsOf(operation)
  return (['dies', 'freezes'] as const).flatMap((how) => {
    const [first, ...more] = all.filter((one) => one.how === how)
    return first ? [chance.pick([first, ...more])] : []
  })
}

/** Harms one; the other does what is left, and what the first does when it goes on changes nothing. */
export async function runHarm(pair: Pair, { operation, kill, how }: Harm, chance: Chance) {
  const { point, spot } = kill
  await pair.bothRun()
  const begun = await operation.begin(pair, chance)
  const order = how === 'dies' ? spot : freezing(spot)
  if (operation.fromStart) {
    await pair.bothEnd()
    await begun.whileDown()
    await pair.startBoth(order)
  } else {
    await pair.victim.arm(order)
  }
  const asked = begun.run()
  asked.catch(() => {})
  await (how === 'dies' ? pair.victim.dies() : pair.victim.freezes())
  if (how === 'dies') await asked
  await begun.afterCrash()
  await pair.letTimePass()
  await begun.finish({ point })
  await pair.settled()
  if (how === 'freezes') {
    pair.victim.goOn()
    await asked
    // What it reserved once more it lets go of.
    await pair.settled()
    await begun.finish({ point, wentOn: true })
    await pair.settled()
  }
  await pair.swap()
}

/** Harms of two replicas of pedidos: of each operation one of each kind, as the seed says, or all of them. */
export function harmAll(operations: readonly Prepared[], lanes: number, all: boolean): Runner {
  const bundled = bundle('pedidos')
  return tryAll(
    {
      title: 'two replicas of pedidos',
      casesOf: all ? harmsOf : someHarmsOf,
      nameOf: nameOfHarm,
      newLane: async () => await createPair((await bundled).main),
      run: runHarm,
      end: async () => (await bundled).remove(),
    },
    operations,
    lanes,
  )
}
