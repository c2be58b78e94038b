import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page } from 'playwright-core'
import { lineasMaximas } from '../src/cesta/cesta.ts'
import { type Shop, stock } from './shop.ts'
import { newPerson, orderFor, signIn } from './staff.ts'
import { steps } from './steps.ts'
import { story } from './story.ts'
import { translate } from './translator.ts'

const telephone = { width: 360, height: 740 }
const count = 80

async function longList(shop: Shop) {
  const ids: string[] = []
  for (let nth = 1; nth <= count; nth++) {
    const nombre = `Cuaderno ${nth}${nth % 3 === 0 ? ' con tapas de cartón reciclado y hojas rayadas' : ''}`
    ids.push(await stock(shop, { nombre, precio: 100 * nth, cantidad: 5, categoria: 'Papel' }))
  }
  const [first = ''] = ids
  const person = await newPerson(shop, 'Clara Luz')
  const order = await orderFor(shop, person.id, first)
  return { ids, first, person, order }
}

/** What has the focus, and whether it gets there, as a dialog gives it back once it is gone. */
const focused = (page: Page) => page.evaluateHandle(() => document.activeElement)
const returns = (page: Page, opener: Awaited<ReturnType<typeof focused>>) =>
  page.waitForFunction((one) => document.activeElement === one, opener)

/** Where on the screen something is, in pixels from its upper edge. */
const topOf = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).evaluate((one) => one.getBoundingClientRect().top)

/** Turns one page of the catalogue. */
async function turnPage(page: Page) {
  const rows = page.locator('main ul > li:has(h2)')
  const before = await rows.count()
  await page.keyboard.press('End')
  await rows.nth(before).waitFor({ state: 'attached' })
}

/** Waits until something is where it was, and looks again once all is drawn. */
async function lands(page: Page, name: string, top: number) {
  await page.getByRole('link', { name, exact: true }).waitFor()
  await page.waitForFunction(
    ([text, wanted]) => {
      const link = [...document.querySelectorAll('main a')].find((one) => one.textContent === text)
      return Math.abs((link?.getBoundingClientRect().top ?? Infinity) - Number(wanted)) < 3
    },
    [name, top] as const,
  )
  await page.waitForLoadState('networkidle')
  expect(Math.abs((await topOf(page, name)) - top)).toBeLessThan(3)
}

