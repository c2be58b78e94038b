import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page, Route } from 'playwright-core'
import { type FakeStripe, openFakeStripe } from '../../../scripts/fake-stripe/fake-stripe.ts'
import { looks, wrongWith } from './axe.ts'
import { sellProperly, type Shop, stock } from './shop.ts'
import { newPerson, signIn } from './staff.ts'
import { steps } from './steps.ts'
import { story } from './story.ts'

const [, narrow] = looks
let stripe: FakeStripe

/** It gives no notices: whoever comes back, or looks, is what has the shop ask. */
function openStripe() {
  stripe = openFakeStripe()
  const { url, secretKey, webhookSecret, close } = stripe
  const env = {
    STRIPE_API_URL: url,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  }
  return { env, close }
}

async function takingMoney(shop: Shop) {
  await sellProperly(shop)
  const metodo = shop.staff.pagos['metodos-pago']
  const antes = { momento: 'antes' } as const
  const tarjeta = { proveedor: 'stripe', nombre: 'Tarjeta', ...antes } as const
  await unwrap(metodo({ codigo: 'tarjeta' }).put(tarjeta))
  const banco = { proveedor: 'manual', nombre: 'Transferencia', ...antes } as const
  const instrucciones = 'Banco del Austro\nCuenta 123-456'
  await unwrap(metodo({ codigo: 'banco' }).put({ ...banco, instrucciones }))
  return { taza: await stock(shop, { nombre: 'Taza', precio: 1_250, cantidad: 50 }) }
}

/** A guest at the last step of the checkout, with one of it in the basket. */
async function atTheLastStep(page: Page, productId: string) {
  const shopper = steps(page)
  await shopper.add(productId)
  await page.goto('/comprar')
  await page.getByLabel('Nombre', { exact: true }).fill('Rosa Paz')
  await page.getByLabel('Correo electrónico').fill('rosa@correo.example')
  await page.getByLabel('Teléfono').first().fill('0990000101')
  await page.getByText('Lo retiro').click()
  await shopper.next()
  await page.getByText('Quiero factura').waitFor()
  await shopper.next()
}

