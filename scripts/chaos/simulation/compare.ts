import { ask, type Pedido } from '@encargo/client'
import { allHeld, type Held } from './books.ts'
import { handed } from './counter.ts'
import type { Books } from '../../fake-stripe/books.ts'
import type { Someone } from './people.ts'
import type { Bought } from './street.ts'

type Charge = {
  readonly id: string
  readonly proveedor: string
  readonly estado: string
  readonly importe: number
  readonly cobrado: number
  readonly reembolsado: number
  readonly disputado: number
  readonly disputa: string | null
  readonly movimientos?: readonly {
    readonly tipo: string
    readonly referencia: string
    readonly importe: number
  }[]
  readonly reembolsos?: readonly { readonly estado: string; readonly importe: number }[]
}

/** A charge as pagos has it against the provider's own books. */
function* ofCharge(charge: Charge, held: Held | undefined): Generator<string> {
  const {
    id,
    proveedor,
    cobrado,
    reembolsado,
    disputado,
    reembolsos = [],
    movimientos = [],
  } = charge
  if (proveedor === 'stripe' && held) {
    // What it would not give back, people did, which it does not know.
    const byHand = movimientos.filter(({ referencia }) => referencia.startsWith(handed))
    const handedBack = byHand.reduce((sum, { importe }) => sum + importe, 0)
    const theirs = [held.captured, held.refunded + handedBack, held.disputed].join()
    const ours = [cobrado, reembolsado, disputado].join()
    if (theirs !== ours) yield `the charge ${id} is ${ours} here, and at its provider ${theirs}`
    if (held.sessions > 1) yield `the charge ${id} was opened ${held.sessions} times`
    if (held.twice > 0) yield `a refund of the charge ${id} was made more than once`
  }
  const names = movimientos.map(({ tipo, referencia }) => `${tipo} ${referencia}`)
  if (new Set(names).size < names.length) yield `the charge ${id} counts something twice`
  for (const { estado } of reembolsos) {
    if (estado === 'por-enviar') yield `a refund of the charge ${id} was never sent`
  }
}

/** An order's money, when nothing is left to be done. */
function* ofOrder(
  order: Pedido,
  charges: readonly Charge[],
  asunto: string | null,
): Generator<string> {
  const { id, estado, pago, apartado } = order
  const sum = (de: 'cobrado' | 'reembolsado' | 'disputado') =>
    charges.reduce((hasta, one) => hasta + one[de], 0)
  const [cobrado, reembolsado, disputado] = [sum('cobrado'), sum('reembolsado'), sum('disputado')]
  const theirs = [pago.cobrado, pago.reembolsado, pago.enDisputa].join()
  const ours = [cobrado, reembolsado, disputado].join()
  if (theirs !== ours) yield `the order ${id} has ${theirs} of money, and its charges ${ours}`
  const net = cobrado - reembolsado - disputado
  const what = `the order ${id}, ${estado}, is owed ${pago.exigible} and has ${net} (${ours}), ${asunto}`
  const disputed = charges.some(({ disputa }) => disputa !== null)
  const failed = charges.some(({ reembolsos = [] }) =>
    reembolsos.some((one) => one.estado === 'fallido'),
  )
  const byHand = charges.some(({ reembolsos = [] }) =>
    reembolsos.some((one) => one.estado === 'enviado'),
  )
  if (net > pago.exigible && asunto === null) yield `${what}: kept`
  if (net > pago.exigible && !failed && !disputed && !byHand)
    yield `${what}: kept, and nobody gives it back`
  if (net < Math.min(pago.exigible, cobrado) && !disputed) yield `${what}: gave back too much`
  if (net < 0 && !disputed) yield `${what}: gave back what it never had`
  if (estado !== 'Pendiente' && pago.saldo !== 0 && asunto === null) yield `${what}: on no list`
  if (estado === 'Pendiente' && apartado !== 'firme') yield `${what}: waits as ${apartado}`
}

