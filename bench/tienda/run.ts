import { findBrowser, launch } from '../../apps/tienda/e2e/browser.ts'
import { openShop } from '../../apps/tienda/e2e/shop.ts'
import { Sentence } from '../../scripts/lib/command-line.ts'
import { benchmark, type Section } from '../harness.ts'
import type { Session } from '../session.ts'
import { chooseTienda, help, type TiendaOptions, tiendaOptions } from './args.ts'
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

const sectionOf = ({ table, wrong }: Finding): Section => ({
  tables: [table],
  data: { ...table, wrong },
  wrong,
})

/** Answers the exit code. */
export const benchTienda = (args: readonly string[]): Promise<number> =>
  benchmark(args, {
    help,
    options: tiendaOptions,
    choose: chooseTienda,
    async *measure(session, options) {
      for await (const [name, finding] of measureTienda(session, options)) {
        yield [name, sectionOf(finding)]
      }
    },
  })

/** Measures what `options` ask for, in a shop of its own that the session ends. */
async function* measureTienda(
  session: Session,
  options: TiendaOptions,
): AsyncGenerator<readonly [string, Finding]> {
  const executable = findBrowser()
  if (executable === undefined) {
    throw new Sentence('There is no Chromium here: apt-get install chromium, or set CHROMIUM_PATH.')
  }
  session.say('starting the services and the shop window')
  const { origin, staff, stop } = await openShop()
  session.defer(stop)
  session.say(`putting ${options.products} products on the shelves`)
  await fill(staff, [measured, ...goods(options.products - 1)])
  const productId = await idOf(staff, measured.sku)
  const pages = shopPages(productId)
  const { parts, runs, rounds, slowdown } = options
  if (parts.includes('script') || parts.includes('paint')) {
    const browser = await launch(executable)
    session.defer(() => browser.close())
    const bare = serveBare()
    session.defer(() => bare.stop())
    const buyer = await createBuyer(browser, origin, productId)
    const place = { browser, buyer, bareOrigin: bare.origin, slowdown, origin, pages }
    if (parts.includes('script')) yield ['script', bytesFinding(await scriptBytes(place))]
    if (parts.includes('paint')) {
      const all = await measureRounds(session, place, rounds)
      yield ['paint', paintFinding(all, slowdown)]
      yield ['input', inputFinding(all, slowdown)]
    }
    await browser.close()
  }
  if (parts.includes('lighthouse')) {
    const judged = await audit(session, { executable, origin, productId, pages, runs })
    yield ['lighthouse', lighthouseFinding(judged)]
  }
}

async function measureRounds(session: Session, place: Place, count: number): Promise<Round[]> {
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
  return rounds
}
