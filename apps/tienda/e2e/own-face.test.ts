import { expect } from 'bun:test'
import { unwrap } from '@encargo/client'
import type { Page } from 'playwright-core'
import { derivar } from '../src/cara/paleta.ts'
import { looks, wrongWith } from './axe.ts'
import { dress, type Shop, stock } from './shop.ts'
import { newPerson, signIn } from './staff.ts'
import { file, picture } from './staff-catalogue-steps.ts'
import { story } from './story.ts'

async function twoShelves(shop: Shop) {
  const product = await stock(shop, {
    nombre: 'Té de cedrón',
    precio: 450,
    cantidad: 9,
    categoria: 'Tés',
  })
  await stock(shop, { nombre: 'Taza de barro', precio: 900, cantidad: 9, categoria: 'Vajilla' })
  const operator = await newPerson(shop, 'Olga Vera', 'operador')
  return { product, operator, shopper: await newPerson(shop, 'Iris Luna') }
}

/** Of the light theme, and of the dark one. */
const accents = ['#6b21a8', derivar({ principal: '#6b21a8', fondo: null }).oscuro.acento]

const accent = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body).getPropertyValue('--color-acento'))

story(import.meta.path, 'a shop’s own face in a real browser', twoShelves, (test) => {
  test('an admin says who the shop is, sees it at once, and shoppers never read another name', async (shop) => {
    const { page, findings, close } = await shop.visit({ reducedMotion: 'reduce' })
    await signIn(page, '/gestion/tienda')
    const field = (name: string) => page.locator(`[name=${name}]`)
    await field('nombre').fill('Bazar del Barranco')
    await field('zonaHoraria').fill('America/Guayaquil')
    await field('principal').fill('amarillo')
    await field('titulo').fill('Recién llegado')
    await field('enlaceTexto').fill('Ver los tés')
    await field('email').fill('hola@bazar.example')
    await field('terminos').fill(
      'Los cambios se aceptan un mes.\n\nLos envíos salen al día siguiente.',
    )
    for (const one of ['Tés', 'Vajilla']) {
      await page.getByLabel('Añadir una categoría').selectOption(one)
    }
    await page.getByRole('button', { name: 'Subir Vajilla' }).click()
    const save = page.getByRole('button', { name: 'Guardar', exact: true })
    // What is wrong stands beside its field, one after the other.
    await save.click()
    await page.getByText('Revisa el formato de este campo.').waitFor()
    await field('principal').fill('#6b21a8')
    await save.click()
    await page.getByText('Un botón necesita un texto y a dónde lleva.').waitFor()
    await page.getByText('se usa otro tono').waitFor()
    await field('destino').fill('/?categoria=Tés')
    await save.click()
    await page.getByText('Tienda guardada.').waitFor()
    await page.getByText('Imágenes', { exact: true }).waitFor()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(file('logo.png', 'image/png', picture))
    await page.getByText('Imagen puesta.').waitFor()
    // The page itself has changed with it.
    await page.getByRole('banner').getByRole('img', { name: 'Bazar del Barranco' }).waitFor()
    expect(await accent(page)).toBe('#6b21a8')
    expect(await wrongWith(page)).toEqual([])
    expect(findings()).toEqual([])
    await close()

    for (const [at, locale] of ['es-EC', 'en-GB'].entries()) {
      const { name, ...look } = looks[at] ?? looks[0]
      const visitor = await shop.visit({ ...look, locale, reducedMotion: 'reduce' })
      await visitor.page.goto('/')
      await visitor.page.getByRole('heading', { name: 'Recién llegado' }).waitFor()
      await visitor.page
        .getByRole('banner')
        .getByRole('img', { name: 'Bazar del Barranco' })
        .waitFor()
      expect(await visitor.page.title()).toEndWith(' - Bazar del Barranco')
      expect(await accent(visitor.page)).toBe(accents[at] ?? '')
      const featured = visitor.page.getByRole('navigation', { name: /destacadas|Featured/ })
      expect(await featured.getByRole('link').allInnerTexts()).toEqual(['Vajilla', 'Tés'])
      expect([name, await wrongWith(visitor.page)]).toEqual([name, []])
      await visitor.page.getByRole('link', { name: 'Ver los tés' }).click()
      await visitor.page.getByRole('link', { name: 'Taza de barro' }).waitFor({ state: 'detached' })
      await visitor.page.getByRole('link', { name: /Términos|Terms/ }).click()
      await visitor.page.getByText('Los envíos salen al día siguiente.').waitFor()
      expect([name, await wrongWith(visitor.page)]).toEqual([name, []])
      expect(await visitor.page.content()).not.toContain('Encargo')
      expect(visitor.findings()).toEqual([])
      await visitor.close()
    }
  })

  test('two admins at once: who comes second finds both changes in the form, and saves them', async (shop) => {
    await dress(shop, { nombre: 'Bazar del Barranco' })
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion/tienda')
    await page.locator('[name=lema]').fill('Cosas buenas de cerca')
    const { auth } = shop.staff
    await unwrap(auth.tienda.patch({ contacto: { telefono: '+593 7 282 0101' } }))
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await page.getByText('Otra persona cambió la tienda').waitFor()
    expect(await page.locator('[name=telefono]').inputValue()).toBe('+593 7 282 0101')
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await page.getByText('Tienda guardada.').waitFor()
    expect(await unwrap(auth.tienda.get())).toMatchObject({
      lema: 'Cosas buenas de cerca',
      contacto: { telefono: '+593 7 282 0101' },
    })
    expect(findings(412)).toEqual([])
    await close()
  })

  test('in the back office it is the shop’s time, wherever its staff is; shoppers read their own', async (shop) => {
    await dress(shop, { zonaHoraria: 'America/Guayaquil' })
    const { id: clienteId } = shop.shopper
    const lineas = [{ productoId: shop.product, cantidad: 1 }]
    const { id, creadoEn } = await unwrap(shop.staff.pedidos.pedidos.post({ clienteId, lineas }))
    const tokyo = { timezoneId: 'Asia/Tokyo' }
    const timeIn = (timeZone: string) =>
      new Intl.DateTimeFormat('es-EC', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
        .format(new Date(creadoEn))
        .replaceAll(/\s/g, ' ')
    for (const [email, path, zone] of [
      [shop.operator.email, `/gestion/pedidos/${id}`, 'America/Guayaquil'],
      [shop.shopper.email, `/pedidos/${id}`, 'Asia/Tokyo'],
    ] as const) {
      const { page, findings, close } = await shop.visit(tokyo)
      await signIn(page, path, email)
      await page.getByText(timeIn(zone)).first().waitFor()
      expect(findings()).toEqual([])
      await close()
    }
  })

  test('operators are not led there, and are told why they can change nothing', async (shop) => {
    const { page, findings, close } = await shop.visit()
    await signIn(page, '/gestion/tienda', shop.operator.email)
    await page.getByText('Solo un administrador puede cambiar').waitFor()
    const sections = page.getByRole('navigation', { name: 'Secciones de gestión' })
    await sections.getByRole('link', { name: 'Auditoría' }).waitFor()
    expect(await sections.getByRole('link', { name: 'Tienda' }).count()).toBe(0)
    expect(findings()).toEqual([])
    await close()
  })
})
