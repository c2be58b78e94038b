import { expect } from 'bun:test'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { type Bought, bought, stateOf } from './operations-ending.ts'
import { operation, type Prepared } from './operation.ts'
import {
  ageReservations,
  buy,
  change,
  expectStock,
  insist,
  newProduct,
  newPurchase,
  ordersOf,
  type Purchase,
  putMark,
  sellSomething,
  stockOf,
} from './shop.ts'

/** A purchase that died between reserving and writing, and that nobody asks for again. */
const orphan = operation<Purchase, never>({
  title: 'sweeping a reservation without an order',
  passes: {
    'pedidos.store.descartar': 1,
    'pedidos.store.tomar': 1,
    'pedidos.reservas.liberar': 1,
    'pedidos.store.cerrar': 1,
  },
  fromStart: true,
  async prepare(lane, chance) {
    await sellSomething(lane, chance)
    const purchase = await newPurchase(lane, chance, { lines: 2, key: false })
    await lane.victim.arm('pedidos.reservas.reservar.despues')
    expect(await buy(lane, purchase)).toBeNull()
    await lane.victim.dies()
    return purchase
  },
  whileDown: ageReservations,
  async finish(lane, purchase) {
    await lane.settled()
    expect(await ordersOf(lane, purchase)).toEqual([])
    await expectStock(lane, purchase, 'free')
  },
})

/** As many as do not fit on one page of inventario's list. */
const pageful = 205

/** Reservations that pedidos knows nothing of, as after restoring an older pedidos.db. */
async function reserveMany(lane: Lane): Promise<string> {
  const productoId = await newProduct(lane, pageful)
  const token = must(
    await lane.clients.auth.token.post({
      grant_type: 'client_credentials',
      client_id: 'pedidos',
      client_secret: lane.serviceSecret,
    }),
  )
  const headers = { authorization: `Bearer ${token.access_token}` }
  const body = { lineas: [{ productoId, cantidad: 1 }], expiraEnSegundos: 86_400 }
  const calls = Array.from({ length: pageful }, async () => {
    const id = Bun.randomUUIDv7()
    must(await lane.clients.inventario.reservas({ id }).put(body, { headers }))
  })
  await Promise.all(calls)
  return productoId
}

const manyOrphans = operation<string, never>({
  title: 'sweeping more than a page of reservations',
  passes: {
    'pedidos.reservas.activas': 'many',
    'pedidos.store.ponerMarca': 1,
    'pedidos.store.descartar': 'elsewhere',
    'pedidos.store.tomar': 'elsewhere',
    'pedidos.reservas.liberar': 'elsewhere',
    'pedidos.store.cerrar': 'elsewhere',
  },
  fromStart: true,
  prepare: reserveMany,
  async whileDown(lane) {
    await ageReservations(lane)
    // So many it only lets go of once somebody has said that they may go.
    await putMark(lane, 'barrido-permitido', String(Date.now()))
  },
  async finish(lane, productoId) {
    await lane.settled()
    expect(await stockOf(lane, productoId)).toEqual({ fisico: pageful, reservado: 0 })
  },
})

/** As restoring an older inventario.db leaves it: the order has ended, its stock is reserved still. */
async function reserveAgain({ alter }: Lane, { id }: Bought): Promise<void> {
  await alter(
    'inventario',
    `UPDATE existencias SET reservado = reservado +
       (SELECT cantidad FROM reserva_lineas l JOIN reservas r ON r.n = l.reserva_n
        WHERE r.pedido_id = ?1 AND l.producto_id = existencias.producto_id)
     WHERE producto_id IN (SELECT producto_id FROM reserva_lineas JOIN reservas ON n = reserva_n
       WHERE pedido_id = ?1)`,
    id,
  )
  await alter(
    'inventario',
    `UPDATE reservas SET estado = 'activa', cerrada_en = NULL WHERE pedido_id = ?1`,
    id,
  )
}

const outlived = operation<Bought, never>({
  title: 'closing a reservation that outlived its order',
  passes: { 'pedidos.reservas.liberar': 1 },
  fromStart: true,
  async prepare(lane, chance) {
    const state = await bought(lane, chance)
    await insist(() => change(lane, state.id, 'Cancelado'))
    return state
  },
  async whileDown(lane, state) {
    await reserveAgain(lane, state)
    await ageReservations(lane)
  },
  async finish(lane, { id, purchase }) {
    await lane.settled()
    expect(await stateOf(lane, id)).toBe('Cancelado')
    await expectStock(lane, purchase, 'free')
  },
})

/** Two days after a refusal its key is nobody's any more. */
const forgetting = operation<Purchase, never>({
  title: 'forgetting old keys',
  apart: 'nobody else takes part',
  passes: { 'pedidos.store.olvidar': 'many' },
  fromStart: true,
  async prepare(lane, chance) {
    const purchase = await newPurchase(lane, chance, { tooMuch: true })
    expect((await insist(() => buy(lane, purchase))).status).toBe(409)
    return purchase
  },
  async whileDown({ alter }, { key }) {
    const twoDaysMs = 2 * 24 * 60 * 60 * 1000
    const aged = await alter(
      'pedidos',
      'UPDATE idempotencia SET creada_en = creada_en - ?1 WHERE clave = ?2',
      twoDaysMs,
      key ?? '',
    )
    expect(aged).toBe(1)
  },
  async finish(lane, { key }) {
    const kept = () => lane.count('pedidos', 'idempotencia', 'clave', key ?? '')
    await lane.eventually('a forgotten key', async () => (await kept()) === 0)
  },
})

const starting = operation<Purchase, never>({
  title: 'asking for its own token',
  passes: { 'pedidos.token': 1 },
  fromStart: true,
  prepare: (lane, chance) => newPurchase(lane, chance),
  async finish(lane, purchase) {
    expect((await insist(() => buy(lane, purchase))).status).toBe(201)
    await expectStock(lane, purchase, 'reserved')
  },
})

/** A token can only be checked with auth's keys, which the first request asks for. */
const keys = operation<Purchase, unknown>({
  title: 'asking for the keys of auth',
  passes: { 'servicio.claves': 1 },
  fromStart: true,
  prepare: (lane, chance) => newPurchase(lane, chance),
  run: ({ clients, shopper: { headers } }) => clients.pedidos.pedidos.get({ headers }),
  async finish(lane, purchase) {
    expect((await insist(() => buy(lane, purchase))).status).toBe(201)
    expect(await ordersOf(lane, purchase)).toHaveLength(1)
    await expectStock(lane, purchase, 'reserved')
  },
})

export const sweepingOperations: readonly Prepared[] = [
  orphan,
  manyOrphans,
  outlived,
  forgetting,
  starting,
  keys,
]
