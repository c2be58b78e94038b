import type { Browser } from 'playwright-core'
import { findBrowser, launch } from '../../apps/tienda/e2e/browser.ts'
import { openShop } from '../../apps/tienda/e2e/shop.ts'
import type { Session } from '../session.ts'
import type { TiendaOptions } from './args.ts'
import { audit } from './audit.ts'
import { serveBare } from './bare.ts'
import { createBuyer } from './buyer.ts'
import { fill, goods, idOf } from './goods.ts'
import { measureRound, type Place, type Round, scriptBytes } from './measure.ts'
import { shopPages } from './pages.ts'
import {
  bytesFinding,
  type Finding,
  inputFinding,
  lighthouseFinding,
  paintFinding,
} from './report.ts'

/** One that can be bought as often as a benchmark may want to. */
const measured = {
  sku: 'ESC-A',
  nombre: 'Bandeja de madera de capulí con asas de cuero',
  descripcion: 'Torneada a mano.\nSe limpia con un paño húmedo y un poco de aceite de linaza.',
  precio: '24.50',
  categoria: 'Cocina',
  cantidad: 100_000,
} as const

/** Measures what `options` ask for, in a shop of its own that the session ends. */
export async function measureTienda(session: Session, options: TiendaOptions): Promise<Finding[]> {
  const executable = findBrowser()
  if (executable === undefined) {
    throw new Error('There is no Chromium here: apt-get install chromium, or set CHROMIUM_PATH.')
  }
  session.say('starting the services and the shop window')
  const shop = await openShop()
  session.defer(shop.stop)
  session.say(`putting ${options.products} products on the shelves`)
  await fill(shop.staff, [measured, ...goods(options.products - 1)])
  const productId = await idOf(shop.staff, measured.sku)
  const pages = shopPages(productId)
  const { origin } = shop
  const findings: Finding[] = []
  if (options.parts.includes('script') || options.parts.includes('paint')) {
    const browser = await launch(executable)
    session.defer(() => browser.close())
    const place = await prepare(session, browser, { origin, productId, pages, options })
    if (options.parts.includes('script')) findings.push(bytesFinding(await scriptBytes(place)))
    if (options.parts.includes('paint'))
      findings.push(...(await paintAndInput(session, place, options)))
    await browser.close()
  }
  if (options.parts.includes('lighthouse')) {
    const { runs } = options
    const judged = await audit(session, { executable, origin, productId, pages, runs })
    findings.push(lighthouseFinding(judged))
  }
  return findings
}

async function prepare(
  session: Session,
  browser: Browser,
  {
    options,
    productId,
    ...rest
  }: Pick<Place, 'origin' | 'pages'> & {
    readonly productId: string
    readonly options: TiendaOptions
  },
): Promise<Place> {
  const bare = serveBare()
  session.defer(() => bare.stop())
  const buyer = await createBuyer(browser, rest.origin, productId)
  return { browser, buyer, bareOrigin: bare.origin, slowdown: options.slowdown, ...rest }
}

async function paintAndInput(
  session: Session,
  place: Place,
  { rounds: count, slowdown }: TiendaOptions,
): Promise<Finding[]> {
  const rounds: Round[] = []
  session.say('warming up')
  // The services, the files and the browser itself are warm after it; pages and caches never are.
  await measureRound({ ...place, slowdown: 1 })
  for (let round = 1; round <= count; round += 1) {
    const one = await measureRound(place)
    const paints = [...one.paints].map(([name, { slowed }]) => `${name} ${Math.round(slowed)}`)
    session.say(`round ${round} of ${count}: painted after ${paints.join(', ')} ms`)
    rounds.push(one)
  }
  return [paintFinding(rounds, slowdown), inputFinding(rounds, slowdown)]
}
