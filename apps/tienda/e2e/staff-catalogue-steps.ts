import type { Page } from 'playwright-core'
import { signIn } from './staff.ts'

/** A picture that a browser shows: one green pixel. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==',
  'base64',
)

/** A file as the browser's own dialog would hand it over. */
export const file = (name: string, mimeType: string, content: Buffer | string) => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
})
export const csv = (name: string, ...lines: string[]) =>
  file(name, 'text/csv', `${lines.join('\n')}\n`)

/** What staff does with products, stock and files, in staff's words. */
export const staffSteps = (page: Page) => ({
  /** From anywhere to a page of the back office, signing in on the way. */
  async signIn(path: string) {
    await signIn(page, path)
    await page.getByRole('navigation', { name: 'Secciones de gestión' }).waitFor()
  },
  async open(path: string, heading: string) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  },
  /** One of the four figures of the stock of the product whose page is open. */
  async figure(name: string) {
    const shown = page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]')
    return Number(await shown.first().innerText())
  },
  /** Books a movement and waits until it is said to be booked. */
  async move(kind: 'Entra' | 'Sale' | 'Recuento', units: number, reason: string) {
    await page.getByRole('radio', { name: kind }).check()
    await page.getByLabel('Cuántas').fill(String(units))
    await page.getByLabel('Motivo').fill(reason)
    await page.getByRole('button', { name: 'Anotar' }).click()
  },
  /** Hands a file to the import of the page that is open. */
  async choose(given: ReturnType<typeof file>) {
    await page.locator('input[type=file]').setInputFiles(given)
  },
  /** Presses a button that downloads, and gives what came. */
  async download(button: string) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ])
    const text = await Bun.file(await download.path()).text()
    return { name: download.suggestedFilename(), text }
  },
})
