import { clases, type Escrito, rutaDe } from '../../propio/escrito.ts'
import type { Idioma } from '../../textos/tipo.ts'
import { type Archivo, type Construccion, retocada } from '../construccion.ts'
import type { DeLaTienda } from './leer.ts'

/** The page as it stands before its script runs, below the header. */
function articulo(nombre: string, idioma: Idioma, { titulo, html }: Escrito): string {
  const de = `data-pagina="${nombre}" data-idioma="${idioma}" class="${clases.pagina}"`
  const encima = `<h1 class="${clases.titulo}">${Bun.escapeHTML(titulo)}</h1>`
  return `<article ${de}>${encima}<div class="${clases.escrito}">${html}</div></article>`
}

const conMeta = (html: string, meta: string) =>
  new HTMLRewriter()
    .on('head', { element: (head) => void head.append(meta, { html: true }) })
    .transform(html)

function conEscrito(html: string, nombre: string, idioma: Idioma, escrito: Escrito): string {
  return new HTMLRewriter()
    .on('title', { element: (title) => void title.prepend(`${escrito.titulo} - `) })
    .on('#raiz', {
      element: (raiz) => void raiz.append(articulo(nombre, idioma, escrito), { html: true }),
    })
    .transform(html)
}

type Paginas = Construccion['paginas']

async function ambas(
  { es, en }: Paginas,
  retoque: (html: string, idioma: Idioma) => string,
): Promise<Paginas> {
  const [conEs, conEn] = await Promise.all([
    retocada(es, (html) => retoque(html, 'es')),
    retocada(en, (html) => retoque(html, 'en')),
  ])
  return { es: conEs, en: conEn }
}

/** What was built, with what is the shop's own in it; our files go before the shop's. */
export async function sobre(
  base: Construccion,
  deLaTienda: DeLaTienda,
  publico: ReadonlyMap<string, Archivo>,
): Promise<Construccion> {
  const meta = `<meta name="propio" content="${Bun.escapeHTML(JSON.stringify(deLaTienda.propio))}" />`
  const paginas = await ambas(base.paginas, (html) => conMeta(html, meta))
  const propias = [...deLaTienda.paginas].map(async ([nombre, escrita]) => {
    const suya = await ambas(paginas, (html, idioma) =>
      conEscrito(html, nombre, idioma, escrita[idioma]),
    )
    return [rutaDe(nombre), suya] as const
  })
  return {
    ...base,
    paginas,
    propias: new Map(await Promise.all(propias)),
    archivos: new Map([...publico, ...base.archivos]),
  }
}
