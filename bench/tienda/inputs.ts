import type { Locator, Page } from 'playwright-core'
import { worstInputOf } from '../../apps/tienda/e2e/watch.ts'

/** Between two things that somebody does, in milliseconds: what the first one set off is over. */
const pauseMs = 900
const betweenKeysMs = 110

/** What somebody does, by its name, and the longest wait for a paint in it, in milliseconds. */
export type Waits = ReadonlyMap<string, number>

/** A real pointer, and none of the checks that the driver would run in the page while it is timed. */
async function clickOn(page: Page, target: Locator): Promise<() => Promise<void>> {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error(`there is nothing to click on: ${String(target)}`)
  await page.waitForTimeout(pauseMs)
  return () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

function recorder(page: Page) {
  const waits = new Map<string, number>()
  const time = async (name: string, act: () => Promise<void>) => {
    const worst = await worstInputOf(page, async () => {
      await act()
      await page.waitForTimeout(pauseMs)
    })
    waits.set(name, worst)
  }
  return { waits, time }
}

/** On a catalogue that is shown. */
export async function useCatalogue(page: Page): Promise<Waits> {
  const { waits, time } = recorder(page)
  await page.getByRole('searchbox').focus()
  await time('type into the search', () =>
    page.keyboard.type('cafe de altura', { delay: betweenKeysMs }),
  )
  await time(
    'clear the search',
    await clickOn(page, page.getByRole('button', { name: 'Borrar la búsqueda' })),
  )
  await time('choose a category', await clickOn(page, page.getByRole('link', { name: /^Cocina/ })))
  await time('turn twelve pages with End', async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      await page.keyboard.press('End')
      await page.waitForTimeout(pauseMs / 2)
    }
  })
  const add = page.getByRole('button', { name: /^Añadir .* a la cesta$/ }).last()
  await time('add from a long list', await clickOn(page, add))
  return waits
}

/** On the page of a product that is shown. */
export async function useProduct(page: Page): Promise<Waits> {
  const { waits, time } = recorder(page)
  await time(
    'one more',
    await clickOn(page, page.getByRole('button', { name: 'Aumentar la cantidad' })),
  )
  const add = page.getByRole('button', { name: 'Añadir a la cesta' })
  await time('add to the basket', await clickOn(page, add))
  return waits
}

/** On a checkout that is shown; ends with an order. */
export async function useCheckout(page: Page): Promise<Waits> {
  const { waits, time } = recorder(page)
  await page.getByLabel('Calle y número').fill('')
  await page.getByLabel('Calle y número').focus()
  await time('type an address', () =>
    page.keyboard.type('Calle Larga 7-42', { delay: betweenKeysMs }),
  )
  await page.getByLabel('Ciudad').fill('Cuenca')
  await page.getByLabel('País').selectOption('EC')
  await time('order', await clickOn(page, page.getByRole('button', { name: /^Pedir por/ })))
  await page.getByText('Tu pedido está hecho').waitFor()
  return waits
}

/** On the page that is nothing but a field and a button. */
export async function useBare(page: Page): Promise<Waits> {
  const { waits, time } = recorder(page)
  await page.getByRole('textbox').focus()
  await time('type', () => page.keyboard.type('cafe de altura', { delay: betweenKeysMs }))
  await time('press', await clickOn(page, page.getByRole('button')))
  return waits
}
