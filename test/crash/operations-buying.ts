import { expect } from 'bun:test'
import { type Apart, type Kill, operation, type Prepared } from './operation.ts'
import {
  ageReservations,
  buy,
  expectStock,
  insist,
  newPurchase,
  ordersOf,
  sellSomething,
} from './shop.ts'
import type { Answered, Purchase, Wish } from './shop.ts'
import type { Lane } from './lane.ts'

const asking = {
  'pedidos.clientes.buscar': 'elsewhere',
  'pedidos.catalogo.buscar': 1,
  'pedidos.reservas.reservar': 1,
} as const
const buying = { ...asking, 'pedidos.store.crear': 1 } as const

/** Whether it stood still, and was sold something when it went on, as everything is well again. */
const madeLate = (first: Answered | null, kill: Kill | null) =>
  kill?.wentOn === true && first?.status === 201

/** The client repeats its request with the same key: one order, whatever happened before. */
async function buyAgain(lane: Lane, purchase: Purchase, first: Answered | null): Promise<string> {
  const again = await insist(() => buy(lane, purchase))
  expect(again.status).toBe(201)
  if (first?.status === 201) expect(again.id).toBe(first.id)
  const orders = await ordersOf(lane, purchase)
  expect(orders.map(({ id }) => id)).toEqual([again.id ?? ''])
  return again.id ?? ''
}

const buyingWith = (title: string, wish: Wish, apart?: Apart) =>
  operation<Purchase, Answered | null>({
    title,
    passes: buying,
    ...(apart && { apart }),
    prepare: (lane, chance) => newPurchase(lane, chance, wish),
    run: buy,
    async finish(lane, purchase, first) {
      await buyAgain(lane, purchase, first ?? null)
      await expectStock(lane, purchase, 'reserved')
    },
  })

const counterSale = operation<Purchase, Answered | null>({
  title: 'selling at the counter',
  passes: { ...buying, 'pedidos.reservas.confirmar': 1, 'pedidos.store.terminar': 1 },
  prepare: (lane, chance) => newPurchase(lane, chance, { completar: true }),
  run: buy,
  async finish(lane, purchase, first) {
    await buyAgain(lane, purchase, first ?? null)
    await lane.eventually('Completado', async () => {
      const [order] = await ordersOf(lane, purchase)
      return order?.estado === 'Completado'
    })
    await expectStock(lane, purchase, 'sold')
  },
})

const refused = operation<Purchase, Answered | null>({
  title: 'buying more than there is',
  passes: { ...asking, 'pedidos.store.negar': 1 },
  prepare: (lane, chance) => newPurchase(lane, chance, { tooMuch: true }),
  run: buy,
  async finish(lane, purchase) {
    expect((await insist(() => buy(lane, purchase))).status).toBe(409)
    expect(await ordersOf(lane, purchase)).toEqual([])
    await expectStock(lane, purchase, 'free')
  },
})

/** Nobody can ask again for this one: what is half-made goes away by itself. */
const withoutKey = operation<Purchase, Answered | null>({
  title: 'buying without a key',
  passes: { ...buying, 'pedidos.clientes.buscar': 1 },
  meanwhile: ['pedidos.clientes.buscar', 'pedidos.catalogo.buscar'],
  async prepare(lane, chance) {
    await sellSomething(lane, chance)
    return await newPurchase(lane, chance, { key: false })
  },
  run: buy,
  afterCrash: ageReservations,
  async finish(lane, purchase, first, kill) {
    const written =
      madeLate(first, kill) || kill === null || kill.point === 'pedidos.store.crear.despues'
    const orders = await ordersOf(lane, purchase)
    expect(orders.length).toBe(written ? 1 : 0)
    if (first?.status === 201) expect(orders[0]?.id).toBe(first.id ?? '')
    await lane.settled()
    await expectStock(lane, purchase, written ? 'reserved' : 'free')
  },
})

/** The first attempt has died between reserving and writing; the second dies as well. */
const again = operation<Purchase, Answered | null>({
  title: 'buying again after a crash',
  passes: buying,
  async prepare(lane, chance) {
    const purchase = await newPurchase(lane, chance)
    await lane.victim.arm('pedidos.reservas.reservar.despues')
    expect(await buy(lane, purchase)).toBeNull()
    await lane.victim.dies()
    await lane.victim.start()
    await expectStock(lane, purchase, 'reserved')
    return purchase
  },
  run: buy,
  async finish(lane, purchase, first) {
    await buyAgain(lane, purchase, first ?? null)
    await expectStock(lane, purchase, 'reserved')
  },
})

const peerAway = operation<Purchase, Answered | null>({
  title: 'buying while productos is away',
  apart: 'a way is cut',
  passes: { 'pedidos.clientes.buscar': 'elsewhere', 'pedidos.catalogo.buscar': 1 },
  async prepare(lane, chance) {
    const purchase = await newPurchase(lane, chance)
    await lane.way('productos').set({ kind: 'refuse' })
    return purchase
  },
  run: buy,
  afterCrash: (lane) => lane.way('productos').set({ kind: 'open' }),
  async finish(lane, purchase, first, kill) {
    if (!madeLate(first, kill)) expect(first?.status ?? 503).toBe(503)
    await buyAgain(lane, purchase, first?.status === 201 ? first : null)
    await expectStock(lane, purchase, 'reserved')
  },
})

/** Stock is reserved, the answer is lost, and with it the order: the reservation is discarded. */
const answersLost = operation<Purchase, Answered | null>({
  title: "buying while inventario's answers are lost",
  apart: 'a way is cut',
  passes: {
    ...asking,
    'pedidos.store.descartar': 1,
    'pedidos.reservas.liberar': 'many',
    'pedidos.store.aplazar': 1,
  },
  async prepare(lane, chance) {
    await sellSomething(lane, chance)
    const purchase = await newPurchase(lane, chance, { key: false })
    await lane.way('inventario').set({ kind: 'mute' })
    return purchase
  },
  run: buy,
  async afterCrash(lane) {
    await lane.way('inventario').set({ kind: 'open' })
    await ageReservations(lane)
  },
  async finish(lane, purchase, first, kill) {
    const late = madeLate(first, kill)
    if (!late) expect(first?.status ?? 503).toBe(503)
    await lane.settled()
    expect(await ordersOf(lane, purchase)).toHaveLength(late ? 1 : 0)
    await expectStock(lane, purchase, late ? 'reserved' : 'free')
  },
})

export const buyingOperations: readonly Prepared[] = [
  buyingWith('buying one line', {}),
  buyingWith('buying many lines', { lines: 3 }, 'as another'),
  counterSale,
  refused,
  withoutKey,
  again,
  peerAway,
  answersLost,
]
