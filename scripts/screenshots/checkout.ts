import type { Page } from 'playwright-core'
import { cupon } from '../demo/venta.ts'

const inBasket = /^Añadir .* a la cesta$/

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** What it comes to is known, and at rest. */
const knows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** With three things in the basket, where it is said how they get there. */
export async function goToCheckout(page: Page): Promise<void> {
  const add = page.getByRole('button', { name: inBasket })
  await add.nth(2).waitFor()
  for (const which of [0, 1, 2]) await add.nth(which).click()
  await page.goto('/comprar')
  await knows(page, 'Moto en Azuay')
  await knows(page, /^Incluye impuesto/)
}

/** Somebody without an account, with an invoice and the coupon, before they order. */
export async function goToReview(page: Page): Promise<void> {
  await page.goto('/?q=cafe')
  const add = page.getByRole('button', { name: inBasket })
  await add.nth(2).waitFor()
  for (const which of [0, 1, 2]) await add.nth(which).click()
  await page.goto('/comprar')
  const type = (label: string, text: string) =>
    page.getByRole('textbox', { name: label, exact: true }).fill(text)
  await page.getByRole('textbox', { name: 'Calle y número' }).waitFor()
  await type('Nombre', 'Inés Mora')
  await type('Correo electrónico', 'ines@correo.example')
  await page
    .getByRole('textbox', { name: /^Teléfono/ })
    .first()
    .fill('099 000 0106')
  await type('Calle y número', 'Calle Larga 7-20')
  await type('Ciudad', 'Cuenca')
  await page.getByRole('textbox', { name: /^Provincia/ }).fill('Azuay')
  await knows(page, /Moto en Azuay/)
  await press(page, 'Continuar')
  await page.getByRole('checkbox', { name: /^Quiero factura/ }).click()
  await page.getByLabel('Documento', { exact: true }).selectOption('ruc')
  await type('Número', '0104123567001')
  await type('Nombre o razón social', 'Inés Mora')
  await press(page, 'Tengo un cupón')
  await type('Cupón', cupon.codigo)
  await press(page, 'Aplicar')
  await knows(page, `Cupón ${cupon.codigo} aplicado.`)
  await press(page, 'Continuar')
  await knows(page, /^RUC \d/)
  // On a telephone the sum is what is to be seen, below the header that stays.
  const { y = 0 } = (await page.getByRole('heading', { name: 'Resumen' }).boundingBox()) ?? {}
  await page.mouse.wheel(0, y - 90)
}

/** What the same shopper sees next: the order's own link. */
export async function order(page: Page): Promise<void> {
  await goToReview(page)
  await press(page, /^Pedir por/)
  await knows(page, 'Tu pedido está hecho')
}

/** A sale to nobody in particular, before the cash is in the drawer. */
export async function sellAtCounter(page: Page): Promise<void> {
  const reader = page.getByRole('combobox', { name: 'Añadir producto' })
  await reader.waitFor()
  let lines = 0
  for (const code of [
    'CAF-LOJA-250',
    '2* CHO-MANABI-70',
    'DES-QUINUA-BLANCA',
    'TEX-BOLSA-MERCADO',
  ]) {
    await page.keyboard.insertText(code)
    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: /^Quitar/ })
      .nth(lines++)
      .waitFor()
  }
  await page.getByLabel('Cupón (opcional)', { exact: true }).focus()
  await page.keyboard.insertText(cupon.codigo)
  await page.keyboard.press('Enter')
  await knows(page, /^Impuesto 15/)
  await page.getByLabel('Recibido en efectivo').fill('40')
  await knows(page, /^Cambio/)
  await page.mouse.wheel(0, 1000)
}

/** The order of the demo's guest, for staff. */
export async function openGuestOrder(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^Pedido \d/ })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Documentos' }).waitFor()
}

export async function openReceipt(page: Page): Promise<void> {
  await openGuestOrder(page)
  await page.getByRole('link', { name: 'Recibo' }).click()
  await knows(page, /RUC \d|RUC: \d/)
}
