import { describe, expect, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testOutside } from '@encargo/service-kit/testing/outside'
import { openFakeStripe } from '../../../scripts/fake-stripe/fake-stripe.ts'
import { amiss, lost } from '../../../scripts/fake-stripe/moods.ts'
import type { Notice } from '../../../scripts/fake-stripe/notices.ts'
import { open } from '../src/open.ts'
import { admin, montar, network, operador, pedidosHeaders, usuario } from './preparar.ts'

const minuto = 60_000
const reembolso = '0198c0de-7f00-7000-8000-0000000000bb'

/** The service beside a Stripe that is really asked, and whose notices really arrive. */
async function tienda() {
  const stripe = openFakeStripe({ now: () => montaje.clock.ms() })
  cleanUp(() => stripe.close())
  const montaje = await montar({
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  })
  const { clock, pedidos, config } = montaje
  network.answer('127.0.0.1', { fetch: (request) => fetch(request) })
  const around = <Ports extends object>(ports: Ports): Ports => ({ ...ports, pedidos })
  const outside = testOutside({ fetch: network.fetch, clock, random: () => 0.5, around })
  const { app, casos, close, store } = await open(config, outside)
  cleanUp(close)

  async function pedir(method: string, path: string, headers: object, body?: object | string) {
    const raw = typeof body === 'string' ? body : JSON.stringify(body)
    const type = { 'content-type': 'application/json' }
    const answer = await app.handle(
      new Request(`http://localhost${path}`, {
        method,
        headers: { ...type, ...headers },
        body: raw,
      }),
    )
    const json: Record<string, unknown> = JSON.parse((await answer.text()) || '{}')
    return { status: answer.status, json }
  }
  const metodo = { nombre: 'Tarjeta', proveedor: 'stripe', momento: 'antes' }
  await pedir('PUT', '/metodos-pago/tarjeta', admin, metodo)

  const cobrar = async () => {
    const pedido = pedidos.poner(12_50)
    const cuerpo = {
      pedidoId: pedido.id,
      metodo: 'tarjeta',
      volverA: 'https://tienda.example/pedidos/1',
    }
    return await pedir('POST', '/cobros', usuario({ id: pedido.clienteId }), cuerpo)
  }
  /** Notices as they are sent, byte for byte; answers how they were taken. */
  const avisar = (notices: readonly Notice[]) =>
    Promise.all(
      notices.map(
        async ({ headers, body }) => (await pedir('POST', '/avisos/stripe', headers, body)).status,
      ),
    )
  const turno = async () => {
    for (let vez = 0; vez < 3; vez++) await casos.driver.tick()
  }
  return { stripe, clock, pedidos, store, pedir, cobrar, avisar, turno }
}

const pagarEn = (url: unknown) =>
  fetch(String(url), {
    method: 'POST',
    body: new URLSearchParams({ act: 'pay' }),
    redirect: 'manual',
  })

describe('Money by Stripe', () => {
  test('comes by its page, goes back, comes back and is disputed, and pedidos hears of all of it', async () => {
    const { stripe, pedidos, pedir, cobrar, avisar, turno } = await tienda()
    const { status, json } = await cobrar()
    expect([status, json['estado']]).toEqual([201, 'abierto'])
    const id = String(json['id'])
    const vuelta = await pagarEn(json['url'])
    expect(vuelta.headers.get('location')).toBe('https://tienda.example/pedidos/1')
    expect(await avisar(stripe.notices.toReversed())).toEqual([200, 200, 200])
    await turno()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado', cobrado: 12_50 })

    const cuerpo = { importe: 12_50, motivo: 'Pedido cancelado' }
    await pedir('PUT', `/cobros/${id}/reembolsos/${reembolso}`, pedidosHeaders, cuerpo)
    await turno()
    expect(pedidos.sabe(id)).toMatchObject({ reembolsado: 12_50 })
    const [sesion] = stripe.sessionsOf(id)
    const antes = stripe.notices.length
    stripe.bank.failRefund(sesion?.id ?? '')
    stripe.bank.dispute(sesion?.id ?? '')
    expect(new Set(await avisar(stripe.notices.slice(antes)))).toEqual(new Set([200]))
    await turno()
    const fallidos = await pedir('GET', '/reembolsos?estado=fallido', operador)
    expect(fallidos.json['datos']).toMatchObject([{ id: reembolso }])
    expect(pedidos.sabe(id)).toMatchObject({ reembolsado: 0, disputado: 12_50, disputa: 'abierta' })
  })

  test('goes back as well where the answer that named the charge never came', async () => {
    const { stripe, pedidos, pedir, cobrar, avisar, turno } = await tienda()
    stripe.misbehave(lost)
    expect((await cobrar()).status).toBe(503)
    stripe.misbehave(undefined)
    const [sesion] = stripe.books.sessions.values()
    stripe.shopper.pay(sesion?.id ?? '')
    await avisar(stripe.notices)
    await turno()
    const id = sesion?.client_reference_id ?? ''
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado', cobrado: 12_50 })
    const cuerpo = { importe: 12_50, motivo: 'Pedido cancelado' }
    await pedir('PUT', `/cobros/${id}/reembolsos/${reembolso}`, pedidosHeaders, cuerpo)
    await turno()
    expect(pedidos.sabe(id)).toMatchObject({ reembolsado: 12_50 })
  })

  test('is found though no notice comes, and once though each comes twice', async () => {
    const { stripe, clock, pedidos, store, cobrar, avisar, turno } = await tienda()
    const { json } = await cobrar()
    const id = String(json['id'])
    await pagarEn(json['url'])
    clock.advance(2 * minuto)
    await turno()
    expect(pedidos.sabe(id)).toMatchObject({ estado: 'cobrado', cobrado: 12_50 })
    const antes = await store.cobro(id)
    expect(await avisar([...stripe.notices, ...stripe.notices])).toEqual(Array(6).fill(200))
    await turno()
    expect(await store.cobro(id)).toEqual(antes)
  })

  test('is not asked for twice where it can not be had at first', async () => {
    const { stripe, clock, cobrar, turno } = await tienda()
    stripe.misbehave(amiss('falla'))
    const { status } = await cobrar()
    expect(status).toBe(503)
    stripe.misbehave(undefined)
    clock.advance(minuto)
    await turno()
    expect([...stripe.books.sessions.values()].map((una) => una.status)).toEqual(['open'])
  })

  test('is nobody’s word but Stripe’s', async () => {
    const { stripe, cobrar, avisar, turno, store } = await tienda()
    const id = String((await cobrar()).json['id'])
    const [sesion] = stripe.sessionsOf(id)
    stripe.books.tell('checkout.session.completed', { ...sesion, id: sesion?.id ?? '' })
    const [verdadero] = stripe.notices
    if (!verdadero) throw new Error('nothing was told')
    const falso = { ...verdadero, body: verdadero.body.replace('"unpaid"', '"paid"') }
    expect(await avisar([falso, verdadero])).toEqual([400, 200])
    await turno()
    expect(await store.cobro(id)).toMatchObject({ estado: 'abierto', cobrado: 0 })
  })
})
