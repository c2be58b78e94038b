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

/** Exif that says that the camera was held upright, and where. */
const upright = Buffer.from(
  `Exif\0\0II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0006\0\0\0\0\0\0\0GPS -2.9 -79.0`,
  'latin1',
)

/** A photo as telephones take it, which this page draws: large, full of detail, on its side, with a place. */
export async function telephonePhoto(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const [width, height] = [3000, 2000]
    const points = new ImageData(width, height)
    // Always the same noise; what is noise to the eye is much for a JPEG.
    let seed = 1
    for (let at = 0; at < points.data.length; at++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff
      points.data[at] = at % 4 === 3 ? 255 : 96 + ((seed >> 16) & 63)
    }
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.putImageData(points, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
    return (await new Response(blob).bytes()).toBase64()
  })
  const jpeg = Buffer.from(drawn, 'base64')
  const length = Buffer.from([0, upright.length + 2])
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe1])
  return Buffer.concat([start, length, upright, jpeg.subarray(2)])
}

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
