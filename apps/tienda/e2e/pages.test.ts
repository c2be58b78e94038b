import { expect } from 'bun:test'
import type { Route } from 'playwright-core'
import { looks, wrongWith } from './axe.ts'
import { typeAndGoOn } from './quick-hands.ts'
import { type Shop, stock } from './shop.ts'
import { steps } from './steps.ts'
import { story } from './story.ts'

async function twoProducts(shop: Shop) {
  const product = await stock(shop, {
    nombre: 'Infusión de cedrón y menta de los huertos del valle alto',
    precio: 1_250,
    cantidad: 4,
    categoria: 'Infusiones',
    descripcion: 'Recogida a mano.\nSecada a la sombra.',
  })
  await stock(shop, { nombre: 'Panela', precio: 300, cantidad: 0, categoria: 'Despensa' })
  return { product }
}

story(import.meta.path, 'every page in a real browser', twoProducts, (test) => {
  for (const { name, ...look } of looks) {
    test(`axe finds nothing serious, nothing is cut off, nothing goes wrong: ${name}`, async (shop) => {
      const { page, findings, close } = await shop.visit({ ...look, reducedMotion: 'reduce' })
      const found: Record<string, string[]> = {}
      const check = async (where: string) => {
        found[where] = await wrongWith(page)
      }
      const open = async (path: string, heading: string) => {
        await page.goto(path)
        await page.getByRole('heading', { level: 1, name: heading }).waitFor()
        await check(path)
      }
      await open('/', 'Catálogo')
      await open('/?q=nada+de+esto', 'Catálogo')
      await open(`/productos/${shop.product}`, 'Infusión')
      await open('/cesta', 'Tu cesta')
      await open('/olvido', 'Recuperar la contraseña')
      await open('/restablecer', 'Elegir una contraseña nueva')
      await open('/confirmar', 'Confirmar tu correo')
      await open('/nada/de/nada', 'Página no encontrada')
      await open('/registro', 'Crear una cuenta')
      await page.getByRole('button', { name: 'Crear la cuenta' }).click()
      await check('registration with mistakes')
      await steps(page).add(shop.product)
      await check('a toast')
      await open('/cesta', 'Tu cesta')
      await open('/entrar', 'Entrar')
      await page.goto('/comprar')
      await page.getByText('Puedes comprar sin cuenta.').waitFor()
      await check('/comprar without an account')
      await steps(page).register('María Sol')
      await page.getByRole('heading', { level: 1, name: 'Tramitar el pedido' }).waitFor()
      await check('/comprar')
      await steps(page).address()
      await steps(page).order()
      await check('/pedidos/:id')
      await page.getByRole('button', { name: 'Cancelar el pedido' }).click()
      await page.getByRole('dialog').waitFor()
      await check('a dialog')
      await open('/pedidos', 'Mis pedidos')
      await open('/cuenta', 'Mi cuenta')
      expect(Object.keys(found).length).toBeGreaterThan(14)
      expect(Object.entries(found).filter(([, one]) => one.length > 0)).toEqual([])
      expect(findings()).toEqual([])
      await close()
    })
  }

  test('the keyboard alone is enough: skip link, search, product, basket, and back with focus', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await page.goto('/')
    await page.getByRole('link', { name: 'Panela' }).waitFor()
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Saltar al contenido' })
    expect(await skip.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('infusion')
    await page.getByText('1 producto', { exact: true }).waitFor()
    await page.getByRole('link', { name: /^Infusión/ }).focus()
    await page.keyboard.press('Enter')
    const add = page.getByRole('button', { name: 'Añadir a la cesta' })
    await add.waitFor()
    // Another page begins at its beginning.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('contenido')
    await add.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Cesta, 1 unidad' }).waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('a search brings nobody back who went on to a product; who stays after all finds it', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await page.clock.install()
    await page.goto('/')
    const gone = await typeAndGoOn(page, 'Buscar productos', 'infusion', 'Infusión')
    expect(gone.pathname).toBe(`/productos/${shop.product}`)
    await page.goBack()
    await page.clock.resume()
    await page.getByText('1 producto', { exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?q=infusion')
    await page.getByRole('searchbox').fill('infusion de cedron')
    await page.getByRole('link', { name: 'Infusión' }).click()
    await gone.release()
    await page.getByRole('heading', { level: 1, name: 'Infusión' }).waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('language and theme are chosen once and kept', async (shop) => {
    const { page, findings, close } = await shop.visit({ colorScheme: 'light' })
    await page.goto('/')
    const background = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await page.getByRole('heading', { name: 'Catálogo' }).waitFor()
    const light = await background()
    await page.getByRole('button', { name: 'Usar el tema oscuro' }).click()
    expect(await background()).not.toBe(light)
    await page.getByRole('button', { name: 'EN: switch to English' }).click()
    await page.getByRole('heading', { name: 'Catalogue' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Catalogue' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    expect(await background()).not.toBe(light)
    expect(findings()).toEqual([])
    await close()
  })

  test('a language chosen is chosen, also by who goes on before its texts are there', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await page.goto('/')
    await page.getByRole('link', { name: 'Panela' }).waitFor()
    const asked = Promise.withResolvers<string>()
    // Of this one, no answer ever comes.
    const stall = (route: Route) => asked.resolve(route.request().url())
    await page.route('**/recursos/*.js', stall, { times: 1 })
    await page.getByRole('button', { name: 'EN: switch to English' }).click()
    const texts = await asked.promise
    await page.goto('/cesta')
    await page.getByRole('heading', { level: 1, name: 'Your basket' }).waitFor()
    expect(findings()).toEqual([])
    // And without them there is a page nevertheless.
    await page.route(texts, (route) => route.abort())
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Tu cesta' }).waitFor()
    await close()
  })

  test('a refused token is renewed without a word; a session that is over asks to sign in again', async (shop) => {
    const { page, context, findings, close } = await shop.visit()
    const shopper = steps(page)
    await shopper.add(shop.product)
    await page.goto('/comprar')
    const email = await shopper.register('Nora Gil')
    await shopper.address()
    let refused = 0
    const refuse = (times: number) =>
      page.route('**/api/pedidos/pedidos**', async (route) => {
        if (refused >= times) return route.fallback()
        refused += 1
        const json = { codigo: 'no-autenticado', status: 401, title: 'x', detail: 'caducado' }
        await route.fulfill({ status: 401, contentType: 'application/problem+json', json })
      })
    await refuse(1)
    await page.getByRole('link', { name: 'Mis pedidos' }).click()
    await page.getByText('Todavía no has pedido nada').waitFor()
    expect(refused).toBe(1)

    // Now the session itself is over, in the middle of a checkout.
    await page.goto('/comprar')
    await page.getByLabel('Notas').fill('Llamar al timbre')
    await context.clearCookies()
    refused = 0
    await page.getByRole('button', { name: /^Pedir por/ }).click()
    await page.getByText('Tu sesión terminó.').waitFor()
    await shopper.signIn(email)
    await page.getByRole('heading', { name: 'Tramitar el pedido' }).waitFor()
    expect(await page.getByLabel('Notas').inputValue()).toBe('Llamar al timbre')
    expect(await page.getByLabel('Calle y número').inputValue()).toBe('Calle Larga 7-42')
    await shopper.order()
    expect(findings(401)).toEqual([])
    await close()
  })
})
