import type { Cara } from '../cara/cara.ts'
import { claseLogo } from '../cara/clase-logo.ts'
import { derivar, hojaDe } from '../cara/paleta.ts'
import type { Idioma } from '../textos/tipo.ts'
import { politicaDe } from './cabeceras.ts'
import { type Construccion, retocada } from './construccion.ts'

const quien = {
  es: (nombre: string) => `${nombre}: catálogo, cesta y pedidos.`,
  en: (nombre: string) => `${nombre}: catalogue, basket and orders.`,
} as const

/** The colours of the browser's own bars around the page. */
const barras = ({ colores }: Cara): string => {
  const { claro, oscuro } = derivar(colores)
  return [
    ['light', claro.acento],
    ['dark', oscuro['acento-tenue']],
  ]
    .filter(([, color]) => color !== undefined)
    .map(
      ([tema, color]) =>
        `<meta name="theme-color" media="(prefers-color-scheme: ${tema})" content="${color}" />`,
    )
    .join('')
}

/**
 * A page with the shop's face on it: what is seen before any script runs, and in a `meta` what the
 * script then draws.
 */
export function vestir(html: string, idioma: Idioma, cara: Cara): string {
  const { nombre, lema } = cara
  const hoja = hojaDe(cara.colores)
  const meta = `<meta name="cara" content="${Bun.escapeHTML(JSON.stringify(cara))}" />`
  const deHoja = hoja === '' ? '' : `<style>${hoja}</style>`
  const vestidor = new HTMLRewriter().on('head', {
    element: (head) => void head.append(meta + barras(cara) + deHoja, { html: true }),
  })
  if (nombre !== null) {
    vestidor.on('title, [data-nombre]', {
      element: (one) => void one.setInnerContent(nombre),
    })
    vestidor.on('meta[name="description"]', {
      element: (one) => void one.setAttribute('content', lema ?? quien[idioma](nombre)),
    })
  }
  const { logo } = cara
  if (logo !== null) {
    const img = `<img src="${logo.url}" alt="${Bun.escapeHTML(nombre ?? '')}" class="${claseLogo}" />`
    vestidor.on('[data-nombre]', {
      element: (one) => void one.setInnerContent(img, { html: true }),
    })
  }
  const icono = cara.icono ?? logo
  if (icono !== null) {
    vestidor.on('link[rel="icon"]', {
      element(one) {
        one.setAttribute('href', icono.url)
        // Which type it is, its answer says.
        one.removeAttribute('type')
      },
    })
  }
  return vestidor.transform(html)
}

async function vestida(desnuda: Construccion, cara: Cara, imagenes: readonly string[]) {
  const { paginas } = desnuda
  const [es, en] = await Promise.all([
    retocada(paginas.es, (html) => vestir(html, 'es', cara)),
    retocada(paginas.en, (html) => vestir(html, 'en', cara)),
  ])
  const politica = politicaDe(imagenes, hojaDe(cara.colores))
  const portada = cara.portada.imagen?.url
  return { ...desnuda, paginas: { es, en }, politica, idioma: cara.idioma, portada }
}

/** The pages as they are now, made anew only when they or the shop's face have become others. */
export function vestidor(
  desnuda: () => Construccion,
  cara: () => Cara,
  imagenes: readonly string[],
): () => Promise<Construccion> {
  let ultima: { readonly de: readonly unknown[]; readonly hecha: Promise<Construccion> } | undefined
  return () => {
    const [base, suya] = [desnuda(), cara()]
    if (ultima?.de[0] !== base || ultima.de[1] !== suya) {
      ultima = { de: [base, suya], hecha: vestida(base, suya, imagenes) }
    }
    return ultima.hecha
  }
}