story(import.meta.path, 'what a page owes to who uses it', longList, (test) => {
  test('a page that is being translated goes on working, and says what is new', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await translate(page)
    const shopper = steps(page)
    await page.goto('/')
    await page.locator('font font').first().waitFor()
    await page.getByRole('searchbox').fill('cuaderno 7')
    await page.getByRole('button', { name: 'Borrar la búsqueda' }).click()
    await shopper.add(shop.first)
    await page.getByText('Ya tienes 1 en la cesta.').waitFor()
    await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
    await page.getByText('Ya tienes 2 en la cesta.').waitFor()
    await page.goto('/cesta')
    await page.getByRole('button', { name: 'Aumentar la cantidad' }).click()
    await page.getByText('$3,00').first().waitFor()
    await page.getByRole('link', { name: 'Tramitar el pedido' }).click()
    await page.getByRole('link', { name: 'Ya tengo cuenta' }).click()
    await page.getByRole('button', { name: 'Entrar', exact: true }).click()
    await page.getByText('Revisa los campos marcados.').waitFor()
    await shopper.signIn('nadie@tienda.example')
    await page.getByText('El correo o la contraseña no son correctos.').waitFor()
    await shopper.register('Ida Flor')
    await page.getByRole('heading', { level: 1, name: 'Tramitar el pedido' }).waitFor()
    await page.getByRole('button', { name: /^Pedir por/ }).click()
    await page.getByText('Revisa los campos marcados.').waitFor()
    await shopper.address()
    await shopper.order()
    await page.getByRole('button', { name: 'Cancelar el pedido' }).click()
    await page.getByRole('button', { name: 'Sí, cancelar' }).click()
    await page.getByText('Cancelado', { exact: true }).first().waitFor()
    await page.goto('/cuenta')
    await page.getByLabel('Nombre').fill('Ida Flores')
    await page.getByRole('button', { name: 'Guardar' }).click()
    await page
      .getByText(/guardad/i)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'EN: switch to English' }).click()
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor()
    await page.getByRole('button', { name: 'Save' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Catalogue' }).waitFor()
    expect(findings(401, 422)).toEqual([])
    await close()
  })

  test('the back office that is being translated goes on working', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await translate(page)
    await signIn(page, '/gestion/pedidos')
    const { numero } = await orderFor(shop, shop.person.id, shop.first)
    await page.getByRole('button', { name: `Completar el pedido ${numero}` }).click()
    await page.getByRole('button', { name: 'Sí, completar' }).click()
    await page
      .getByRole('row', { name: String(numero) })
      .getByText('Completado')
      .waitFor()
    await page.getByLabel('Estado').selectOption('Pendiente')
    await page.getByRole('button', { name: 'Quitar' }).click()
    await page.goto(`/gestion/productos/${shop.first}`)
    await page.getByLabel('Nombre', { exact: true }).fill('')
    await page.getByRole('button', { name: 'Guardar' }).click()
    await page.getByLabel('Nombre', { exact: true }).fill('Cuaderno 1')
    await page.getByRole('button', { name: 'Guardar' }).click()
    await page.goto('/gestion')
    await page.getByText('Listo').first().waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('who reads English gets English to begin with, from the first byte on', async (shop) => {
    const { page, findings, close } = await shop.visit({ locale: 'en-GB' })
    const answer = await page.goto('/cesta')
    const html = (await answer?.text()) ?? ''
    expect(html).toMatch(/<html lang="?en"?/)
    expect(html).not.toMatch(/JavaScript\. Actívalo|catálogo/)
    await page.getByRole('heading', { level: 1, name: 'Your basket' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.getByRole('button', { name: 'ES: cambiar a español' }).click()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Tu cesta' }).waitFor()
    expect(findings()).toEqual([])
    await close()
  })

  test('every dialog gives the focus back to what opened it', async (shop) => {
    const { page, findings, close } = await shop.visit()
    const openAndLeave = async (name: string) => {
      const opener = page.getByRole('button', { name, exact: true })
      await opener.focus()
      const before = await focused(page)
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await returns(page, before)
    }
    const { numero, id } = shop.order
    await signIn(page, `/pedidos/${id}`, shop.person.email)
    await openAndLeave('Cancelar el pedido')
    await page.context().clearCookies()
    await signIn(page, `/gestion/pedidos/${id}`)
    await openAndLeave(`Completar el pedido ${numero}`)
    await openAndLeave(`Cancelar el pedido ${numero}`)
    await openAndLeave(`Guardar más tiempo el pedido ${numero}`)
    await page.goto('/gestion/pedidos')
    await openAndLeave(`Cancelar el pedido ${numero}`)
    await page.goto(`/gestion/usuarios/${shop.person.id}`)
    await openAndLeave('Eliminar la cuenta')
    await page.goto(`/gestion/productos/${shop.first}`)
    await openAndLeave('Archivar')
    // Leaving with something unsaved asks, too.
    await page.getByLabel('Nombre', { exact: true }).fill('Otro nombre')
    const elsewhere = page.getByRole('link', { name: 'Usuarios' })
    await elsewhere.focus()
    const link = await focused(page)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await returns(page, link)
    expect(findings()).toEqual([])
    await close()
  })

  for (const [name, visit] of [
    ['a telephone', { viewport: telephone }],
    ['a desk', {}],
  ] as const) {
    test(`who comes back to a long list is where they were, on ${name}`, async (shop) => {
      const { page, findings, close } = await shop.visit(visit)
      await page.goto('/?categoria=Papel&orden=precio')
      await page.getByRole('link', { name: 'Cuaderno 1', exact: true }).waitFor()
      for (const chosen of ['Cuaderno 40', 'Cuaderno 64', 'Cuaderno 23']) {
        const link = page.getByRole('link', { name: chosen, exact: true })
        while ((await link.count()) === 0) await turnPage(page)
        await link.scrollIntoViewIfNeeded()
        const before = await topOf(page, chosen)
        await link.click()
        await page.getByRole('button', { name: 'Añadir a la cesta' }).waitFor()
        await page.goBack()
        await lands(page, chosen, before)
        // The way back that the page itself offers leads to the same.
        await link.click()
        await page.getByRole('link', { name: 'Catálogo' }).click()
        await lands(page, chosen, before)
        expect(new URL(page.url()).search).toBe('?categoria=Papel&orden=precio')
        await page.reload()
        await lands(page, chosen, before)
      }
      expect(findings()).toEqual([])
      await close()
    }, 120_000)
  }

  test('a list of the back office is found as it was left: its search, its rows, its place', async (shop) => {
    const { page, findings, close } = await shop.visit()
    const search = '?categoria=Papel&orden=precio'
    await signIn(page, `/gestion/productos${search}`)
    await page.getByRole('button', { name: 'Ver más' }).click()
    const link = page.getByRole('link', { name: 'Cuaderno 64', exact: true })
    await link.scrollIntoViewIfNeeded()
    const before = await topOf(page, 'Cuaderno 64')
    await link.click()
    await page.getByRole('heading', { level: 1, name: 'Cuaderno 64' }).waitFor()
    await page.getByRole('link', { name: 'Productos' }).last().click()
    await lands(page, 'Cuaderno 64', before)
    expect(new URL(page.url()).search).toBe(search)
    await page.reload()
    await lands(page, 'Cuaderno 64', before)
    expect(findings()).toEqual([])
    await close()
  })

  test('a toast is one line, stays clear of what is filled in, and goes with its page', async (shop) => {
    const { page, findings, close } = await shop.visit({ viewport: telephone })
    await page.goto('/?categoria=Papel&orden=precio')
    const add = page.getByRole('button', { name: /^Añadir Cuaderno/ })
    for (const nth of [0, 1, 2]) await add.nth(nth).click()
    const toast = page.getByRole('status').filter({ has: page.getByText('En la cesta:') })
    const box = await toast.locator('> div').boundingBox()
    expect(await toast.locator('> div').count()).toBe(1)
    expect(box?.height ?? Infinity).toBeLessThan(60)
    await page.getByRole('link', { name: 'Cuaderno 1', exact: true }).click()
    await page.getByRole('button', { name: 'Añadir a la cesta' }).waitFor()
    expect(await page.getByText('En la cesta:').count()).toBe(0)
    // Both in one look: between two, the next toast may take the place of this one.
    const covered = () =>
      page.evaluate(() => {
        const field = document.activeElement?.getBoundingClientRect()
        const shown = document.querySelector('[data-toast]')?.getBoundingClientRect()
        if (!field || !shown) throw new Error('no field has the focus, or there is no toast')
        return field.top < shown.bottom && shown.top < field.bottom
      })
    // On its side, a telephone has room for little more than what one presses.
    await page.setViewportSize({ width: 844, height: 390 })
    await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
    await page.getByText('En la cesta:').waitFor()
    expect(await covered()).toBe(false)
    await page.getByRole('link', { name: 'Ver la cesta' }).click()
    await page.getByRole('heading', { level: 1, name: 'Tu cesta' }).waitFor()
    await page.setViewportSize(telephone)
    await page.goto('/cuenta')
    await page.getByRole('link', { name: 'Crear una cuenta' }).waitFor()
    await steps(page).register('Olga Paz')
    // Said on the way to another page, it is said on that one.
    await page
      .getByText(/Olga Paz/)
      .first()
      .waitFor()
    for (const label of ['Nombre', 'Teléfono']) {
      await page.getByLabel(label).focus()
      for (const block of ['start', 'end'] as const) {
        await page.locator(':focus').evaluate((one, where) => one.scrollIntoView(where), { block })
        const saved = page.waitForResponse((one) => one.url().endsWith('/api/auth/me'))
        await page.keyboard.press('Enter')
        await saved
        await page.getByText('Datos guardados').first().waitFor()
        expect([label, block, await covered()]).toEqual([label, block, false])
      }
    }
    expect(findings()).toEqual([])
    await close()
  })

  test('what is said of a field goes once it is filled in, and the header knows who is signed in', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await page.goto('/cuenta')
    await page.getByRole('link', { name: 'Crear una cuenta' }).click()
    await page.getByRole('button', { name: 'Crear la cuenta' }).click()
    const wrong = page.locator('[aria-invalid=true]')
    await page.getByText('Revisa los campos marcados.').waitFor()
    expect(await wrong.count()).toBe(3)
    await page.getByLabel('Nombre').fill('Eva Rey')
    await page.getByLabel('Correo electrónico').fill('eva@')
    await page.getByLabel('Contraseña').fill('arroyo-con-siete-piedras')
    expect(await wrong.count()).toBe(1)
    await page.getByLabel('Correo electrónico').fill('eva@tienda.example')
    await page.getByText('Revisa los campos marcados.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Crear la cuenta' }).click()
    await page.getByRole('link', { name: 'Mi cuenta' }).waitFor()
    // Whatever takes long to answer, nobody is asked to sign in again meanwhile.
    const held = Promise.withResolvers<void>()
    await page.route('**/api/sesion/renovar', async (route) => {
      await held.promise
      await route.fallback()
    })
    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: 'Catálogo' }).waitFor()
    await page.getByRole('link', { name: 'Mi cuenta' }).waitFor()
    expect(await page.getByRole('link', { name: 'Entrar' }).count()).toBe(0)
    held.resolve()
    expect(findings()).toEqual([])
    await close()
  })

  test('a product too many for the basket is refused in words, and one that is sold out is called so', async (shop) => {
    const last = await stock(shop, { nombre: 'Último lápiz', precio: 50, cantidad: 1 })
    const { page, findings, close } = await shop.visit()
    await steps(page).add(last)
    await page.goto('/comprar')
    await steps(page).register('Paz Ruiz')
    await steps(page).address()
    // As it was copied from somewhere; the order is not refused for it.
    await page.getByLabel('Teléfono').fill('\u202a(02)\u00a0200\u20110101\u202c')
    const out = { tipo: 'SALIDA', cantidad: 1 } as const
    await unwrap(shop.staff.inventario.inventario({ productoId: last }).patch(out))
    await page.getByRole('button', { name: /^Pedir por/ }).click()
    await page.getByText('Último lápiz: agotado').waitFor()
    expect(await page.getByText('se adelantó').count()).toBe(0)
    const full = Array.from({ length: lineasMaximas }, (_, nth) => ({
      productoId: Bun.randomUUIDv7(),
      nombre: `Cosa ${nth}`,
      cantidad: 1,
      precioVisto: 100,
    }))
    await page.evaluate((text) => localStorage.setItem('encargo:cesta', text), JSON.stringify(full))
    await page.goto(`/productos/${shop.first}`)
    await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
    await page.getByText('Tu cesta está llena: caben 100 productos').waitFor()
    await page.getByRole('link', { name: 'Cesta, 100 unidades' }).waitFor()
    expect(findings(409)).toEqual([])
    await close()
  })
})
