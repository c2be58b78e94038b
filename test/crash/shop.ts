import { expect } from 'bun:test'
import { type Chance, keyFor } from '../../scripts/chaos/random.ts'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import type { Person } from './template.ts'

export const initialStock = 10

/** What a client got: null when the process died instead of answering. */
export interface Answered {
  readonly status: number
  readonly id: string | null
}

export interface Line {
  readonly productoId: string
  readonly cantidad: number
}

export interface Purchase {
  readonly lineas: readonly Line[]
  readonly key: string | null
  readonly who: Person
  readonly completar: boolean
  /** Stands in the order's notes, to find it by. */
  readonly mark: string
}

let products = 0

/** A product for sale with stock; answers its id. */
export async function newProduct({ clients, staff }: Lane, cantidad = initialStock) {
  products += 1
  const { headers } = staff
  const product = must(
    await clients.productos.productos.post(
      { sku: `CAIDA-${process.pid}-${products}`, nombre: `Producto ${products}`, precio: 1250 },
      { headers },
    ),
  )
  must(await clients.inventario.inventario.post({ productoId: product.id, cantidad }, { headers }))
  return product.id
}

export interface Wish {
  readonly lines?: number
  readonly key?: boolean
  readonly completar?: boolean
  /** More than there is. */
  readonly tooMuch?: boolean
}

/** Thinks up a purchase of products that nobody else buys. */
export async function newPurchase(lane: Lane, chance: Chance, wish: Wish = {}): Promise<Purchase> {
  const { lines = 1, key = true, completar = false, tooMuch = false } = wish
  const lineas: Line[] = []
  for (let line = 0; line < lines; line++) {
    const cantidad = tooMuch ? initialStock + 1 : chance.between(1, 3)
    lineas.push({ productoId: await newProduct(lane), cantidad })
  }
  // The same product in two lines is one demand.
  const [again] = lineas
  if (again && lines > 1) lineas.push({ ...again, cantidad: 1 })
  const mark = `marca-${Bun.randomUUIDv7()}`
  const who = completar ? lane.staff : lane.shopper
  return { lineas, key: key ? keyFor(mark, chance) : null, who, completar, mark }
}

export async function buy(
  { clients }: Lane,
  purchase: Purchase,
  more: { readonly contacto?: { nombre: string; email: string } } = {},
): Promise<Answered | null> {
  const { lineas, key, who, completar, mark } = purchase
  const counter = completar ? { completar } : {}
  const answer = await clients.pedidos.pedidos.post(
    { lineas: [...lineas], notas: mark, ...counter, ...more },
    { headers: { ...who.headers, ...(key === null ? {} : { 'idempotency-key': key }) } },
  )
  if (answer.response === undefined) return null
  return { status: answer.status, id: answer.data?.id ?? null }
}

export async function change(
  { clients, staff }: Lane,
  id: string,
  estado: 'Completado' | 'Cancelado',
): Promise<Answered | null> {
  const { headers } = staff
  const answer = await clients.pedidos.pedidos({ id }).patch({ estado }, { headers })
  return answer.response === undefined ? null : { status: answer.status, id }
}

/** Has an order's stock held until `expiraEn`. */
export async function prolong(
  { clients, staff }: Lane,
  id: string,
  expiraEn: string,
): Promise<Answered | null> {
  const { headers } = staff
  const answer = await clients.pedidos.pedidos({ id }).prorrogar.post({ expiraEn }, { headers })
  return answer.response === undefined ? null : { status: answer.status, id }
}

/** All orders that came of a purchase. */
export async function ordersOf({ clients, staff }: Lane, { mark, who }: Purchase) {
  const query = { clienteId: who.id, limite: 200 }
  const page = must(await clients.pedidos.pedidos.get({ query, headers: staff.headers }))
  return page.datos.filter(({ notas }) => notas === mark)
}

export async function stockOf({ clients, staff }: Lane, productoId: string) {
  const { headers } = staff
  const { fisico, reservado } = must(
    await clients.inventario.inventario({ productoId }).get({ headers }),
  )
  return { fisico, reservado }
}

/** What the stock of a purchase's products must be when it ended so. */
export async function expectStock(
  lane: Lane,
  { lineas }: Purchase,
  state: 'reserved' | 'sold' | 'free',
): Promise<void> {
  const wanted = new Map<string, number>()
  for (const { productoId, cantidad } of lineas) {
    wanted.set(productoId, (wanted.get(productoId) ?? 0) + cantidad)
  }
  for (const [productoId, cantidad] of wanted) {
    expect(await stockOf(lane, productoId)).toEqual({
      fisico: initialStock - (state === 'sold' ? cantidad : 0),
      reservado: state === 'reserved' ? cantidad : 0,
    })
  }
}

/** Tries again until there is an answer: a pooled connection may still lead to the dead process. */
export async function insist(ask: () => Promise<Answered | null>): Promise<Answered> {
  for (let attempt = 1; attempt <= 50; attempt++) {
    const answer = await ask()
    if (answer && answer.status < 500 && answer.status !== 429) return answer
    // A real process needs real time to be there again.
    await Bun.sleep(20)
  }
  throw new Error('no answer after 50 attempts')
}

/**
 * An order that is there. What was reserved before the last one must have its order, or the sweep lets it
 * go; `ageReservations` puts what is reserved afterwards before it.
 */
export async function sellSomething(lane: Lane, chance: Chance): Promise<void> {
  const purchase = await newPurchase(lane, chance, { key: false })
  expect((await insist(() => buy(lane, purchase))).status).toBe(201)
}

/** Lets so much time have passed for stock that is reserved without an order that it is swept. */
export async function ageReservations({ alter }: Lane): Promise<void> {
  const byMs = 10 * 60 * 1000
  await alter(
    'inventario',
    `UPDATE reservas SET creada_en = creada_en - ?1 WHERE estado = 'activa'`,
    byMs,
  )
}

/** Lets an order's reservation have run out a minute ago, on both sides. */
export async function runOut({ alter }: Lane, id: string): Promise<void> {
  const moment = Date.now() - 60_000
  await alter('pedidos', 'UPDATE pedidos SET expira_en = ?1 WHERE id = ?2', moment, id)
  await alter('inventario', 'UPDATE reservas SET expira_en = ?1 WHERE pedido_id = ?2', moment, id)
}

/** Has pedidos remember something, as it does itself or an operator has it. */
export async function putMark({ alter }: Pick<Lane, 'alter'>, name: string, value: string) {
  await alter(
    'pedidos',
    `INSERT INTO marcas (nombre, valor) VALUES (?1, ?2)
     ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor`,
    name,
    value,
  )
}
