import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { cuentas } from '../demo/cuentas.ts'
import type { Look, Person, Picture } from './pages.ts'

const looks: Record<Look, BrowserContextOptions> = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 390, height: 780 }, colorScheme: 'light', deviceScaleFactor: 2 },
}
/** Of WebP, from 0 to 100. */
const quality = 80

export interface Studio {
  readonly browser: Browser
  readonly origin: string
  readonly admin: { readonly email: string; readonly password: string }
}

async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto('/entrar')
  await page.getByLabel('Correo electrónico').fill(who.email)
  await page.getByLabel('Contraseña').fill(who.password)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.getByRole('link', { name: 'Mi cuenta' }).waitFor()
}

const accountOf = (person: Exclude<Person, 'visitor'>, { admin }: Studio) =>
  person === 'admin' ? admin : cuentas[person]

/** Nothing is on its way any more, and nothing is pointed at. */
async function quiet(page: Page): Promise<void> {
  await page.locator('.animate-latir').first().waitFor({ state: 'detached' })
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.mouse.move(0, 0)
}

/** A page as one sees it who opens it, as WebP. */
export async function take(studio: Studio, picture: Picture, look: Look): Promise<Uint8Array> {
  const context = await studio.browser.newContext({
    baseURL: studio.origin,
    locale: 'es-EC',
    timezoneId: 'America/Guayaquil',
    reducedMotion: 'reduce',
    ...looks[look],
  })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    if (picture.as !== 'visitor') await signIn(page, accountOf(picture.as, studio))
    await page.goto(picture.path)
    await picture.arrange(page)
    await quiet(page)
    const devTools = await context.newCDPSession(page)
    const { data } = await devTools.send('Page.captureScreenshot', { format: 'webp', quality })
    return Buffer.from(data, 'base64')
  } finally {
    await context.close()
  }
}
