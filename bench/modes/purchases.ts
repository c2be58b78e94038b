import type { BenchOptions } from '../args.ts'
import type { Generator } from '../load/generator.ts'
import type { Session } from '../session.ts'
import type { Shop } from '../targets/prepare.ts'
import { figure, mebibytes, type Table } from '../table.ts'
import { isFloor, type Target } from '../targets/target.ts'
import { beginFloor, beginGenerator, beginShop } from './begin.ts'
import { type Figures, measure, refusalText, type Round, summarize } from './measure.ts'
import { inTurns, type Section } from '../harness.ts'

/** At one number of shoppers: the figures of each target. */
export interface Step {
  readonly shoppers: number
  readonly targets: Readonly<Record<string, Figures>>
}

/** Units of each product: more than any run sells. */
export const plenty = 1_000_000

export async function purchases(session: Session, options: BenchOptions): Promise<Section> {
  const { products } = options
  const shop = { products, shoppers: Math.max(...options.shoppers), stock: plenty }
  const targets = await beginTargets(session, options, shop)
  const steps = await comparePurchases(session, beginGenerator(session), targets, options)
  for (const target of targets) await target.stop()
  return { tables: purchaseTables(steps, targets), data: steps, wrong: refusedPurchases(steps) }
}

/**
 * The system of another checkout stands beside the same form of this one. It buys products alone: one
 * of before can't be asked for more.
 */
async function beginTargets(session: Session, options: BenchOptions, shop: Shop) {
  const { targets, against, wish } = options
  const begun: Target[] = []
  for (const name of targets) {
    if (isFloor(name)) {
      begun.push(await beginFloor(session, name, shop))
      continue
    }
    begun.push(await beginShop(session, { form: name, name, wish, ...shop }))
    if (against === undefined) continue
    const there = { form: name, name: `${name}-there`, home: against }
    begun.push(await beginShop(session, { ...there, ...shop }))
  }
  return begun
}

/** Everything asked for was there, so every answer must have been 201. */
function refusedPurchases(steps: readonly Step[]): string[] {
  return each(steps)
    .filter(({ figures }) => Object.keys(figures.refusals).length > 0)
    .map(({ shoppers, name, figures }) => {
      return `${name} at ${shoppers} shoppers refused purchases: ${refusalText(figures.refusals)}`
    })
}

const pace = (connections: number, durationMs: number) =>
  ({ kind: 'closed', connections, durationMs }) as const

/**
 * Each target under the same load in turns, A B B A A B ..., so that whatever else the machine
 * does, and whatever the disk is busy with, meets both alike.
 */
async function comparePurchases(
  session: Session,
  generator: Generator,
  targets: readonly Target[],
  options: BenchOptions,
): Promise<Step[]> {
  for (const target of targets) {
    session.say(`warming up the ${target.name}`)
    await measure(generator, target, pace(32, Math.min(3_000, options.roundMs)), options)
  }
  const steps: Step[] = []
  for (const shoppers of options.shoppers) {
    const rounds = new Map<Target, Round[]>(targets.map((target) => [target, []]))
    await inTurns(options.rounds, targets, async (target, round) => {
      const result = await measure(generator, target, pace(shoppers, options.roundMs), options)
      rounds.get(target)?.push(result)
      const count = `${round + 1}/${options.rounds}`
      session.say(`${shoppers} shoppers, ${target.name} ${count}: ${figure(result.perSecond)}/s`)
    })
    const figures = [...rounds].map(([target, all]) => [target.name, summarize(all)])
    steps.push({ shoppers, targets: Object.fromEntries(figures) })
  }
  return steps
}

function purchaseTables(steps: readonly Step[], targets: readonly Target[]): Table[] {
  return [speedTable(steps, targets), costTable(steps), memoryTable(steps)]
}

const each = (steps: readonly Step[]) =>
  steps.flatMap(({ shoppers, targets }) =>
    Object.entries(targets).map(([name, figures]) => ({ shoppers, name, figures, targets })),
  )

function speedTable(steps: readonly Step[], all: readonly Target[]): Table {
  const floors = new Map(all.map(({ name, floor }) => [name, floor ?? '']))
  // Several systems are also a share of the first, which is four processes where they are there.
  const [first, ...others] = all.filter(({ floor }) => floor !== undefined)
  const compared = first !== undefined && others.length > 0
  const rows = each(steps).map(({ shoppers, name, figures, targets }) => {
    const floor = targets[floors.get(name) ?? '']
    const base = compared && name !== first.name ? targets[first.name] : undefined
    return [
      `${shoppers} ${name}`,
      figure(figures.perSecond),
      figure(figures.p50Ms),
      figure(figures.p99Ms),
      figure(figures.maxMs),
      floor ? figure(figures.perSecond / floor.perSecond) : '',
      floor ? figure(figures.p99Ms / floor.p99Ms) : '',
      ...(compared ? [base ? figure(figures.perSecond / base.perSecond) : ''] : []),
      refusalText(figures.refusals),
    ]
  })
  return {
    title: 'Purchases by concurrent shoppers (medians of rounds taken in turns)',
    columns: [
      'shoppers',
      'per second',
      'p50 ms',
      'p99 ms',
      'max ms',
      'of floor',
      'p99 x',
      ...(compared ? [`of ${first.name}`] : []),
      'not 201',
    ],
    rows,
  }
}

function processNames(steps: readonly Step[]): string[] {
  return [...new Set(each(steps).flatMap(({ figures }) => Object.keys(figures.residentBytes)))]
}

function costTable(steps: readonly Step[]): Table {
  const names = processNames(steps)
  const rows = each(steps).map(({ shoppers, name, figures }) => {
    const cost = names.map((process) => figures.cpuMsPerPurchase[process])
    const total = cost.reduce<number>((sum, one) => sum + (one ?? 0), 0)
    const share = `${Math.round(figures.generatorShare * 100)} %`
    return [`${shoppers} ${name}`, ...cost.map(figure), figure(total), share]
  })
  return {
    title: 'CPU for one purchase, in milliseconds, by process',
    columns: ['shoppers', ...names, 'together', 'generator'],
    rows,
    notes: ['The last column is what the load generator itself takes of one core.'],
  }
}

function memoryTable(steps: readonly Step[]): Table {
  const names = processNames(steps)
  const rows = each(steps).map(({ shoppers, name, figures }) => [
    `${shoppers} ${name}`,
    ...names.map((process) => mebibytes(figures.residentBytes[process])),
  ])
  return {
    title: 'Resident memory after the rounds, in MiB, by process',
    columns: ['shoppers', ...names],
    rows,
  }
}
