import type { Page } from 'playwright-core'

/** What is measured, and by what one sees that it is there. */
export interface ShopPage {
  readonly name: 'catalogue' | 'product' | 'checkout'
  readonly path: string
  readonly shown: (page: Page) => Promise<void>
  /** Somebody has to be logged in, with something in the basket. */
  readonly asBuyer: boolean
}

export const shopPages = (productId: string): readonly ShopPage[] => [
  {
    name: 'catalogue',
    path: '/',
    asBuyer: false,
    shown: async (page) => {
      const add = page.getByRole('button', { name: /^Añadir .* a la cesta$/ })
      await add.nth(11).waitFor({ state: 'attached' })
    },
  },
  {
    name: 'product',
    path: `/productos/${productId}`,
    asBuyer: false,
    shown: (page) => page.getByRole('button', { name: 'Añadir a la cesta' }).waitFor(),
  },
  {
    name: 'checkout',
    path: '/comprar',
    asBuyer: true,
    shown: (page) => page.getByRole('button', { name: /^Pedir por/ }).waitFor(),
  },
]
