import type { BenchOptions } from '../args.ts'
import type { Session } from '../session.ts'
import { figure, type Table } from '../table.ts'
import { beginGenerator, beginShop } from './begin.ts'
import { measure, refusalText, type Round } from './measure.ts'
import { plenty } from './purchases.ts'
import type { Section } from '../harness.ts'

const peakShoppers = [32, 64, 128]
/** What the project promises at twice the load that the system can carry. */
const limits = { p99Ms: 1_000, goodput: 0.7 } as const

/**
 * First the peak, with shoppers who wait for their answer before they ask again; then shoppers who
 * do not care: purchases arrive at twice the peak's rate, answered or not.
 */
export async function overload(session: Session, options: BenchOptions): Promise<Section> {
  const shop = { products: options.products, shoppers: 128, stock: plenty }
  const target = await beginShop(session, { form: options.form, name: 'overload', ...shop })
  const generator = beginGenerator(session)
  const closed = (connections: number, durationMs: number) =>
    measure(generator, target, { kind: 'closed', connections, durationMs }, options)
  await closed(32, 3_000)
  let peak = 0
  for (const connections of peakShoppers) {
    const { perSecond } = await closed(connections, options.roundMs)
    session.say(`${connections} shoppers: ${figure(perSecond)}/s`)
    peak = Math.max(peak, perSecond)
  }
  const durationMs = Math.max(10_000, options.roundMs)
  session.say(`arrivals at ${figure(2 * peak)}/s for ${durationMs / 1000} s`)
  const open = { kind: 'open', perSecond: 2 * peak, maxConnections: 4_000, durationMs } as const
  const during = await measure(generator, target, open, options)
  await Bun.sleep(1_000)
  const after = await closed(32, options.roundMs)
  await target.stop()
  const goodput = during.perSecond / peak
  const wrong = [
    ...((during.accepted.p99 ?? Number.POSITIVE_INFINITY) > limits.p99Ms
      ? [`accepted purchases took ${figure(during.accepted.p99)} ms at p99 (limit 1000)`]
      : []),
    ...(goodput < limits.goodput
      ? [`goodput fell to ${Math.round(goodput * 100)} % of the peak (limit 70 %)`]
      : []),
  ]
  return {
    tables: [overloadTable(peak, during, after)],
    data: { peakPerSecond: peak, offeredPerSecond: 2 * peak, goodput, during, after },
    wrong,
  }
}

function overloadTable(peak: number, during: Round, after: Round): Table {
  const row = (name: string, offered: string, round: Round) => [
    name,
    offered,
    figure(round.perSecond),
    figure(round.perSecond / peak),
    figure(round.accepted.p50),
    figure(round.accepted.p99),
    figure(round.refused.p99),
    refusalText({ ...omitCreated(round.statuses), ...(round.unsent && { unsent: round.unsent }) }),
  ]
  return {
    title: 'Overload: arrivals at twice the peak',
    columns: [
      'when',
      'offered/s',
      '201/s',
      'of peak',
      'p50 ms',
      'p99 ms',
      'p99 refused',
      'not 201',
    ],
    rows: [row('during', figure(2 * peak), during), row('after, 32', '', after)],
    notes: [`The peak was ${figure(peak)} purchases a second.`],
  }
}

function omitCreated(statuses: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(statuses).filter(([status]) => status !== '201'))
}
