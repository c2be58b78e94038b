import type { Page } from 'playwright-core'

export const password = 'arroyo-con-siete-piedras'

let people = 0

/** What a shopper does, in the shopper's words. */
export const steps = (page: Page) => ({
  /** From the page of one product into the basket. */
  async add(productId: string) {
    await page.goto(`/productos/${productId}`)
    await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
    await page.getByText('en la cesta.').first().waitFor()
  },
  /** From the page that asks to sign in; answers the e-mail of the new account. */
  async register(nombre: string) {
    people += 1
    const email = `persona-${people}@tienda.example`
    await page.getByRole('link', { name: 'Crear una cuenta' }).click()
    // The page before asks for a name as well.
    await page.getByRole('heading', { level: 1, name: 'Crear una cuenta' }).waitFor()
    await page.getByLabel('Nombre').fill(nombre)
    await page.getByLabel('Correo electrónico').fill(email)
    await page.getByLabel('Contraseña').fill(password)
    await page.getByRole('button', { name: 'Crear la cuenta' }).click()
    await page.getByRole('link', { name: 'Mi cuenta' }).waitFor()
    return email
  },
  async signIn(email: string) {
    await page.getByLabel('Correo electrónico').fill(email)
    await page.getByLabel('Contraseña').fill(password)
    await page.getByRole('button', { name: 'Entrar' }).click()
  },
  async address() {
    await page.getByLabel('Calle y número').fill('Calle Larga 7-42')
    await page.getByLabel('Ciudad').fill('Cuenca')
    await page.getByLabel('País').selectOption('EC')
  },
  /** To the next step of a checkout that has some. */
  async next() {
    await page.getByRole('button', { name: 'Continuar' }).click()
  },
  /** From the basket to the confirmation; answers the id of the order. */
  async order() {
    await page.getByRole('button', { name: /^Pedir por/ }).click()
    return await this.confirmed()
  },
  async confirmed() {
    await page.getByText('Tu pedido está hecho').waitFor()
    return new URL(page.url()).pathname.split('/').at(-1) ?? ''
  },
})
