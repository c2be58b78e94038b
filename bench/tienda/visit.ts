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

/** CPU time of the page's own thread since the navigation, in milliseconds, whatever else runs. */
export type ThreadMs = () => Promise<number>

/** Somebody who comes for the first time: with a window of their own and nothing in the cache. */
export async function visit<T>(
  browser: Browser,
  { origin, slowdown, storageState }: VisitOptions,
  look: (page: Page, threadMs: ThreadMs) => Promise<T>,
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
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
    return await look(page, async () => {
      const { metrics } = await devTools.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
    })
  } finally {
    await context.close()
  }
}
