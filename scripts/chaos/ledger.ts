import type { Pedido } from '@encargo/client'
import type { More } from './sale.ts'
import type { Asked } from './simulation/street.ts'

export interface Line {
  readonly productoId: string
  readonly cantidad: number
}

/** What is there in the end. */
export interface Order extends Pick<Pedido, 'id' | 'estado' | 'notas' | 'anulado'> {
  readonly lineas: readonly Line[]
}

export type Fate = 'Completado' | 'Cancelado'

/** What a client wanted, and everything that it was told. */
export interface Purchase {
  /** Stands in the order's notes, so that the order can be found by whoever wanted it. */
  readonly mark: string
  readonly key: string | null
  readonly lines: readonly Line[]
  readonly counter: boolean
  /** What it says beside. */
  readonly more?: More
  /** What was asked for of its money. */
  charges?: readonly Asked[]
  /** Ids of the orders that answers 201 named. */
  readonly told: Set<string>
  /** It was refused for good. */
  refused: boolean
  /** What its client was told that became of it. */
  ended: Fate | null
}

export interface Product {
  readonly id: string
  readonly initial: number
  /** What staff was told to have brought in and taken out. */
  received: number
  taken: number
  /** Movements that nobody was told the end of, as they never got an answer. */
  unknown: number
}

/** The clients' own books, kept without looking at the system's. */
export interface Ledger {
  readonly purchases: Purchase[]
  readonly products: Product[]
  readonly surprises: string[]
  retries: number
  unanswered: number
}

export function newLedger(): Ledger {
  return { purchases: [], products: [], surprises: [], retries: 0, unanswered: 0 }
}

const summed = (lines: readonly Line[]) => {
  const sums = new Map<string, number>()
  for (const { productoId, cantidad } of lines) {
    sums.set(productoId, (sums.get(productoId) ?? 0) + cantidad)
  }
  return sums
}

function checkPurchase(purchase: Purchase, orders: readonly Order[]): string[] {
  const { mark, key, lines, told, refused, ended } = purchase
  const wrong: string[] = []
  const what = key === null ? `the purchase ${mark}` : `the key ${key}`
  const [order] = orders
  if (orders.length > 1) wrong.push(`${what} has ${orders.length} orders`)
  if (told.size > 1) wrong.push(`${what} was answered with ${told.size} different orders`)
  if (told.size > 0 && !order) wrong.push(`${what} was answered 201, and there is no order`)
  if (refused && order) wrong.push(`${what} was refused, and there is an order`)
  if (!order) return wrong
  if (told.size > 0 && !told.has(order.id)) wrong.push(`${what} was answered with another order`)
  if (!Bun.deepEquals(summed(order.lineas), summed(lines))) {
    wrong.push(`the order ${order.id} has other lines than were bought`)
  }
  if (ended && order.estado !== ended) {
    wrong.push(`the order ${order.id} is ${order.estado}, and its client was told ${ended}`)
  }
  return wrong
}

export interface Stock {
  readonly fisico: number
  readonly reservado: number
}

function checkProduct(
  product: Product,
  stock: Stock | undefined,
  orders: readonly Order[],
): string[] {
  const { id, initial, received, taken, unknown } = product
  if (!stock) return [`the product ${id} has no stock on record`]
  const units = (estado: Order['estado']) =>
    orders
      // What was voided is back.
      .filter((order) => order.estado === estado && order.anulado === null)
      .reduce((sum, { lineas }) => sum + (summed(lineas).get(id) ?? 0), 0)
  const sold = units('Completado')
  const wrong: string[] = []
  if (sold > initial + received + unknown)
    wrong.push(`the product ${id} was oversold: ${sold} units`)
  const expected = initial + received - taken - sold
  if (unknown === 0 && stock.fisico !== expected) {
    wrong.push(`the product ${id} has fisico ${stock.fisico}, its clients count ${expected}`)
  }
  const pending = units('Pendiente')
  if (stock.reservado !== pending) {
    wrong.push(`the product ${id} has reservado ${stock.reservado}, its orders hold ${pending}`)
  }
  return wrong
}

/** What the clients were told against what is there; one line for each thing that is wrong. */
export function checkLedger(
  { purchases, products, surprises }: Ledger,
  orders: readonly Order[],
  stocks: ReadonlyMap<string, Stock>,
): string[] {
  const byMark = Map.groupBy(orders, ({ notas }) => notas ?? '')
  const known = new Set(purchases.map(({ mark }) => mark))
  const strangers = orders.filter(({ notas }) => !known.has(notas ?? ''))
  return [
    ...surprises,
    ...purchases.flatMap((one) => checkPurchase(one, byMark.get(one.mark) ?? [])),
    ...products.flatMap((one) => checkProduct(one, stocks.get(one.id), orders)),
    ...strangers.map(({ id }) => `nobody wanted the order ${id}`),
  ]
}
