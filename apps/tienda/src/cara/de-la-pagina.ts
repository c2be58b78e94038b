import { useSyncExternalStore } from 'react'
import { createStore } from '../ui/store.ts'
import { type Cara, sinCara } from './cara.ts'

/** What is asked of a page. */
interface Page {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null
}

/** What tienda's server wrote into the page, which runs no script inline. */
export function leerCara(page: Page): Cara {
  const dicha = page.querySelector('meta[name="cara"]')?.getAttribute('content')
  return typeof dicha === 'string' ? { ...sinCara, ...JSON.parse(dicha) } : sinCara
}

const cara = createStore(sinCara)

/** Before the first paint: the shop's face is there with the page. */
export const recordarCara = () => cara.set(leerCara(document))

/** Somebody just changed it here. */
export const cambiarCara = (nueva: Cara) => cara.set(nueva)

export const caraActual = () => cara.get()

export const useCara = () => useSyncExternalStore(cara.subscribe, cara.get)
