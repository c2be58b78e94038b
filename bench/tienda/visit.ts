import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { watch } from '../../apps/tienda/e2e/watch.ts'

export type StorageState = NonNullable<Exclude<BrowserContextOptions['storageState'], string>>

export interface VisitOptions {
  readonly origin: string
  /** How many times slower than it is the processor shall seem to the page. */
  readonly slowdown: number
  /** Cookies and storage that the browser has already; nothing is in its cache. */
  readonly storageState?: StorageState
}

/** Somebody who comes for the first time: with a window of their own and nothing in the cache. */
export async function visit<T>(
  browser: Browser,
  { origin, slowdown, storageState }: VisitOptions,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'es-EC',
    viewport: { width: 1280, height: 900 },
    ...(storageState && { storageState }),
  })
  try {
    const page = await context.newPage()
    await watch(page)
    const devTools = await context.newCDPSession(page)
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    return await look(page)
  } finally {
    await context.close()
  }
}