type Known = Pick<Bought, 'id' | 'charges' | 'ended'>

/** What people know, and what the provider has. */
export interface Compared {
  readonly staff: Pick<Someone, 'ask'>
  readonly orders: readonly Known[]
  /** Receipts that staff was told are written down, each with its charge. */
  readonly receipts: ReadonlyMap<string, string>
  readonly books: Books
}

async function everything({ staff, orders: known }: Compared) {
  const orders: { order: Pedido; charges: readonly Charge[]; bought: Known }[] = []
  const asuntos = new Map<string, string | null>()
  for (const asunto of [
    'por-cobrar',
    'por-devolver',
    'devolucion-fallida',
    'en-disputa',
    'vencido',
    'por-asegurar',
  ] as const) {
    for (let cursor: string | undefined; ;) {
      const page = await staff.ask(
        ({ pedidos }) =>
          ask(
            pedidos.saldos.get({ query: { asunto, ...(cursor === undefined ? {} : { cursor }) } }),
          ),
        10,
      )
      if (!page?.ok) throw new Error(`the list of balances can't be had: ${JSON.stringify(page)}`)
      for (const one of page.data.datos) asuntos.set(one.pedidoId, asunto)
      if (page.data.siguiente === null) break
      cursor = page.data.siguiente
    }
  }
  for (const bought of known) {
    const { id } = bought
    const order = await staff.ask(({ pedidos }) => ask(pedidos.pedidos({ id }).get()), 10)
    if (!order?.ok) throw new Error(`the order ${id} is gone: ${JSON.stringify(order)}`)
    const list = await staff.ask(
      ({ pagos }) => ask(pagos.cobros.get({ query: { pedidoId: id } })),
      10,
    )
    if (!list?.ok) throw new Error(`the charges of ${id} are gone: ${JSON.stringify(list)}`)
    const charges: Charge[] = []
    for (const { id: cobroId } of list.data.datos) {
      const one = await staff.ask(({ pagos }) => ask(pagos.cobros({ id: cobroId }).get()), 10)
      if (one?.ok) charges.push(one.data)
    }
    orders.push({ order: order.data, charges, bought })
  }
  return { orders, asuntos }
}

/** What is there against what people were told and what the provider's own books say. */
export async function compare(compared: Compared): Promise<string[]> {
  const { orders, asuntos } = await everything(compared)
  const held = new Map(allHeld(compared.books).map((one) => [one.cobroId, one]))
  const wrong: string[] = []
  const seen = new Set<string>()
  const names = new Set<string>()
  for (const { order, charges, bought } of orders) {
    for (const one of charges) {
      seen.add(one.id)
      for (const { referencia } of one.movimientos ?? []) names.add(`${referencia} ${one.id}`)
      wrong.push(...ofCharge(one, held.get(one.id)))
    }
    wrong.push(...ofOrder(order, charges, asuntos.get(order.id) ?? null))
    const { ended } = bought
    if (ended && order.estado !== ended)
      wrong.push(`the order ${order.id} is ${order.estado}, and somebody was told ${ended}`)
    for (const { key, ids } of bought.charges) {
      for (const [who, theirs] of Map.groupBy(ids, (one) => one.slice(0, one.indexOf(' ')))) {
        if (theirs.length > 1) wrong.push(`the key ${key} of ${who} got ${theirs.length} charges`)
      }
    }
  }
  for (const [cobroId, one] of held) {
    if (!seen.has(cobroId) && one.captured - one.refunded - one.disputed > 0) {
      wrong.push(
        `the provider holds ${one.captured - one.refunded} of the charge ${cobroId}, which is of no order`,
      )
    }
  }
  for (const [referencia, id] of compared.receipts) {
    if (!names.has(`${referencia} ${id}`))
      wrong.push(`the receipt ${referencia} of ${id} was acknowledged, and is not there`)
  }
  return wrong
}
