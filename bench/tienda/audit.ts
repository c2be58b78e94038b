import { mkdirSync } from 'node:fs'
import { steps } from '../../apps/tienda/e2e/steps.ts'
import type { Session } from '../session.ts'
import { startDebuggable } from './debuggable.ts'
import { type Judgement, judge } from './lighthouse.ts'
import type { ShopPage } from './pages.ts'

export interface AuditOptions {
  readonly executable: string
  readonly origin: string
  readonly productId: string
  readonly pages: readonly ShopPage[]
  readonly runs: number
}

/** Lighthouse over the pages in turns, by page; somebody with a full basket is logged in. */
export async function audit(
  session: Session,
  { executable, origin, productId, pages, runs }: AuditOptions,
): Promise<ReadonlyMap<string, readonly Judgement[]>> {
  const profile = session.path('profile')
  mkdirSync(profile, { recursive: true })
  const { browser, port, stop } = await startDebuggable(executable, profile)
  session.defer(stop)
  const page = await (browser.contexts()[0] ?? (await browser.newContext())).newPage()
  await page.goto(`${origin}/productos/${productId}`)
  await page.getByRole('button', { name: 'Añadir a la cesta' }).click()
  await page.goto(`${origin}/comprar`)
  await steps(page).register('Olga Rojas')
  await page.getByRole('heading', { level: 1, name: 'Tramitar el pedido' }).waitFor()
  // Gone, so that no other tab of ours is awake while one is judged.
  await page.close()
  const judged = new Map<string, Judgement[]>(pages.map(({ name }) => [name, []]))
  for (let run = 1; run <= runs; run += 1) {
    for (const { name, path } of pages) {
      const one = await judge(`${origin}${path}`, port, session.folder)
      judged.get(name)?.push(one)
      session.say(`lighthouse ${run}/${runs} ${name}: ${Object.values(one.scores).join(', ')}`)
    }
  }
  return judged
}
