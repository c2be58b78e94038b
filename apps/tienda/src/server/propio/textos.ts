import { closest } from 'fastest-levenshtein'
import { en } from '../../textos/en.ts'
import { es } from '../../textos/es.ts'
import type { TextosPropios } from '../../propio/propio.ts'

/** As long as a text may be that stands on a page with others. */
const maximo = 2_000

/** Our texts of a language, each by its path; what holds values has {1}, {2} in their places. */
export function textosNuestros(textos: object, ante = ''): [string, Nuestro][] {
  return Object.entries(textos).flatMap(
    ([clave, texto]: [string, unknown]): [string, Nuestro][] => {
      const ruta = `${ante}${clave}`
      if (typeof texto === 'string') return [[ruta, { texto, valores: 0 }]]
      if (typeof texto !== 'function') return textosNuestros(Object(texto), `${ruta}.`)
      const valores = texto.length
      const lugares = Array.from({ length: valores }, (_, n) => `{${n + 1}}`)
      return [[ruta, { texto: String(texto(...lugares)), valores }]]
    },
  )
}

interface Nuestro {
  readonly texto: string
  /** How many it holds. */
  readonly valores: number
}

let hechas: ReadonlyMap<string, Nuestro> | undefined
/** Of both languages: some texts only one of them needs. */
const conocidas = () => (hechas ??= new Map([...textosNuestros(en), ...textosNuestros(es)]))

/** What is wrong with a text of the shop's own, or undefined. */
function reparoDe(ruta: string, texto: unknown): string | undefined {
  const nuestro = conocidas().get(ruta)
  if (nuestro === undefined) {
    return `"${ruta}" is no text of the shop window; the nearest is "${closest(ruta, [...conocidas().keys()])}"`
  }
  if (typeof texto !== 'string' || texto.length > maximo) {
    return `"${ruta}" must be a text of up to ${maximo} characters`
  }
  const { valores } = nuestro
  const demas = [...texto.matchAll(/\{(\d)\}/g)].find(
    ([, cual]) => Number(cual) > valores || cual === '0',
  )
  return demas && `"${ruta}" holds ${valores} values, and there is no ${demas[0]}`
}

export interface Revisados {
  readonly textos: TextosPropios
  /** One for each text that is left out. */
  readonly reparos: readonly string[]
}

/**
 * The texts of a file of the shop's own that have a place.
 * @throws SyntaxError for what is no JSON, TypeError for what is no object
 */
export function revisarTextos(json: string): Revisados {
  const dicho: unknown = JSON.parse(json)
  if (typeof dicho !== 'object' || dicho === null || Array.isArray(dicho)) {
    throw new TypeError('it must be an object such as {"pie": "…"}')
  }
  const pares = Object.entries(dicho).map(
    ([ruta, texto]: [string, unknown]) => [ruta, texto, reparoDe(ruta, texto)] as const,
  )
  return {
    textos: Object.fromEntries(
      pares.flatMap(([ruta, texto, reparo]) =>
        reparo === undefined ? [[ruta, String(texto)]] : [],
      ),
    ),
    reparos: pares.flatMap(([, , reparo]) => reparo ?? []),
  }
}
