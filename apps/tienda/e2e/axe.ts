import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** Less than half of the other one, and it is read anew by each page. */
const source = await Bun.file(Bun.resolveSync('axe-core/axe.min.js', import.meta.dir)).text()

/** In the page, where `source` left it as a global. */
const isThere = () => Reflect.has(window, 'axe')
const runAxe = (): Promise<AxeResults> =>
  Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] })

/** What axe has against the page, from serious on, as one line each. */
async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(isThere))) await page.evaluate(source)
  const { violations } = await page.evaluate(runAxe)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)
}

/** Pixels by which the page is wider than the window. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** In the page: what opens may still be transparent, and what is behind it hidden already. */
const settled = () =>
  Promise.allSettled(
    document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
      .map(({ finished }) => finished),
  ).then(() => undefined)

/** What is wrong with a page as it stands there, once nothing of it is on its way any more. */
export async function wrongWith(page: Page): Promise<string[]> {
  // What is on its way pulses.
  await page.locator('.animate-latir').first().waitFor({ state: 'detached' })
  await page.evaluate(settled)
  const wide = await overflow(page)
  const cut = wide > 0 ? [`${wide} px wider than the window`] : []
  return [...(await seriousFindings(page)), ...cut]
}

/** Light and wide, dark and narrow: what both get right, those in between do. */
export const looks = [
  { name: 'light and wide', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'dark and 360 px narrow', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const
