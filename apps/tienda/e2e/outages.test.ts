import { expect } from 'bun:test'
import { available, type Shop, stock } from './shop.ts'
import { steps } from './steps.ts'
import { story } from './story.ts'

const withPanela = async (shop: Shop) => ({
  panela: await stock(shop, { nombre: 'Panela', precio: 300, cantidad: 5 }),
})

story(import.meta.path, 'what fails and mends, in a real browser', withPanela, (test) => {
  test('without a connection it says so, and goes on by itself when it is back', async (shop) => {
    const { page, context, close } = await shop.visit()
    await page.goto('/')
    await page.getByRole('link', { name: 'Panela' }).waitFor()
    await context.setOffline(true)
    await page.getByText('Sin conexión.').waitFor()
    await context.setOffline(false)
    await page.getByText('Vuelves a tener conexión.').waitFor()
    await close()
  })

  test('while a service is away it says so with the number to quote, and goes on by itself', async (shop) => {
    const { page, close } = await shop.visit()
    let away = true
    await page.route('**/api/productos/productos?**', (route) => {
      if (!away) return route.fallback()
      const json = {
        codigo: 'servicio-no-disponible',
        status: 503,
        title: 'x',
        detail: 'productos no responde.',
      }
      const headers = { 'x-request-id': '0af7651916cd43dd8448eb211c80319c' }
      return route.fulfill({ status: 503, headers, contentType: 'application/problem+json', json })
    })
    await page.goto('/')
    await page.getByText('productos no responde.').waitFor()
    await page.getByText('0af7651916cd43dd8448eb211c80319c').waitFor()
    // Pressing asks at once, and the words stay until there is something better to show.
    const asked = page.waitForRequest('**/api/productos/productos?**')
    await page.getByRole('button', { name: 'Reintentar' }).click()
    await asked
    expect(await page.getByText('productos no responde.').count()).toBe(1)
    away = false
    await page.getByRole('link', { name: 'Panela' }).waitFor()
    await close()
  })

  test('pedidos killed in the middle of a purchase: it says what is not known, and the retry buys once', async (shop) => {
    const { page, findings, close } = await shop.visit()
    const shopper = steps(page)
    await shopper.add(shop.panela)
    await page.goto('/comprar')
    await shopper.register('Inés Vaca')
    await shopper.address()
    await shop.kill('pedidos')
    await page.getByRole('button', { name: /^Pedir por/ }).click()
    await page.getByText('No sabemos si tu pedido llegó').waitFor()
    await shop.revive('pedidos')
    await page.getByRole('button', { name: 'Reintentar' }).click()
    await shopper.confirmed()
    expect(await available(shop, shop.panela)).toBe(4)

    // Looking at one's orders: it says so, and then they are there with nothing pressed.
    await shop.kill('pedidos')
    await page.goto('/pedidos')
    await page.getByText('pedidos no responde ahora mismo.').waitFor()
    await shop.revive('pedidos')
    await page.getByRole('link', { name: /^Pedido 1/ }).waitFor()
    expect(findings(503)).toEqual([])
    await close()
  })

  test('productos killed: catalogue, product and basket say so, and mend by themselves', async (shop) => {
    const { page, context, findings, close } = await shop.visit()
    await steps(page).add(shop.panela)
    const [product, basket] = [await context.newPage(), await context.newPage()]
    await shop.kill('productos')
    await Promise.all([
      page.goto('/'),
      product.goto(`/productos/${shop.panela}`),
      basket.goto('/cesta'),
    ])
    await page.getByText('productos no responde ahora mismo.').waitFor()
    await product.getByText('productos no responde ahora mismo.').waitFor()
    await basket.getByText('No pudimos comprobar').waitFor()
    await shop.revive('productos')
    await page.getByRole('link', { name: 'Panela' }).waitFor()
    await product.getByRole('button', { name: 'Añadir a la cesta' }).waitFor()
    await basket.getByText('No pudimos comprobar').waitFor({ state: 'detached' })
    expect(findings(503)).toEqual([])
    await close()
  })
})
