import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

/** First the one without windows, which takes a fifth less of the processor. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * Where this machine has a browser that playwright-core can drive, if it has one. Whoever sets
 * `CHROMIUM_PATH` means that one, and no other.
 */
export function findBrowser(): string | undefined {
  const given = process.env['CHROMIUM_PATH']
  return (given ? [given] : places).find((path) => existsSync(path))
}

/** Another name of this machine, for the browser alone. */
export const lanName = 'tienda.lan'

/** A line that cannot be overlooked: these tests did not run. */
export function leftOut(file: string): void {
  console.warn(
    `LEFT OUT: ${file} needs a browser. Install one (apt-get install chromium-headless-shell) or set CHROMIUM_PATH.`,
  )
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // All is of one origin: another process for each window, and one kept ready, protect nobody here.
      '--disable-site-isolation-trials',
      '--renderer-process-limit=2',
      // A name as in a LAN: unlike the loopback address, what comes from there without TLS is not trusted.
      `--host-resolver-rules=MAP ${lanName} 127.0.0.1`,
    ],
  })
}

/** A visitor's own browser window, and what went wrong in it. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors on the console, broken scripts and requests to other hosts, but for `expected` statuses. */
  readonly findings: (...expected: number[]) => string[]
  readonly close: () => Promise<void>
}

export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const { baseURL = origin } = options
  const context = await browser.newContext({ locale: 'es-EC', ...options, baseURL })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const found: { readonly text: string; readonly status?: number }[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const text = message.text()
    const status = Number(/status of (\d+)/.exec(text)?.[1])
    found.push({ text, ...(Number.isNaN(status) ? {} : { status }) })
  })
  page.on('pageerror', (error) => found.push({ text: error.message }))
  page.on('request', (request) => {
    const url = new URL(request.url())
    const own = url.origin === baseURL || url.protocol === 'data:' || url.protocol === 'blob:'
    if (!own) found.push({ text: `asked another host: ${request.url()}` })
  })
  return {
    page,
    context,
    findings: (...expected) =>
      found
        .filter(({ status }) => status === undefined || !expected.includes(status))
        .map(({ text }) => text),
    close: () => context.close(),
  }
}
