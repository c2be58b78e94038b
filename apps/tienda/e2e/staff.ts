import { unwrap } from '@encargo/client'
import type { Page } from 'playwright-core'
import { admin } from './processes.ts'
import type { Shop } from './shop.ts'
import { password } from './steps.ts'

let people = 0

/** An account, made without a browser. */
export async function newPerson(shop: Shop, nombre: string, rol?: 'operador' | 'admin') {
  people += 1
  const email = `cuenta-${people}@tienda.example`
  const { id } = await unwrap(shop.staff.auth.register.post({ email, password, nombre }))
  if (rol !== undefined) await unwrap(shop.staff.auth.usuarios({ id }).patch({ rol }))
  return { id, email, nombre }
}

/** Places an order for somebody who is not there. */
export async function orderFor(
  { staff }: Shop,
  clienteId: string,
  productoId: string,
  cantidad = 1,
) {
  return await unwrap(staff.pedidos.pedidos.post({ clienteId, lineas: [{ productoId, cantidad }] }))
}

/** Signs in where the page asks for it, and waits until the page that was wanted is there. */
export async function signIn(page: Page, path: string, email: string = admin.email) {
  await page.goto(path)
  await page.getByLabel('Correo electrónico').fill(email)
  await page.getByLabel('Contraseña').fill(email === admin.email ? admin.password : password)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.waitForURL((url) => url.pathname + url.search === path)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Notes in the page when a button of a dialog is pressed; milliseconds since the epoch. */
const notePresses = (page: Page) =>
  page.evaluate(() => {
    document.addEventListener(
      'click',
      ({ target }) => {
        const pressed = target instanceof Element && target.closest('[role=dialog] [type=submit]')
        if (pressed) Reflect.set(window, 'pressedAt', Date.now())
      },
      { capture: true },
    )
  })

/** Notes in the page when `text` is first to be read where `selector` says. */
const noteSight = (page: Page, selector: string, text: string) =>
  page.evaluate(
    ([where = '', wanted = '']) => {
      const seen = new Promise<number>((resolve) => {
        const look = () => {
          if (!document.querySelector(where)?.textContent?.includes(wanted)) return
          observer.disconnect()
          resolve(Date.now())
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
        look()
      })
      Reflect.set(window, 'sight', seen)
    },
    [selector, text],
  )

/**
 * Milliseconds from a press in one browser to the sight of what it did in another, by the pages' own
 * clock, which is the machine's.
 */
export async function delayBetween(
  from: { readonly page: Page; readonly press: () => Promise<void> },
  to: { readonly page: Page; readonly selector: string; readonly text: string },
): Promise<number> {
  await notePresses(from.page)
  await noteSight(to.page, to.selector, to.text)
  await from.press()
  const seenAt: number = await to.page.evaluate(() => Reflect.get(window, 'sight'))
  const pressedAt: number = await from.page.evaluate(() => Reflect.get(window, 'pressedAt'))
  return seenAt - pressedAt
}

export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity
