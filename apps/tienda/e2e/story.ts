import { afterAll, beforeAll, describe, test } from 'bun:test'
import { join, relative } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { findBrowser, launch, leftOut, type Visitor, visit } from './browser.ts'
import { openShop, type Shop } from './shop.ts'

const root = join(import.meta.dir, '..', '..', '..')

/** What each test of a story is handed: the shop that is open for all tests of its file. */
interface OpenShop extends Shop {
  /** Opens a browser window of its own on the shop, which the test closes. */
  readonly visit: (options?: BrowserContextOptions) => Promise<Visitor>
}

/** As `test` of bun:test, with the shop handed in; the limit is in milliseconds. */
type Test<Given> = (
  title: string,
  act: (shop: OpenShop & Given) => Promise<void>,
  limitMs?: number,
) => void

/** Whom the shop deals with, as its services are told of them. */
interface Outside {
  readonly env: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** For a story whose tests put on the shelf themselves what they need. */
export const emptyShelves = async () => ({})

/**
 * Tests in a real browser, on a shop of real processes that only this file has. Both are started
 * before the first test and ended after the last. Once both are there, `prepare` runs, and every test
 * finds what it gave in its shop. On a machine without a browser this says that `file`, an
 * `import.meta.path`, is left out, and starts nothing.
 *
 * @param around what stands outside of the shop, and has to be there first
 */
export function story<Given extends object>(
  file: string,
  title: string,
  prepare: (shop: Shop) => Promise<Given>,
  tests: (test: Test<Given>) => void,
  around: () => Outside = () => ({ env: {}, close: async () => undefined }),
): void {
  const executable = findBrowser()
  if (executable === undefined) return leftOut(relative(root, file))
  describe(title, () => {
    let browser: Browser
    let shop: Shop
    let open: OpenShop & Given
    let outside: Outside
    beforeAll(async () => {
      outside = around()
      ;[browser, shop] = await Promise.all([launch(executable), openShop(outside.env)])
      const given = await prepare(shop)
      open = { ...given, ...shop, visit: (options) => visit(browser, shop.origin, options) }
    })
    afterAll(async () => {
      await browser.close()
      await shop.stop()
      await outside.close()
    })
    tests((title, act, limitMs) => test(title, () => act(open), limitMs))
  })
}
