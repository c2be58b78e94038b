// What a mail says, before it is plain text or HTML.

export interface Fila {
  readonly texto: string
  readonly importe: string
}

export interface Bloque {
  readonly titulo: string
  readonly lineas: readonly string[]
}

export interface Carta {
  readonly asunto: string
  readonly parrafos: readonly string[]
  readonly filas: readonly Fila[]
  readonly totales: readonly Fila[]
  readonly bloques: readonly Bloque[]
  readonly enlace: { readonly texto: string; readonly url: string } | null
  /** Who writes, and how they can be reached. */
  readonly firma: readonly string[]
}

const enLineas = (texto: string) => texto.split(/\r?\n/)
const parte = (lineas: readonly string[]) => (lineas.length === 0 ? [] : [`${lineas.join('\n')}\n`])
const cuenta = (filas: readonly Fila[]) => filas.map(({ texto, importe }) => `${texto}  ${importe}`)

/** What stands between greeting and signature, by its parts: templates name them. */
export const partesDeTexto = ({ parrafos, filas, totales, bloques, enlace, firma }: Carta) => ({
  parrafos: parrafos.flatMap((uno) => parte(enLineas(uno))).join('\n'),
  lineas: parte(cuenta(filas)).join(''),
  totales: parte(cuenta(totales)).join(''),
  bloques: bloques.map(({ titulo, lineas }) => parte([`${titulo}:`, ...lineas])).join('\n'),
  enlace: enlace ? parte([`${enlace.texto}:`, enlace.url]).join('') : '',
  firma: parte(firma).join(''),
})

/** As plain text, in lines; what it does not have takes no room. */
export function comoTexto(carta: Carta): string {
  const { parrafos, lineas, totales, bloques, enlace, firma } = partesDeTexto(carta)
  return [parrafos, lineas, totales, bloques, enlace, firma].filter((uno) => uno !== '').join('\n')
}

const entidades: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapar = (texto: string) => texto.replace(/[&<>"']/g, (uno) => entidades[uno] ?? uno)

const enHtml = (texto: string) => enLineas(escapar(texto)).join('<br>')
const parrafo = (html: string) => `<p style="margin:0 0 16px">${html}</p>`
const linea = '1px solid #8884'

function tabla(filas: readonly Fila[], peso: string): string {
  if (filas.length === 0) return ''
  const celdas = filas.map(
    ({ texto, importe }) =>
      `<tr><td style="padding:6px 0;border-bottom:${linea}">${escapar(texto)}</td>` +
      `<td style="padding:6px 0 6px 16px;border-bottom:${linea};text-align:right;white-space:nowrap">` +
      `${escapar(importe)}</td></tr>`,
  )
  const estilo = `width:100%;border-collapse:collapse;margin:0 0 16px;font-weight:${peso}`
  return `<table role="presentation" style="${estilo}">${celdas.join('')}</table>`
}

/** Black or white, whichever is read better on a colour such as `#1d4ed8` (WCAG 2.2, relative luminance). */
export function tintaSobre(color: string): '#000000' | '#ffffff' {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((desde) => {
    const canal = Number.parseInt(color.slice(desde, desde + 2), 16) / 255
    return canal <= 0.04045 ? canal / 12.92 : ((canal + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff'
}

function boton({ texto, url }: { texto: string; url: string }, color: string): string {
  const estilo = `display:inline-block;padding:12px 20px;border-radius:6px;text-decoration:none;font-weight:600`
  const tinta = `background:${color};color:${tintaSobre(color)}`
  return parrafo(`<a href="${escapar(url)}" style="${estilo};${tinta}">${escapar(texto)}</a>`)
}

/** The same parts as HTML, everything escaped. `color` is the shop's. */
export const partesDeHtml = (carta: Carta, color: string) => ({
  parrafos: carta.parrafos.map((uno) => parrafo(enHtml(uno))).join(''),
  lineas: tabla(carta.filas, '400'),
  totales: tabla(carta.totales, '600'),
  bloques: carta.bloques
    .map(({ titulo, lineas }) =>
      parrafo(`<b>${escapar(titulo)}</b><br>${lineas.map(enHtml).join('<br>')}`),
    )
    .join(''),
  enlace: carta.enlace ? boton(carta.enlace, color) : '',
  firma: parrafo(carta.firma.map(enHtml).join('<br>')),
})

/**
 * One column, styles within, and nothing from elsewhere. Text and ground have no colour of their own, so
 * that dark stays dark.
 */
export function comoHtml(carta: Carta, idioma: string, color: string): string {
  const { parrafos, lineas, totales, bloques, enlace, firma } = partesDeHtml(carta, color)
  const cuerpo =
    'margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif'
  return `<!doctype html>
<html lang="${idioma}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escapar(carta.asunto)}</title></head>
<body style="${cuerpo}"><div style="max-width:560px;margin:0 auto;border-top:4px solid ${color};padding-top:24px">
${parrafos}${lineas}${totales}${bloques}${enlace}
<hr style="border:0;border-top:${linea};margin:24px 0 16px">
<div style="font-size:14px">${firma}</div>
</div></body></html>
`
}