/** What a guest ordered elsewhere, and the path of its link. */
async function orderedByGuest({ staff }: Shop, productoId: string, metodo: string) {
  const invitado = { nombre: 'Rosa', email: 'rosa@correo.example' }
  const pedido = { lineas: [{ productoId, cantidad: 1 }], pago: { metodo } }
  const answer = await staff.compra(pedido, { invitado, nombre: Bun.randomUUIDv7() }).enviar()
  if (!answer.ok) throw new Error(`a guest cannot buy: ${answer.problem.detail}`)
  return { ...answer.data, enlace: answer.data.seguimiento ?? '' }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const pay = (page: Page) => button(page, /^Pagar \$/)
/** Stripe's own page is another host, and what was refused was meant to be. */
const strange = (findings: readonly string[]) => findings.filter((one) => !one.includes(stripe.url))
const newest = () => [...stripe.books.sessions.keys()].at(-1) ?? ''

/** As tienda answers while nobody is there. */
function away(route: Route) {
  const json = { codigo: 'servicio-no-disponible', status: 503, title: 'x', detail: 'x' }
  return route.fulfill({ status: 503, contentType: 'application/problem+json', json })
}

story(
  import.meta.path,
  'paying in a real browser',
  takingMoney,
  (test) => {
    test('a guest is declined, comes back, pays in the same session, and the order is paid', async (shop) => {
      const { page, findings, close } = await shop.visit(narrow)
      await atTheLastStep(page, shop.taza)
      expect(await wrongWith(page)).toEqual([])
      await button(page, /^Pedir y pagar/).click()
      await button(page, 'Pagar con una tarjeta que se rechaza').click()
      await page.getByText('El banco rechazó').waitFor()
      await button(page, 'Volver a la tienda sin pagar').click()
      await page.getByText('No hay fondos suficientes').waitFor()
      expect(await wrongWith(page)).toEqual([])
      // What an address says of a payment is anybody's word.
      await page.goto(`${page.url()}?estado=pagado&redirect_status=succeeded`)
      await pay(page).click()
      await button(page, 'Pagar con tarjeta').click()
      await page.getByText('Pagado: $12,50').waitFor()
      await page.getByRole('link', { name: 'Ver el pedido' }).click()
      await page.getByRole('heading', { level: 1, name: /^Pedido/ }).waitFor()
      await page.getByText('Pagado: $12,50').waitFor()
      expect(stripe.books.sessions.size).toBe(1)
      expect(strange(findings(429))).toEqual([])
      await close()
    })

    test('two tabs pay one session; signed out meanwhile one signs in again, and a voucher waits', async (shop) => {
      const { page, context, findings, close } = await shop.visit()
      const person = await newPerson(shop, 'Ana')
      const { id } = await unwrap(
        shop.staff.pedidos.pedidos.post({
          clienteId: person.id,
          lineas: [{ productoId: shop.taza, cantidad: 1 }],
          pago: { metodo: 'tarjeta' },
        }),
      )
      const before = stripe.books.sessions.size
      await signIn(page, `/pedidos/${id}`, person.email)
      const other = await context.newPage()
      await other.goto(`/pedidos/${id}`)
      await Promise.all([page, other].map((tab) => pay(tab).click()))
      await Promise.all([page, other].map((tab) => tab.waitForURL(`${stripe.url}/**`)))
      expect(stripe.books.sessions.size).toBe(before + 1)
      await button(page, 'Pagar en efectivo con un vale').click()
      await page.getByText('Paga con este número').waitFor()
      await context.clearCookies()
      await other.goto(`${shop.origin}/pago/${id}`)
      await other.getByRole('link', { name: 'Entrar' }).last().click()
      await steps(other).signIn(person.email)
      await other.getByText('Esperamos la confirmación').waitFor()
      await other.getByText('Pagar de otra forma').waitFor()
      stripe.shopper.payVoucher(newest())
      // Nobody presses anything.
      await other.getByText('Pagado: $12,50').waitFor()
      expect(strange(findings(401, 429))).toEqual([])
      await close()
    })

    test('whose time ran out goes back and pays anew, and who never comes back finds it paid by the link', async (shop) => {
      const { enlace } = await orderedByGuest(shop, shop.taza, 'tarjeta')
      const { page, close } = await shop.visit()
      await page.goto(enlace)
      await pay(page).click()
      await page.waitForURL(`${stripe.url}/**`)
      const first = newest()
      stripe.books.expire(stripe.books.session(first))
      await page.goBack()
      await page.getByText('No se cobró nada; puedes pagar otra vez').waitFor()
      await pay(page).click()
      await page.waitForURL(`${stripe.url}/**`)
      expect(newest()).not.toBe(first)
      stripe.shopper.pay(newest())
      await close()
      const elsewhere = await shop.visit({ ...narrow, locale: 'en-US' })
      await elsewhere.page.goto(enlace)
      await elsewhere.page.getByText(/^Paid: \$12\.50/).waitFor()
      expect(await wrongWith(elsewhere.page)).toEqual([])
      expect(elsewhere.findings(429)).toEqual([])
      await elsewhere.close()
    })

    test('a provider that is away leaves the order alive; a transfer says how, and is seen once it is there', async (shop) => {
      const { page, close } = await shop.visit()
      const { id, numero, enlace } = await orderedByGuest(shop, shop.taza, 'tarjeta')
      await page.goto(enlace)
      stripe.misbehave(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
      await pay(page).click()
      await page.getByText('Tu pedido sigue en pie').waitFor()
      await page.getByLabel('Transferencia').check()
      await button(page, 'Pagar así').click()
      await page.getByText('Cuenta 123-456').waitFor()
      await page.getByText(`Pedido ${numero}`, { exact: true }).last().waitFor()
      stripe.misbehave(undefined)
      const { datos } = await unwrap(shop.staff.pagos.cobros.get({ query: { pedidoId: id } }))
      const cobro = datos.find(({ metodo }) => metodo === 'banco')?.id ?? ''
      const recibido = { importe: 1_250, referencia: 'Comprobante 7' }
      await unwrap(shop.staff.pagos.cobros({ id: cobro }).capturas.post(recibido))
      await page.reload()
      await page.getByText('Pagado: $12,50').waitFor()
      await close()
    })

    test('without the payment service the shop sells, and what was ordered is paid once it is back', async (shop) => {
      const { page, close } = await shop.visit()
      await page.route('**/api/pagos/**', away)
      await atTheLastStep(page, shop.taza)
      await page.getByText('no se puede elegir cómo pagar').waitFor()
      await button(page, /^Pedir por/).click()
      await steps(page).confirmed()
      await page.getByText('Ahora mismo no se puede pagar aquí').waitFor()
      await page.unroute('**/api/pagos/**')
      await page.reload()
      await pay(page).click()
      await button(page, 'Pagar con tarjeta').click()
      await page.getByText('Pagado: $12,50').waitFor()
      await close()
    })

    test('staff ask for a payment by a link, close it, hold the stock, and an administrator lets an order go unpaid', async (shop) => {
      const { id: clienteId } = await newPerson(shop, 'Iván Mora')
      const lineas = [{ productoId: shop.taza, cantidad: 1 }]
      const nuevo = { clienteId, lineas, pago: { metodo: 'tarjeta' } }
      const { id, numero } = await unwrap(shop.staff.pedidos.pedidos.post(nuevo))
      const { page, findings, close } = await shop.visit()
      await signIn(page, `/gestion/pedidos/${id}`)
      const panel = page.getByRole('region', { name: 'Pago', exact: true })
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
      const answer = (name: string) =>
        page.getByRole('dialog').getByRole('button', { name }).click()
      await press('Pedir un pago')
      await page.getByLabel('Método').selectOption('Tarjeta')
      await answer('Crear el enlace')
      await panel.getByText('Esperando el pago').waitFor()
      await press('Preguntar al proveedor: Tarjeta')
      await page.getByText('El proveedor dice: Esperando el pago.').waitFor()
      await press('Copiar el enlace de pago')
      await page.getByText('Enlace copiado.').waitFor()
      await press('Cerrar el cobro: Tarjeta')
      await answer('Cerrar el cobro')
      await panel.getByText('Cerrado', { exact: true }).waitFor()
      await press('Guardar sin plazo')
      await answer('Guardar sin plazo')
      await panel.getByText('Existencias guardadas sin plazo.').waitFor()
      expect(await wrongWith(page)).toEqual([])
      await press('Completar sin el pago')
      await page.getByLabel('Motivo').fill('Paga el viernes')
      await answer('Completar sin el pago')
      await page.getByText(`Pedido ${numero} completado sin su pago.`).waitFor()
      await page.goto('/gestion/cobros?asunto=por-cobrar')
      await page.getByRole('link', { name: `Pedido ${numero}` }).waitFor()
      await page.goto('/gestion/auditoria')
      await page.getByRole('rowheader', { name: /sin que estuviera pagado/ }).waitFor()
      expect(findings()).toEqual([])
      await close()
    })
  },
  openStripe,
)
