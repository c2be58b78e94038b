import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { wrongWith } from './axe.ts'
import { findBrowser, launch, leftOut, visit } from './browser.ts'
import { type Process, start } from './processes.ts'

const executable = findBrowser()
const startMs = 60_000

/** Kept by the page at each frame: whether what the shop wrote is seen. */
const watched = `
window.seen = []
const look = () => {
  seen.push(document.body?.innerText.includes('Llega mañana') ?? false)
  requestAnimationFrame(look)
}
look()`

/** A table, a word and a line of code that have no room on a telephone. */
const cells = (text: string) => `|${` ${text} |`.repeat(12)}`
const wide = [
  [cells('columna'), cells('---'), cells('1234567890')].join('\n'),
  'Donaudampfschifffahrtsgesellschaft'.repeat(3),
  `    ${'codigo '.repeat(30)}`,
].join('\n\n')

if (executable === undefined) leftOut('apps/tienda/e2e/own-pages.test.ts')
else
  describe('pages and texts of the shop’s own, in a browser', () => {
    const folder = mkdtempSync(join(tmpdir(), 'encargo-own-'))
    let tienda: Process
    let browser: Browser
    beforeAll(async () => {
      for (const name of ['paginas', 'textos']) mkdirSync(join(folder, name))
      const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
      write('paginas/envios.md', `# Envíos\n\nLlega mañana.\n\n${wide}`)
      write('paginas/envios.en.md', '# Shipping\n\nIt comes tomorrow.')
      write('textos/es.json', '{"pie": "Hecho en Quito", "nav.cesta": "Canasta: {1}"}')
      const env = {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        NODE_ENV: 'production',
        TIENDA_PORT: '0',
        LOG_LEVEL: 'error',
        TIENDA_DIR: folder,
      }
      const began = await Promise.all([start('tienda', env), launch(executable)])
      ;[tienda, browser] = began
    }, startMs)
    afterAll(async () => {
      await browser?.close()
      await tienda?.stop()
      rmSync(folder, { recursive: true, force: true })
    }, startMs)

    test(
      'are there from the first frame on, and never leave',
      async () => {
        const { page, findings, close } = await visit(browser, tienda.url)
        await page.addInitScript(watched)
        await page.goto('/paginas/envios')
        await page.getByRole('link', { name: /Canasta/ }).waitFor()
        await page.waitForLoadState('networkidle')
        const seen = await page.evaluate<boolean[]>('seen')
        const first = seen.indexOf(true)
        expect(first).not.toBe(-1)
        expect(seen.slice(first)).not.toContain(false)
        expect(await page.title()).toStartWith('Envíos')
        await page.getByRole('contentinfo').getByText('Hecho en Quito').waitFor()
        expect(await wrongWith(page)).toEqual([])
        expect(findings()).toEqual([])
        await close()
      },
      startMs,
    )

    test(
      'are one click away from every page, in the language that was chosen',
      async () => {
        const { page, close } = await visit(browser, tienda.url)
        await page.goto('/cesta')
        await page.evaluate('window.sameDocument = true')
        await page.getByRole('contentinfo').getByRole('link', { name: 'Envíos' }).click()
        await page.getByText('Llega mañana.').waitFor()
        await page.getByRole('button', { name: /English/ }).click()
        await page.getByText('It comes tomorrow.').waitFor()
        await page.getByRole('heading', { name: 'Shipping', level: 1 }).waitFor()
        expect(await page.evaluate<boolean>('sameDocument')).toBe(true)
        await page.goto('/paginas/ninguna')
        await page.getByRole('heading', { level: 1 }).waitFor()
        expect(await page.getByText('It comes tomorrow.').count()).toBe(0)
        await close()
      },
      startMs,
    )

    test(
      'are no wider than a telephone, whatever is in them',
      async () => {
        const { page, close } = await visit(browser, tienda.url)
        await page.setViewportSize({ width: 320, height: 640 })
        await page.goto('/paginas/envios')
        await page.getByRole('contentinfo').waitFor()
        const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
        expect(await page.evaluate<number>(beyond)).toBeLessThanOrEqual(0)
        await close()
      },
      startMs,
    )

    test(
      'are read without scripts',
      async () => {
        const { page, close } = await visit(browser, tienda.url, { javaScriptEnabled: false })
        await page.goto('/paginas/envios')
        expect(await page.locator('article').innerText()).toContain('Llega mañana.')
        await close()
      },
      startMs,
    )
  })
