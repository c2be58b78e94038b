import { expect } from 'bun:test'
import { must } from '../system/walk.ts'
import type { Chance } from '../../scripts/chaos/random.ts'
import type { Lane } from './lane.ts'
import { operation, type Prepared } from './operation.ts'
import { type Bought, bought, prolonging, stateOf, voiding } from './operations-ending.ts'
import {
  type Answered,
  buy,
  change,
  expectStock,
  initialStock,
  insist,
  newProduct,
  newPurchase,
  ordersOf,
  type Purchase,
  runOut,
  stockOf,
} from './shop.ts'

// Here inventario dies; pedidos lives on, and answers 503 until the client tries again.

async function ledgerOf({ clients, staff }: Lane, productoId: string): Promise<number[]> {
  const { headers } = staff
  const page = must(
    await clients.inventario.inventario({ productoId }).movimientos.get({ headers }),
  )
  return page.datos.map(({ cantidad }) => cantidad).toReversed()
}

const opening = operation<string, Answered | null>({
  title: 'opening the stock of a product',
  passes: { 'inventario.catalogo.existe': 1, 'inventario.store.crear': 1 },
  prepare: (lane) => newListing(lane),
  run: open,
  async finish(lane, productoId, first) {
    expect(first?.status ?? 201).toBe(201)
    const again = await insist(() => open(lane, productoId))
    expect([201, 409]).toContain(again.status)
    expect(await stockOf(lane, productoId)).toEqual({ fisico: initialStock, reservado: 0 })
    expect(await ledgerOf(lane, productoId)).toEqual([initialStock])
  },
})

/** A product in the catalogue of which there is no stock on record. */
async function newListing({ clients, staff: { headers } }: Lane): Promise<string> {
  const body = {
    sku: `ALTA-${Bun.randomUUIDv7()}`,
    nombre: 'Producto sin existencias',
    precio: 500,
  }
  return must(await clients.productos.productos.post(body, { headers })).id
}

async function open({ clients, staff }: Lane, productoId: string): Promise<Answered | null> {
  const { headers } = staff
  const body = { productoId, cantidad: initialStock }
  const answer = await clients.inventario.inventario.post(body, { headers })
  return answer.response === undefined ? null : { status: answer.status, id: productoId }
}

interface Delivery {
  readonly productoId: string
  readonly cantidad: number
  readonly key: string
}

async function receive({ clients, staff }: Lane, { productoId, cantidad, key }: Delivery) {
  const answer = await clients.inventario
    .inventario({ productoId })
    .patch({ tipo: 'ENTRADA', cantidad }, { headers: { ...staff.headers, 'idempotency-key': key } })
  return answer.response === undefined ? null : { status: answer.status, id: productoId }
}

async function newDelivery(lane: Lane, chance: Chance): Promise<Delivery> {
  const productoId = await newProduct(lane)
  return { productoId, cantidad: chance.between(1, 50), key: `entrada-${productoId}` }
}

const receiving = operation<Delivery, Answered | null>({
  title: 'receiving goods',
  apart: 'nobody else takes part',
  passes: { 'inventario.store.cambiar': 1 },
  prepare: newDelivery,
  run: receive,
  async finish(lane, delivery) {
    const { productoId, cantidad } = delivery
    for (let times = 0; times < 2; times++) {
      expect((await insist(() => receive(lane, delivery))).status).toBe(200)
    }
    expect(await stockOf(lane, productoId)).toEqual({
      fisico: initialStock + cantidad,
      reservado: 0,
    })
    expect(await ledgerOf(lane, productoId)).toEqual([initialStock, cantidad])
  },
})

/** Counts one product that has stock, and opens the stock of another. */
interface Count {
  readonly counted: string
  readonly opened: string
}

async function count({ clients, staff }: Lane, { counted, opened }: Count) {
  const key = `recuento-${counted}`
  const headers = { ...staff.headers, 'content-type': 'text/csv', 'idempotency-key': key }
  const csv = `productoId,fisico\n${counted},7\n${opened},9\n`
  const answer = await clients.inventario.inventario.importacion.post(csv, { headers })
  return answer.response === undefined ? null : { status: answer.status, id: counted }
}

const counting = operation<Count, Answered | null>({
  title: 'importing a count',
  passes: { 'inventario.catalogo.porIds': 1, 'inventario.store.importar': 1 },
  prepare: async (lane) => ({ counted: await newProduct(lane), opened: await newListing(lane) }),
  run: count,
  async finish(lane, given) {
    const { counted, opened } = given
    const opens = () => lane.count('inventario', 'existencias', 'producto_id', opened)
    expect((await ledgerOf(lane, counted)).length).toBe(1 + (await opens()))
    expect((await insist(() => count(lane, given))).status).toBe(200)
    expect(await stockOf(lane, counted)).toEqual({ fisico: 7, reservado: 0 })
    expect(await stockOf(lane, opened)).toEqual({ fisico: 9, reservado: 0 })
    // The second time there was nothing to change.
    expect(await ledgerOf(lane, counted)).toEqual([initialStock, 7 - initialStock])
    expect(await ledgerOf(lane, opened)).toEqual([9])
  },
})

