import type { Idioma } from '../textos/tipo.ts'

/** A page that the shop wrote, as HTML that tienda's server made of it. */
export interface Escrito {
  readonly titulo: string
  readonly html: string
}

export const rutaDe = (nombre: string) => `/paginas/${nombre}`

/** How it stands in the document; the same before any script runs, and after. */
export const clases = {
  pagina: 'mx-auto w-full px-4 py-6 sm:px-6 lg:py-10 max-w-7xl',
  titulo: 'mb-6 text-3xl font-semibold tracking-tight',
  escrito: 'escrito max-w-prose',
} as const

interface Parte {
  readonly innerHTML: string
  readonly textContent: string | null
  getAttribute(name: string): string | null
  querySelector(selector: string): Parte | null
}

/** The shop's page in a document that tienda's server made, if it is this one, in this language. */
function escritoEn(articulo: Parte | null, nombre: string, idioma: Idioma): Escrito | undefined {
  if (articulo?.getAttribute('data-pagina') !== nombre) return undefined
  if (articulo.getAttribute('data-idioma') !== idioma) return undefined
  return {
    titulo: articulo.querySelector('h1')?.textContent ?? '',
    html: articulo.querySelector('.escrito')?.innerHTML ?? '',
  }
}

const articuloDe = (documento: { querySelector(selector: string): Parte | null }) =>
  documento.querySelector('[data-pagina]')

let venido: Parte | null = null

/** Before anything is drawn in its place: what the document came with, if it did with anything. */
export function recordarEscrito(): boolean {
  venido = articuloDe(document)
  return venido !== null
}

/** What the document came with, if that is wanted. */
export const escritoVenido = (nombre: string, idioma: Idioma) => escritoEn(venido, nombre, idioma)

/** What the shop wrote, or null where it has no page of that name. */
export async function pedirEscrito(
  nombre: string,
  idioma: Idioma,
  signal: AbortSignal,
): Promise<Escrito | null> {
  const respuesta = await fetch(`${rutaDe(nombre)}?idioma=${idioma}`, { signal })
  const documento = new DOMParser().parseFromString(await respuesta.text(), 'text/html')
  return escritoEn(articuloDe(documento), nombre, idioma) ?? null
}
