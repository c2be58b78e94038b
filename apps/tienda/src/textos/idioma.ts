import { useSyncExternalStore } from 'react'
import { caraActual } from '../cara/de-la-pagina.ts'
import { propioActual } from '../propio/de-la-pagina.ts'
import { conPropios } from '../propio/propio.ts'
import { local } from '../ui/browser-storage.ts'
import { createStore } from '../ui/store.ts'
import { es } from './es.ts'
import { idiomaEntre } from './idioma-entre.ts'
import type { Idioma, Textos } from './tipo.ts'

const clave = 'encargo:idioma'

interface Lengua {
  readonly idioma: Idioma
  readonly textos: Textos
  /** What dates and numbers are written in: the reader's own variety of the language, if any. */
  readonly region: string
}

const regionDe = (idioma: Idioma) =>
  globalThis.navigator?.languages?.find((one) => one.toLowerCase().startsWith(idioma)) ?? idioma

const lengua = createStore<Lengua>({ idioma: 'es', textos: es, region: regionDe('es') })

async function cargar(idioma: Idioma): Promise<Textos> {
  return idioma === 'es' ? es : (await import('./en.ts')).en
}

async function mostrarEn(idioma: Idioma): Promise<void> {
  const textos = conPropios(await cargar(idioma), propioActual().textos[idioma])
  document.documentElement.lang = idioma
  lengua.set({ idioma, textos, region: regionDe(idioma) })
}

/** Changes the language of the page, now and for the next visits. */
export async function elegirIdioma(idioma: Idioma): Promise<void> {
  // First of all: who leaves before the texts are there has chosen nevertheless.
  local.write(clave, idioma)
  await mostrarEn(idioma)
}

/** Before the first paint: the language chosen on a visit before, or else what the reader reads. */
export async function recordarIdioma(): Promise<void> {
  const elegido = local.read(clave)
  const leidas = elegido === null ? navigator.languages : [elegido]
  const idioma = idiomaEntre(leidas, caraActual().idioma)
  try {
    await mostrarEn(idioma)
  } catch {
    // Its texts do not come; a page in Spanish is better than none.
    await mostrarEn('es')
  }
}

export const lenguaActual = () => lengua.get()

export function useLengua(): Lengua {
  return useSyncExternalStore(lengua.subscribe, lengua.get)
}

export function useTextos(): Textos {
  return useLengua().textos
}
