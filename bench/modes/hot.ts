import { unwrap } from '@encargo/client'
import { as, patientClient } from '../../scripts/lib/client.ts'
import type { BenchOptions } from '../args.ts'
import type { Session } from '../session.ts'
import { figure, type Table } from '../table.ts'
import { signTokens, writeBuyers } from '../targets/buyers.ts'
import { beginPlace } from '../targets/place.ts'
import { createProducts, loginAdmin } from '../targets/prepare.ts'
import { audited } from './audited.ts'
import { beginGenerator, beginSystem } from './begin.ts'
import { measure, refusalText, type Round } from './measure.ts'
import type { Section } from '../harness.ts'

const buyers = 10_000
const units = 1_000
const connections = 256

/** Everybody wants the same product at the same time. */
export async function hot(session: Session, options: BenchOptions): Promise<Section> {
  const place = beginPlace(session, 'hot', false)
  const { folder } = place
  session.say(`writing ${buyers} buyers`)
  const ids = await writeBuyers(place, buyers)
  const system = await beginSystem(session, { form: options.form, folder })
  const client = patientClient(system.urls)
  const [productId = ''] = await createProducts(client, 1, units)
  const tokens = await signTokens(folder, ids)
  const generator = beginGenerator(session)
  session.say(`${buyers} buyers for ${units} units`)
  const target = {
    name: 'system',
    origins: system.origins,
    processes: system.processes,
    productIds: [productId],
    tokens: () => Promise.resolve(tokens),
    stop: system.stop,
  } as const
  const pace = { kind: 'once', connections, total: buyers } as const
  const round = await measure(generator, target, pace, { ...options, lines: 1 })
  const token = await (await loginAdmin(client)).token()
  const found = await unwrap(client.inventario.inventario({ productoId: productId }).get(as(token)))
  const { fisico, reservado, disponible } = found
  const stock = { fisico, reservado, disponible }
  await system.stop()
  const audit = await audited(session, place)
  return {
    tables: [{ ...hotTable(round, stock.reservado), notes: [audit.line] }],
    data: { buyers, units, connections, round, stock, audit: audit.report },
    wrong: [...oversold(round, stock), ...audit.wrong],
  }
}

/** Exactly the units that there were, told the same by the buyers' answers and by the stock. */
function oversold(round: Round, stock: { reservado: number; disponible: number }): string[] {
  const sold = round.accepted.count
  if (sold === units && stock.reservado === units && stock.disponible === 0) return []
  return [
    `${sold} purchases were confirmed of ${units} units; inventario has ${stock.reservado} reserved and ${stock.disponible} left`,
  ]
}

const hotTable = (round: Round, reservado: number): Table => ({
  title: `One product: ${buyers} buyers, ${units} units, ${connections} connections`,
  columns: [
    'sold',
    'reserved',
    'seconds',
    'answers/s',
    'p50 ms',
    'p99 ms',
    'refused p99',
    'not 201',
  ],
  rows: [
    [
      String(round.accepted.count),
      String(reservado),
      figure(round.elapsedMs / 1000),
      figure((buyers / round.elapsedMs) * 1000),
      figure(round.accepted.p50),
      figure(round.accepted.p99),
      figure(round.refused.p99),
      refusalText(
        Object.fromEntries(Object.entries(round.statuses).filter(([status]) => status !== '201')),
      ),
    ],
  ],
})
