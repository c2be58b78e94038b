import type { Medidas } from './imagen-tienda.ts'

// What may stand before the root of an SVG (XML 1.0, 2.8): a byte order mark, the declaration,
// comments, and a document type, whose own declarations nobody needs and which is refused with them.
const antes = String.raw`\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!--)[^])*-->\s*|<!DOCTYPE[^[>]*>\s*)*`
const raiz = new RegExp(`^${antes}<svg(?=[\\s/>])([^>]*)>`)

const atributo = (atributos: string, nombre: string) =>
  new RegExp(`\\s${nombre}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(atributos)?.slice(1).join('')

/** Where the root must have begun and said what it is, in bytes. */
const cabeza = 8192
/** As large as a drawing may say it is; what says more is of no size of its own. */
const maxPixeles = 16_384

/** A length in pixels; of other units only whoever draws it knows how much they are. */
function pixeles(texto: string | undefined): number | null {
  const numero = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(texto ?? '')?.[1]
  const redondo = Math.round(Number(numero ?? 0))
  return redondo > 0 && redondo <= maxPixeles ? redondo : null
}

/** The size that an SVG says it has, or that of what it shows; undefined for what is no SVG. */
export function medidasDeDibujo(bytes: Uint8Array): Medidas | undefined {
  const texto = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, cabeza))
  const atributos = raiz.exec(texto)?.[1]
  if (atributos === undefined) return undefined
  const [ancho, alto] = [
    pixeles(atributo(atributos, 'width')),
    pixeles(atributo(atributos, 'height')),
  ]
  if (ancho !== null && alto !== null) return { ancho, alto }
  const [, , w, h] = (atributo(atributos, 'viewBox') ?? '').trim().split(/[\s,]+/)
  return { ancho: pixeles(w), alto: pixeles(h) }
}
