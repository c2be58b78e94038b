import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page } from 'playwright-core'
import { type Shop, stock } from './shop.ts'
import { steps } from './steps.ts'
import { story } from './story.ts'

const withPanela = async (shop: Shop) => ({
  panela: await stock(shop, { nombre: 'Panela', precio: 300, cantidad: 50 }),
})

const stream = '**/api/pedidos/pedidos/eventos'
const isLive = (page: Page) => page.getByText('En vivo', { exact: true }).waitFor()
/** Waits until the list of orders has one in this state. */
const lists = (page: Page, estado: string) => {
  const orders = page.getByRole('listitem').filter({ hasText: /Pedido \d/ })
  return orders.getByText(estado, { exact: true }).first().waitFor()
}

story(import.meta.path, 'orders followed live, in a real browser', withPanela, (test) => {
  test('seven windows hold one stream: each is answered, shows each change, and takes over when one closes', async (shop) => {
    const { page, context, findings, close } = await shop.visit()
    let streams = 0
    context.on('request', (request) => {
      if (request.url().endsWith('/pedidos/eventos')) streams += 1
    })
    const shopper = steps(page)
    await shopper.add(shop.panela)
    await page.goto('/comprar')
    await shopper.register('Inés Vaca')
    await shopper.address()
    const first = await shopper.order()
    await page.goto('/pedidos')
    await isLive(page)
    const before = streams
    const others: Page[] = []
    for (let nth = 2; nth <= 7; nth++) {
      const other = await context.newPage()
      other.setDefaultTimeout(15_000)
      await other.goto('/pedidos')
      await isLive(other)
      others.push(other)
    }
    expect(streams).toBe(before)
    await unwrap(shop.staff.pedidos.pedidos({ id: first }).patch({ estado: 'Completado' }))
    for (const one of [page, ...others]) await lists(one, 'Completado')
    // The first window still gets what it asks for, and then goes; the others follow without it.
    await page.goto('/')
    await page.getByRole('link', { name: 'Panela' }).waitFor()
    const [second, ...rest] = others
    if (!second) throw new Error('no second window')
    await steps(second).add(shop.panela)
    await second.goto('/comprar')
    await steps(second).address()
    await steps(second).order()
    await second.goto('/pedidos')
    for (const one of rest) await lists(one, 'Pendiente')
    expect(findings()).toEqual([])
    await close()
  }, 120_000)

  test('without a stream, the page says so and asks again by itself', async (shop) => {
    const { page, close } = await shop.visit()
    await page.clock.install()
    await page.route(stream, (route) => {
      const json = { codigo: 'demasiadas-peticiones', status: 429, title: 'x', detail: 'x' }
      return route.fulfill({ status: 429, contentType: 'application/problem+json', json })
    })
    const shopper = steps(page)
    await shopper.add(shop.panela)
    await page.goto('/comprar')
    await shopper.register('Luis Vaca')
    await shopper.address()
    const id = await shopper.order()
    await page.goto('/pedidos')
    await lists(page, 'Pendiente')
    await unwrap(shop.staff.pedidos.pedidos({ id }).patch({ estado: 'Completado' }))
    await page.clock.fastForward(20_000)
    await lists(page, 'Completado')
    await close()
  })
})
