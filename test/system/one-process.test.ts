import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { startInOneProcess } from './one-process.ts'
import {
  loginAdmin,
  must,
  newProduct,
  newShopper,
  stockOf,
  walkAllOrNothing,
  walkClosedAccount,
  walkTheCounter,
  walkTheLastTen,
  walkThePurchase,
} from './walk.ts'

describe('four apps in one process', () => {
  let system: Awaited<ReturnType<typeof startInOneProcess>>
  beforeAll(async () => {
    system = await startInOneProcess()
  })
  afterAll(() => system.stop())

  test('take a purchase from registration to its end, as four processes do', () =>
    walkThePurchase(system.clients))
  test('take all lines of an order or none', () => walkAllOrNothing(system.clients))
  test('sell nothing to a closed account', () => walkClosedAccount(system.clients))
  test('sell the last ten units exactly ten times', () => walkTheLastTen(system.clients))
  test('complete a sale at the counter in one call', () => walkTheCounter(system.clients))

  test('sell once what is asked for twice with one key', async () => {
    const { clients } = system
    const shopper = await newShopper(clients)
    const productoId = await newProduct(clients, 100, 5)
    const buy = () =>
      clients.pedidos.pedidos.post(
        { lineas: [{ productoId, cantidad: 2 }] },
        { headers: { ...shopper.headers, 'idempotency-key': 'dos veces' } },
      )
    const first = await buy()
    const again = await buy()
    expect(must(again)).toEqual(must(first))
    expect(again.response?.headers.get('idempotency-replayed')).toBe('true')
    expect(await stockOf(clients, productoId)).toEqual({ fisico: 5, reservado: 2, disponible: 3 })
  })

  test('say at /readyz that they stop, and serve on', async () => {
    let stopping = false
    const own = await startInOneProcess({ stopping: () => stopping })
    const ready = () =>
      Promise.all(Object.values(own.clients).map(async (one) => (await one.readyz.get()).status))
    expect(await ready()).toEqual([200, 200, 200, 200, 200])
    stopping = true
    expect(await ready()).toEqual([503, 503, 503, 503, 503])
    expect((await own.clients.productos.productos.get()).status).toBe(200)
    await own.stop()
  })

  test('explain an order to staff, with its reservation', async () => {
    const { clients } = system
    const { headers } = await loginAdmin(clients)
    const [order] = must(await clients.pedidos.pedidos.get({ query: { limite: 1 }, headers })).datos
    if (!order) throw new Error('no order to explain')
    const story = must(await clients.pedidos.pedidos({ id: order.id }).explicacion.get({ headers }))
    expect(story).toMatchObject({ inventarioResponde: true, reserva: { estado: 'activa' } })
    expect(story.sucesos[0]?.pasos.map(({ paso }) => paso)).toEqual([
      'auth: cliente',
      'productos: precios',
      'inventario: reservar',
    ])
  })
})
