import type { Page } from 'playwright-core'

// People are sometimes quicker than a page. Here a test decides what comes first.

/** Longer than a search box waits for the next letter, and shorter than a page is waited for. */
const restMs = 500

/**
 * Types into a search box of a page whose clock is installed, presses a link at once, and lets the
 * time pass after which the box would search. The script of the page behind the link does not come
 * before `release`.
 */
export async function typeAndGoOn(page: Page, box: string, text: string, link: string) {
  const script = Promise.withResolvers<void>()
  await page.route('**/recursos/*.js', async (route) => {
    await script.promise
    await route.fallback()
  })
  await page.getByRole('link', { name: link }).waitFor()
  await page.clock.pauseAt(Date.now() + 1_000)
  await page.getByRole('searchbox', { name: box }).fill(text)
  await page.getByRole('link', { name: link }).click()
  await page.clock.runFor(restMs)
  const { pathname } = new URL(page.url())
  return {
    /** Where the page is, or on its way to. */
    pathname,
    release: async () => {
      await page.clock.resume()
      script.resolve()
    },
  }
}

/** What the list says of itself now, and all that it says from here on. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const texts = new Set<string>()
    const look = () =>
      void texts.add(document.querySelector('main [role=status]')?.textContent ?? '')
    look()
    const all = { subtree: true, childList: true, characterData: true }
    new MutationObserver(look).observe(document.body, all)
    return texts
  })
  return () => said.evaluate((texts) => [...texts])
}
