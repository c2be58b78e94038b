import type { Browser, Page } from 'playwright-core'
import { notesOf } from '../../apps/tienda/e2e/watch.ts'
import type { Buyer } from './buyer.ts'
import { useBare, useCatalogue, useCheckout, useProduct, type Waits } from './inputs.ts'
import type { ShopPage } from './pages.ts'
import { type ThreadMs, visit } from './visit.ts'

export interface Place {
  readonly browser: Browser
  readonly origin: string
  readonly bareOrigin: string
  readonly buyer: Buyer
  readonly pages: readonly ShopPage[]
  readonly slowdown: number
}

/** One reading of everything, in milliseconds. */
export interface Round {
  /** Largest contentful paint by page, with the processor slowed down and as it is. */
  readonly paints: ReadonlyMap<string, { readonly slowed: number; readonly plain: number }>
  /** CPU time of the page's own thread until nothing is on its way, not slowed down. */
  readonly threads: ReadonlyMap<string, number>
  /** What was painted then. */
  readonly paintOf: ReadonlyMap<string, string>
  readonly waits: ReadonlyMap<string, Waits>
}

const use = { catalogue: useCatalogue, product: useProduct, checkout: useCheckout } as const

/** Opens a page as whoever it is for, and hands back what their browser holds afterwards. */
async function open<T>(
  { browser, origin, buyer }: Place,
  { path, shown, asBuyer }: ShopPage,
  slowdown: number,
  look: (page: Page, threadMs: ThreadMs) => Promise<T>,
): Promise<T> {
  const held = asBuyer ? { storageState: buyer.state() } : {}
  return await visit(browser, { origin, slowdown, ...held }, async (page, threadMs) => {
    await page.goto(path)
    await shown(page)
    await page.waitForLoadState('networkidle')
    const seen = await look(page, threadMs)
    if (asBuyer) buyer.returned(await page.context().storageState())
    return seen
  })
}

async function bare(place: Place, slowdown: number, look: (page: Page) => Promise<Waits>) {
  const options = { origin: place.bareOrigin, slowdown }
  return await visit(place.browser, options, async (page, threadMs) => {
    await page.goto('/')
    await page.waitForLoadState('networkidle')
    const { lcpMs } = await notesOf(page)
    return { lcpMs, threadMs: await threadMs(), waits: await look(page) }
  })
}

/** The bare page first, then those of the shop: all of it under the conditions of one moment. */
export async function measureRound(place: Place): Promise<Round> {
  const paints = new Map<string, { slowed: number; plain: number }>()
  const paintOf = new Map<string, string>()
  const threads = new Map<string, number>()
  const waits = new Map<string, Waits>()
  const floor = await bare(place, place.slowdown, useBare)
  const plainFloor = await bare(place, 1, () => Promise.resolve(new Map()))
  paints.set('bare', { slowed: floor.lcpMs, plain: plainFloor.lcpMs })
  waits.set('bare', floor.waits)
  threads.set('bare', plainFloor.threadMs)
  for (const shopPage of place.pages) {
    const { name } = shopPage
    const plain = await open(place, shopPage, 1, async (page, threadMs) => {
      const { lcpMs } = await notesOf(page)
      return { lcpMs, threadMs: await threadMs() }
    })
    const slowed = await open(place, shopPage, place.slowdown, async (page) => {
      const { lcpMs, lcpOf } = await notesOf(page)
      return { lcpMs, lcpOf, waits: await use[name](page) }
    })
    paints.set(name, { slowed: slowed.lcpMs, plain: plain.lcpMs })
    paintOf.set(name, slowed.lcpOf)
    threads.set(name, plain.threadMs)
    waits.set(name, slowed.waits)
  }
  return { paints, paintOf, threads, waits }
}

/** Bytes of script, compressed as sent, that the first visit of the catalogue takes. */
export async function scriptBytes(place: Place): Promise<number> {
  const sizes: Promise<number>[] = []
  const [catalogue] = place.pages
  if (!catalogue) throw new TypeError('there are no pages to visit')
  await visit(place.browser, { origin: place.origin, slowdown: 1 }, async (page) => {
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto(catalogue.path)
    await catalogue.shown(page)
    await page.waitForLoadState('networkidle')
    await Promise.all(sizes)
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
