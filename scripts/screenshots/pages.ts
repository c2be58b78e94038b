import type { Page } from 'playwright-core'
import {
  goToCheckout,
  goToReview,
  openGuestOrder,
  openReceipt,
  order,
  sellAtCounter,
} from './checkout.ts'

export type Person = 'visitor' | 'cliente' | 'operador' | 'admin'
export type Look = 'light' | 'dark' | 'narrow'

export interface Picture {
  /** Of the file, with the look behind it. */
  readonly name: string
  readonly as: Person
  readonly path: string
  readonly looks: readonly Look[]
  /** What is done once the page is there, until what is wanted is to be seen. */
  readonly arrange: (page: Page) => Promise<void>
}

const all = ['light', 'dark', 'narrow'] as const

const shows =
  (name: string) =>
  (page: Page): Promise<void> =>
    page.getByRole('heading', { level: 1, name }).waitFor()

const lists =
  (name: RegExp) =>
  (page: Page): Promise<void> =>
    page.getByRole('link', { name }).first().waitFor()

const inBasket = /^Añadir .* a la cesta$/

async function openProduct(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 2 }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Añadir a la cesta' }).waitFor()
}

/** Every page of which there is a picture, the shop first. */
export const pictures: readonly Picture[] = [
  {
    name: 'catalogo',
    as: 'visitor',
    path: '/',
    looks: all,
    arrange: (page) => page.getByRole('button', { name: inBasket }).first().waitFor(),
  },
  { name: 'producto', as: 'visitor', path: '/?q=organico', looks: all, arrange: openProduct },
  { name: 'comprar', as: 'cliente', path: '/?q=chocolate', looks: all, arrange: goToCheckout },
  { name: 'repaso', as: 'visitor', path: '/', looks: ['light', 'narrow'], arrange: goToReview },
  { name: 'pedido', as: 'visitor', path: '/', looks: ['narrow'], arrange: order },
  {
    name: 'mostrador',
    as: 'operador',
    path: '/gestion/pedidos/venta',
    looks: ['light'],
    arrange: sellAtCounter,
  },
  {
    name: 'gestion-pedido',
    as: 'operador',
    path: '/gestion/pedidos?q=puerta+verde',
    looks: ['light'],
    arrange: openGuestOrder,
  },
  {
    name: 'recibo',
    as: 'operador',
    path: '/gestion/pedidos?q=puerta+verde',
    looks: ['light'],
    arrange: openReceipt,
  },
  {
    name: 'pedidos',
    as: 'cliente',
    path: '/pedidos',
    looks: ['light', 'narrow'],
    arrange: lists(/^Pedido \d/),
  },
  { name: 'panel', as: 'admin', path: '/gestion', looks: all, arrange: shows('Panel') },
  {
    name: 'tablero',
    as: 'operador',
    path: '/gestion/pedidos',
    looks: all,
    arrange: shows('Pedidos'),
  },
  {
    name: 'gestion-productos',
    as: 'operador',
    path: '/gestion/productos',
    looks: ['light', 'dark'],
    arrange: shows('Productos'),
  },
  {
    name: 'existencias',
    as: 'operador',
    path: '/gestion/existencias',
    looks: ['light', 'narrow'],
    arrange: shows('Existencias'),
  },
  {
    name: 'tienda',
    as: 'admin',
    path: '/gestion/tienda',
    looks: ['light'],
    arrange: shows('Tienda'),
  },
]
