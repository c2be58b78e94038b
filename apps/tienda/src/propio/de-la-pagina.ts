import { type Propio, sinPropio } from './propio.ts'

/** What is asked of a page. */
interface Page {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null
}

/** What tienda's server wrote into the page, which runs no script inline. */
export function leerPropio(page: Page): Propio {
  const dicho = page.querySelector('meta[name="propio"]')?.getAttribute('content')
  return typeof dicho === 'string' ? { ...sinPropio, ...JSON.parse(dicho) } : sinPropio
}

let leido: Propio | undefined

export const propioActual = (): Propio => (leido ??= leerPropio(document))
