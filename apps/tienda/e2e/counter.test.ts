import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import { lanName } from './browser.ts'
import { available, stock } from './shop.ts'
import { newPerson, signIn } from './staff.ts'
import { steps } from './steps.ts'
import { emptyShelves, story } from './story.ts'

story(import.meta.path, 'the counter in a real browser', emptyShelves, (test) => {
  test('sells at the counter with a code reader and the keyboard, and agrees with what is left', async (shop) => {
    const pan = await stock(shop, { nombre: 'Pan de masa madre', precio: 350, cantidad: 2 })
    const { sku } = await unwrap(shop.staff.productos.productos({ id: pan }).get())
    const dina = await newPerson(shop, 'Dina Coral')
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion/pedidos')
    await page.getByRole('link', { name: 'Vender en el mostrador' }).click()
    const reader = page.getByRole('combobox', { name: 'Añadir producto' })
    await reader.waitFor()
    // A code reader types without a pause and presses Enter, three times over.
    for (const sum of ['$3,50', '$7,00', '$10,50']) {
      await page.keyboard.insertText(sku)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: `Vender por ${sum}` }).waitFor()
    }
    await page.getByRole('combobox', { name: 'Cliente' }).fill('dina')
    await page.keyboard.press('Enter')
    await page.getByText('Sin cliente').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Vender por $10,50' }).click()
    await page.getByText('Pan de masa madre: querías 3, hay 2').waitFor()
    await page.getByRole('button', { name: 'Pedir lo que hay, por $7,00' }).click()
    await page.getByRole('link', { name: 'Ver el pedido' }).click()
    await page.getByText('Quedó completado').waitFor()
    await page.getByRole('link', { name: dina.email }).waitFor()
    expect(await available(shop, pan)).toBe(0)
    expect(findings(409)).toEqual([])
    await close()
  })

  test('Enter takes what is plainly meant, and opens the list for everything else', async (shop) => {
    const cups = [{ nombre: 'Taza de barro' }, { nombre: 'Taza esmaltada' }]
    const mention = { nombre: 'Café de altura', descripcion: 'Llena una jícara cada mañana.' }
    for (const one of [...cups, mention]) await stock(shop, { ...one, precio: 100, cantidad: 9 })
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion/pedidos/venta')
    const reader = page.getByRole('combobox', { name: 'Añadir producto' })
    const sells = (sum: string) => page.getByRole('button', { name: `Vender por ${sum}` }).waitFor()
    const unclear = page.getByText('Puede ser más de uno')
    await reader.fill('jícara')
    await page.keyboard.press('Enter')
    await unclear.waitFor()
    // What is read next stands in its place.
    await page.keyboard.insertText('taza')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Taza de barro' }).waitFor()
    await unclear.waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Todavía nada').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await sells('$1,00')
    await reader.fill('barro tazas')
    await page.keyboard.press('Enter')
    await sells('$2,00')
    expect(await page.getByRole('listitem').filter({ hasText: 'Café' }).count()).toBe(0)
    expect(findings()).toEqual([])
    await close()
  })

  test('a shop in a LAN, without TLS, sells at its counter, to shoppers, and is live', async (shop) => {
    const pan = await stock(shop, { nombre: 'Pan de maíz', precio: 250, cantidad: 9 })
    const baseURL = shop.origin.replace(/\/\/[^:]+/, `//${lanName}`)
    const { page, findings, close } = await shop.visit({ baseURL })
    await signIn(page, '/gestion/pedidos/venta')
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false)
    await page.getByRole('combobox', { name: 'Añadir producto' }).fill('pan de maíz')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Vender por $2,50' }).click()
    await page.getByRole('link', { name: 'Ver el pedido' }).click()
    await page.getByText('Quedó completado').waitFor()
    await page.goto('/gestion/pedidos')
    await page.getByText('En vivo').waitFor()

    const shopper = await shop.visit({ baseURL })
    const buy = steps(shopper.page)
    await buy.add(pan)
    await shopper.page.goto('/comprar')
    await buy.register('Lía Arce')
    await buy.address()
    const id = await buy.order()
    const { numero } = await unwrap(shop.staff.pedidos.pedidos({ id }).get())
    await page.locator(`#pedido-${numero}`).waitFor()
    // The cookie outlives the page, in each of several tabs.
    const tabs = await Promise.all([1, 2, 3].map(() => shopper.context.newPage()))
    for (const tab of tabs) {
      await tab.goto('/pedidos')
      await tab.getByText(`Pedido ${numero}`).first().waitFor()
    }
    // That header is for secure contexts, and is sent to everybody.
    const found = [...findings(), ...shopper.findings()]
    expect(found.filter((text) => !text.includes('Cross-Origin-Opener-Policy'))).toEqual([])
    await Promise.all([close(), shopper.close()])
  })
})
