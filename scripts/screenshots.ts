import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, fail, root } from './lib/install.ts'

await ensureInstalled()
const { namesOrEnd } = await import('./lib/command-line.ts')
const { findBrowser, launch } = await import('../apps/tienda/e2e/browser.ts')
const { admin, startAll } = await import('../apps/tienda/e2e/processes.ts')
const { pictures } = await import('./screenshots/pages.ts')
const { fillShop } = await import('./screenshots/shop.ts')
const { take } = await import('./screenshots/take.ts')

const help = `Usage: bun run screenshots [name...]

The pictures in docs/images: starts everything with the demo data, opens each page of
scripts/screenshots/pages.ts in a real browser, and writes what is seen; with names, only those
pictures whose name begins like that.`
const folder = join(root, 'docs', 'images')
const wanted = namesOrEnd(process.argv.slice(2), help)
const chosen = pictures.filter(
  ({ name }) => wanted.length === 0 || wanted.some((one) => name.startsWith(one)),
)
const executable = findBrowser()
if (executable === undefined) {
  fail('There is no Chromium here: apt-get install chromium, or set CHROMIUM_PATH.')
}
if (chosen.length === 0) {
  fail(`There is no such picture; there are ${pictures.map(({ name }) => name).join(', ')}.`)
}

mkdirSync(folder, { recursive: true })
const running = await startAll()
const browser = await launch(executable)
try {
  await fillShop(running)
  let bytes = 0
  for (const picture of chosen) {
    for (const look of picture.looks) {
      const image = await take({ browser, origin: running.origin, admin }, picture, look)
      bytes += image.length
      await Bun.write(join(folder, `${picture.name}-${look}.webp`), image)
      console.log(`${picture.name}-${look}.webp  ${Math.round(image.length / 1024)} KiB`)
    }
  }
  console.log(`${Math.round(bytes / 1024)} KiB in docs/images`)
} finally {
  await browser.close()
  await running.stop()
}