const reserving = operation<Purchase, Answered | null>({
  title: 'reserving',
  passes: { 'inventario.store.reservar': 1 },
  prepare: (lane, chance) => newPurchase(lane, chance, { lines: chance.between(1, 3) }),
  run: buy,
  async finish(lane, purchase) {
    const again = await insist(() => buy(lane, purchase))
    expect(again.status).toBe(201)
    expect((await ordersOf(lane, purchase)).map(({ id }) => id)).toEqual([again.id ?? ''])
    await expectStock(lane, purchase, 'reserved')
  },
})

const closing = (title: string, end: 'Completado' | 'Cancelado', step: 'confirmar' | 'liberar') =>
  operation<Bought, Answered | null>({
    title,
    passes: { [`inventario.store.${step}`]: 1 },
    prepare: bought,
    run: (lane, { id }) => change(lane, id, end),
    async finish(lane, { id, purchase }, first) {
      expect(first?.status ?? 503).toBeGreaterThanOrEqual(200)
      // Nobody asks again: pedidos has it on disk that this order is to end.
      await lane.eventually(end, async () => (await stateOf(lane, id)) === end)
      expect((await insist(() => change(lane, id, end))).status).toBe(200)
      await expectStock(lane, purchase, end === 'Completado' ? 'sold' : 'free')
    },
  })

const expiring = operation<Bought, never>({
  title: 'expiring a reservation',
  // pedidos lives, and lets go of what has run out as soon as it hears of it.
  passes: { 'inventario.store.expirarVencidas': 'many', 'inventario.store.liberar': 'perhaps' },
  fromStart: true,
  prepare: bought,
  whileDown: async (lane, { id }) => runOut(lane, id),
  async finish(lane, { id, purchase }) {
    await lane.eventually('Cancelado', async () => (await stateOf(lane, id)) === 'Cancelado')
    await expectStock(lane, purchase, 'free')
  },
})

const forgetting = operation<Delivery, never>({
  title: 'forgetting the keys of movements',
  apart: 'nobody else takes part',
  passes: { 'inventario.store.olvidarClaves': 'many' },
  fromStart: true,
  async prepare(lane, chance) {
    const delivery = await newDelivery(lane, chance)
    await insist(() => receive(lane, delivery))
    return delivery
  },
  async whileDown({ alter }, { key }) {
    const twoDaysMs = 2 * 24 * 60 * 60 * 1000
    const sql = 'UPDATE idempotencia SET creada_en = creada_en - ?1 WHERE clave = ?2'
    expect(await alter('inventario', sql, twoDaysMs, key)).toBe(1)
  },
  async finish(lane, { key, productoId, cantidad }) {
    const kept = () => lane.count('inventario', 'idempotencia', 'clave', key)
    await lane.eventually('a forgotten key', async () => (await kept()) === 0)
    expect(await ledgerOf(lane, productoId)).toEqual([initialStock, cantidad])
  },
})

const keys = operation<string, unknown>({
  title: 'asking for the keys of auth',
  apart: 'as another',
  passes: { 'servicio.claves': 1 },
  fromStart: true,
  prepare: (lane) => newProduct(lane),
  run: ({ clients, staff: { headers } }) => clients.inventario.inventario.get({ headers }),
  async finish(lane, productoId) {
    expect(await stockOf(lane, productoId)).toEqual({ fisico: initialStock, reservado: 0 })
  },
})

/** As an upgrade leaves it: orders and reservations that match, and nothing that says so yet. */
const binding = operation<Purchase, unknown>({
  title: 'giving the stock to its pedidos',
  passes: { 'inventario.store.enlazar': 1, 'inventario.store.reservar': 'elsewhere' },
  fromStart: true,
  prepare: (lane, chance) => newPurchase(lane, chance),
  async whileDown({ alter }) {
    expect(await alter('inventario', 'DELETE FROM instalacion')).toBe(1)
  },
  async run(lane, purchase) {
    // The first is refused, as pedidos was told before whose it is; with the second it asks again.
    await buy(lane, purchase)
    return await buy(lane, purchase)
  },
  async finish(lane, purchase) {
    expect((await insist(() => buy(lane, purchase))).status).toBe(201)
    await expectStock(lane, purchase, 'reserved')
  },
})

export const inventarioOperations: readonly Prepared[] = [
  binding,
  opening,
  receiving,
  counting,
  reserving,
  prolonging('holding a reservation for longer', { 'inventario.store.prorrogar': 1 }),
  closing('confirming', 'Completado', 'confirmar'),
  closing('releasing', 'Cancelado', 'liberar'),
  voiding('putting back what was sold by mistake', { 'inventario.store.reponer': 1 }),
  expiring,
  forgetting,
  keys,
]
