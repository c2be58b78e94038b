import type { Escrito } from '../../propio/escrito.ts'

/** HTML in it is shown as it was typed: what a page looks like is the shop window's business. */
const opciones = { noHtmlBlocks: true, noHtmlSpans: true, autolinks: true } as const

/** Where a link may lead; a browser takes others for programs. */
const esquemas = new Set(['https:', 'http:', 'mailto:', 'tel:'])

function lleva(href: string): boolean {
  const direccion = URL.parse(href.replaceAll('&amp;', '&'), 'https://tienda.example')
  return direccion !== null && esquemas.has(direccion.protocol)
}

/** Its first heading of the first order, without its marks. */
function tituloDe(markdown: string): string | undefined {
  let titulo: string | undefined
  Bun.markdown.render(
    markdown,
    {
      heading(texto, { level }) {
        if (level === 1) titulo ??= texto.trim()
        return texto
      },
    },
    opciones,
  )
  return titulo
}

function sinPrimerTitulo(html: string): string {
  return html.replace(/<h1>[\s\S]*?<\/h1>\n?/, '')
}

/** A page of the shop, from what was written in Markdown. Without a heading its title is its name. */
export function paginaDe(nombre: string, markdown: string): Escrito {
  const titulo = tituloDe(markdown)
  const entero = Bun.markdown.html(markdown, opciones)
  const html = new HTMLRewriter()
    .on('a', {
      element(enlace) {
        if (!lleva(enlace.getAttribute('href') ?? '')) enlace.removeAttribute('href')
      },
    })
    // What is wider than the page is moved within itself, by the keyboard as well.
    .on('table', {
      element(tabla) {
        tabla.before('<div class="ancho" tabindex="0">', { html: true })
        tabla.after('</div>', { html: true })
      },
    })
    .on('pre', { element: (uno) => void uno.setAttribute('tabindex', '0') })
    // One page has one of them.
    .on('h1', { element: (uno) => void (uno.tagName = 'h2') })
    .transform(titulo === undefined ? entero : sinPrimerTitulo(entero))
  const deSuNombre = `${nombre.charAt(0).toUpperCase()}${nombre.slice(1).replaceAll('-', ' ')}`
  return { titulo: titulo || deSuNombre, html }
}
