import { describe, expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { type FakeStripe, type FakeStripeOptions, openFakeStripe } from './fake-stripe.ts'

const shop = 'https://tienda.example'

function open(options: FakeStripeOptions = {}): FakeStripe {
  const stripe = openFakeStripe(options)
  cleanUp(() => stripe.close())
  return stripe
}

async function ask(stripe: FakeStripe, path: string, params: Record<string, string>, key?: string) {
  const response = await fetch(`${stripe.url}/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stripe.secretKey}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: new URLSearchParams(params),
  })
  return (await response.json()) as { id: string; url: string; error?: { type: string } }
}

const session = (stripe: FakeStripe, more: Record<string, string> = {}) =>
  ask(stripe, 'checkout/sessions', {
    mode: 'payment',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '123456',
    'line_items[0][price_data][product_data][name]': 'Pedido <42>',
    success_url: `${shop}/pago?de={CHECKOUT_SESSION_ID}`,
    cancel_url: `${shop}/carrito`,
    client_reference_id: 'cobro',
    ...more,
  })

const act = (url: string, name: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ act: name }), redirect: 'manual' })
const leads = (response: Response) => response.headers.get('location')

/** Takes notices as a shop does, and those that come before `from` badly. */
function receiver(from = 1) {
  const got: string[] = []
  let asked = 0
  const enough = Promise.withResolvers<void>()
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const { type } = (await request.json()) as { type: string }
      asked += 1
      if (asked < from) return new Response(null, { status: 503 })
      got.push(type)
      if (got.length >= 3) enough.resolve()
      return new Response(null)
    },
  })
  cleanUp(() => server.stop(true))
  return { url: `${server.url.origin}/avisos/stripe`, got, enough: enough.promise }
}

describe('The pay page of the Stripe on this machine', () => {
  test('says what is to be paid, in the language of the session, and runs nothing that it was told', async () => {
    const stripe = open()
    const es = await fetch((await session(stripe)).url)
    const page = await es.text()
    expect(page).toContain('<html lang="es">')
    expect(page).toContain('Pedido &#60;42&#62;')
    expect(page).toContain('1234,56 USD')
    expect(es.headers.get('content-security-policy')).toContain("default-src 'none'")
    const en = await (await fetch((await session(stripe, { locale: 'en' })).url)).text()
    expect(en).toContain('1,234.56 USD')
    expect(en).toContain('Pay by card')
  })

  test('sends who paid to where the shop said, with the name of the session', async () => {
    const stripe = open()
    const { id, url } = await session(stripe)
    expect(leads(await act(url, 'pay'))).toBe(`${shop}/pago?de=${id}`)
    expect(stripe.books.session(id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
    expect(await (await fetch(`${stripe.url}/c/pay/${id}`)).text()).toContain('ya está hecho')
  })

  test('keeps who was declined, lets go who wants to, and says when it is over', async () => {
    const stripe = open()
    const { id, url } = await session(stripe)
    expect(leads(await act(url, 'decline'))).toBe(url)
    expect(await (await fetch(url)).text()).toContain('El banco rechazó la tarjeta')
    expect(leads(await act(url, 'back'))).toBe(`${shop}/carrito`)
    await ask(stripe, `checkout/sessions/${id}/expire`, {})
    expect(leads(await act(url, 'pay'))).toBe(url)
    expect(await (await fetch(url)).text()).toContain('ya no vale')
  })

  test('prints a voucher that is paid later', async () => {
    const stripe = open()
    const { id, url } = await session(stripe)
    await act(url, 'voucher')
    expect(await (await fetch(url)).text()).toContain('Pagar el vale ahora')
    expect(leads(await act(url, 'pay-voucher'))).toBe(`${shop}/pago?de=${id}`)
    expect(stripe.books.session(id).payment_status).toBe('paid')
  })
})

describe('The API of the Stripe on this machine', () => {
  test('does once what is asked twice with one key, and nothing else under it', async () => {
    const stripe = open()
    const params = { mode: 'payment', success_url: shop }
    const [one, other] = await Promise.all([session(stripe, params), session(stripe, params)])
    expect(one.id).not.toBe(other.id)
    stripe.shopper.pay(one.id)
    const { payment_intent = '' } = { ...stripe.books.session(one.id) }
    const refund = { payment_intent: payment_intent ?? '', amount: '100' }
    const first = await ask(stripe, 'refunds', refund, 'k')
    expect(await ask(stripe, 'refunds', refund, 'k')).toEqual(first)
    const changed = await ask(stripe, 'refunds', { ...refund, amount: '200' }, 'k')
    expect(changed.error?.type).toBe('idempotency_error')
    expect(stripe.books.refunds.size).toBe(1)
  })
})

describe('The notices of the Stripe on this machine', () => {
  const paid = ['payment_intent.succeeded', 'charge.succeeded', 'checkout.session.completed']

  test.each([
    ['prompt', paid],
    ['twice', [...paid, ...paid]],
    ['never', []],
  ] as const)('go out %s', async (manner, expected) => {
    const shop = receiver()
    const stripe = open({ noticesTo: shop.url })
    stripe.tell(manner)
    stripe.shopper.pay((await session(stripe)).id)
    await stripe.told()
    expect(shop.got.toSorted()).toEqual([...expected].toSorted())
  })

  test('go out newest first when they were held', async () => {
    const shop = receiver()
    const stripe = open({ noticesTo: shop.url })
    stripe.tell('held')
    stripe.shopper.pay((await session(stripe)).id)
    await stripe.told()
    expect(shop.got).toEqual([])
    stripe.release()
    await stripe.told()
    expect(shop.got).toEqual(paid.toReversed())
  })

  test('go out again until they are taken', async () => {
    const shop = receiver(4)
    const stripe = open({ noticesTo: shop.url })
    stripe.shopper.pay((await session(stripe)).id)
    await stripe.told()
    expect(shop.got).toEqual([])
    await shop.enough
    expect(shop.got.toSorted()).toEqual(paid.toSorted())
  })
})
