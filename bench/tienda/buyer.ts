import type { Browser } from 'playwright-core'
import { steps } from '../../apps/tienda/e2e/steps.ts'
import type { StorageState } from './visit.ts'

/** Somebody with an account, a session and something in the basket, wherever a page is opened. */
export interface Buyer {
  /** What their browser holds now. The basket is always as it was at first. */
  state(): StorageState
  /** A refresh token works once: what the browser holds after a visit counts from then on. */
  returned(state: StorageState): void
}

export async function createBuyer(browser: Browser, origin: string, id: string): Promise<Buyer> {
  const context = await browser.newContext({ baseURL: origin, locale: 'es-EC' })
  try {
    const page = await context.newPage()
    const shopper = steps(page)
    await shopper.add(id)
    await page.goto('/comprar')
    await shopper.register('Inés Mora')
    await page.getByRole('heading', { level: 1, name: 'Tramitar el pedido' }).waitFor()
    const first = await context.storageState()
    let { cookies } = first
    return {
      state: () => ({ ...first, cookies }),
      returned: (state) => {
        cookies = state.cookies
      },
    }
  } finally {
    await context.close()
  }
}
