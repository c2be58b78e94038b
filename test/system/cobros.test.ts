import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { openFakeStripe } from '../../scripts/fake-stripe/fake-stripe.ts'
import { admin, type Clients, clientsAt } from './harness.ts'
import { openAll, origins } from './one-process.ts'
import { loginAdmin, must, newProduct, newShopper } from './walk.ts'

// A shop that takes money by Stripe, in one process: what pagos knows and what pedidos makes of it.

const minuteMs = 60_000
const folder = mkdtempSync(join(tmpdir(), 'encargo-cobros-'))
const clock = createTestClock()
const stripe = openFakeStripe({ now: clock.ms })
let shop: Awaited<ReturnType<typeof openAll>>
let clients: Clients
let jefa: { headers: { authorization: string } }

beforeAll(async () => {
  const env = {
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    PAGOS_RETORNOS: 'https://tienda.example',
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  }
  shop = await openAll(folder, { clock }, env)
  // The one that is really there.
  shop.network.answer('127.0.0.1', { fetch: (request) => fetch(request) })
  clients = clientsAt(origins, shop.network.fetch)
  jefa = await loginAdmin(clients)
  for (const [codigo, proveedor] of [
    ['tarjeta', 'stripe'],
    ['efectivo', 'manual'],
  ] as const) {
    const body = { proveedor, nombre: codigo, momento: 'antes' } as const
    must(await clients.pagos['metodos-pago']({ codigo }).put(body, jefa))
  }
})
afterAll(async () => {
  await shop.close()
  await stripe.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Time goes by; nobody's token is as good for so long. */
async function pass(ms: number) {
  clock.advance(ms)
  jefa = await loginAdmin(clients)
}

/** What is done in the background, until nothing is left of it. */
async function rounds(many = 6) {
  for (let round = 0; round < many; round++) {
    await shop.pagos.casos.driver.tick()
    await shop.pedidos.casos.driver.tick()
  }
}

/** Hands over what Stripe has told since. */
let told = 0
async function notify() {
  for (const { body, headers } of stripe.notices.slice(told)) {
    const request = new Request(`${origins.pagos}/avisos/stripe`, { method: 'POST', headers, body })
    expect((await shop.pagos.app.handle(request)).status).toBe(200)
  }
  told = stripe.notices.length
}

/** An order of somebody new that is to be paid by card, and its charge. */
async function charged(metodo = 'tarjeta') {
  const ana = await newShopper(clients)
  const cafe = await newProduct(clients, 2_500, 10)
  const bought = await clients.pedidos.pedidos.post(
    { lineas: [{ productoId: cafe, cantidad: 2 }], pago: { metodo } },
    ana,
  )
  const { id } = must(bought)
  const cobro = must(await clients.pagos.cobros.post({ pedidoId: id, metodo }, ana))
  const order = async () => must(await clients.pedidos.pedidos({ id }).get(jefa))
  const [session] = stripe.sessionsOf(cobro.id)
  return { ana, id, cafe, cobro, order, session: session?.id ?? '' }
}

const money = ({
  estado,
  apartado,
  pago,
}: Awaited<ReturnType<Awaited<ReturnType<typeof charged>>['order']>>) => ({
  estado,
  apartado,
  pago: [pago.estado, pago.saldo],
})

describe('an order that is paid by card', () => {
  test('holds its stock while it is paid, and then for good', async () => {
    const { cobro, order, session } = await charged()
    expect(cobro).toMatchObject({ estado: 'abierto', importe: 5_000, url: expect.any(String) })
    expect(money(await order())).toEqual({
      estado: 'Pendiente',
      apartado: 'plazo',
      pago: ['pendiente', 5_000],
    })
    stripe.shopper.pay(session)
    await notify()
    await rounds()
    expect(money(await order())).toEqual({
      estado: 'Pendiente',
      apartado: 'firme',
      pago: ['pagado', 0],
    })
  })

  test('gets its money back when it is cancelled, once', async () => {
    const { ana, id, order, session, cobro } = await charged()
    stripe.shopper.pay(session)
    await notify()
    await rounds()
    must(await clients.pedidos.pedidos({ id }).patch({ estado: 'Cancelado' }, ana))
    await rounds()
    await notify()
    await rounds()
    expect(money(await order())).toMatchObject({ estado: 'Cancelado', pago: ['reembolsado', 0] })
    const visto = must(await clients.pagos.cobros({ id: cobro.id }).get(jefa))
    expect(visto).toMatchObject({ cobrado: 5_000, reembolsado: 5_000 })
    expect(visto.reembolsos).toMatchObject([{ importe: 5_000, estado: 'hecho' }])
  })

  test('is paid after all when no notice ever comes', async () => {
    const { order, session } = await charged()
    stripe.shopper.pay(session)
    told = stripe.notices.length
    await pass(minuteMs + 1)
    await rounds()
    expect(money(await order())).toMatchObject({ apartado: 'firme', pago: ['pagado', 0] })
  })

  test('is let go of when nobody pays: its session is closed first', async () => {
    const { order, cobro } = await charged()
    told = stripe.notices.length
    await pass(24 * 60 * minuteMs)
    await rounds(10)
    await pass(minuteMs)
    await rounds(10)
    expect(await order()).toMatchObject({ estado: 'Cancelado' })
    expect(must(await clients.pagos.cobros({ id: cobro.id }).get(jefa)).estado).toBe('cerrado')
  })
})

describe('an order that is paid by hand', () => {
  test('is paid when staff says so', async () => {
    const { id, cobro, order } = await charged('efectivo')
    const body = { importe: 5_000, referencia: `caja ${id}` }
    must(await clients.pagos.cobros({ id: cobro.id }).capturas.post(body, jefa))
    await rounds()
    expect(money(await order())).toMatchObject({ apartado: 'firme', pago: ['pagado', 0] })
  })
})
