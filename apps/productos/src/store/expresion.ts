import { raiz } from '@encargo/service-kit/values/search-words'
import { comoSku } from '../domain/palabras.ts'
import { type Marca, marcas } from './indice.ts'
import type { Buscada } from './palabras.ts'

/** A word of the index. Words are letters and digits, so nothing in one is syntax. */
const una = (marca: Marca, palabra: string) => `"${marca}${palabra}"`
const empieza = (marca: Marca, palabra: string) => `${una(marca, palabra)} *`
const o = (partes: readonly string[]) => `(${partes.join(' OR ')})`

interface Donde {
  /** Where words stand as they are written. */
  readonly escritas: Marca
  /** Where their roots stand. */
  readonly raices: Marca
}
const enNombre: Donde = { escritas: marcas.enNombre, raices: marcas.raizEnNombre }
const enTodo: Donde = { escritas: marcas.enTexto, raices: marcas.raizEnTexto }

type Forma = 'entera' | 'raiz' | 'comienzo'

function buscada({ palabra, parecidas }: Buscada, { escritas, raices }: Donde, forma: Forma) {
  const todas = [palabra, ...parecidas]
  const written = todas.map((one) => una(escritas, one))
  if (forma === 'entera') return o(written)
  const roots = todas.map((one) => una(raices, raiz(one)))
  return o([...written, ...roots, ...(forma === 'comienzo' ? [empieza(escritas, palabra)] : [])])
}

/** All words there, the last one in a form of its own. */
function todas(palabras: readonly Buscada[], donde: Donde, forma: Forma, ultima = forma) {
  const partes = palabras.map((one, at) =>
    buscada(one, donde, at === palabras.length - 1 ? ultima : forma),
  )
  return `(${partes.join(' AND ')})`
}

/** What finds a product by this word alone. */
export const hallada = (palabra: string) => hallados([{ palabra, parecidas: [] }])

function hallados(palabras: readonly Buscada[]) {
  const compacto = comoSku(palabras.map(({ palabra }) => palabra))
  return o([todas(palabras, enTodo, 'raiz', 'comienzo'), empieza(marcas.sku, compacto)])
}

export interface Expresiones {
  /** What is found at all. */
  readonly hallados: string
  /** Of those, what comes first, second and so on; the rest comes last. */
  readonly lugares: readonly string[]
}

/**
 * A search as expressions in the words of the index and the signs of FTS5
 * (https://sqlite.org/fts5.html, 3). Found is what has all words, as they are written, by their roots, or
 * the last one as a beginning; or whose SKU begins so, whatever stands between its letters. First comes
 * the SKU itself, then what begins with the words, has them in its name, begins with their roots, has
 * those there, a SKU that begins so, the beginning of a word in a name, and what only mentions them.
 */
export function expresionesDe(palabras: readonly Buscada[]): Expresiones {
  const primera = palabras[0]?.palabra ?? ''
  const compacto = comoSku(palabras.map(({ palabra }) => palabra))
  const sku = una(marcas.sku, compacto)
  const skuEmpieza = empieza(marcas.sku, compacto)
  return {
    hallados: hallados(palabras),
    lugares: [
      sku,
      `(${una(marcas.primera, primera)} AND ${todas(palabras, enNombre, 'entera')})`,
      todas(palabras, enNombre, 'entera'),
      `(${una(marcas.raizPrimera, raiz(primera))} AND ${todas(palabras, enNombre, 'raiz')})`,
      todas(palabras, enNombre, 'raiz'),
      skuEmpieza,
      todas(palabras, enNombre, 'raiz', 'comienzo'),
    ],
  }
}

/** What is found by any of `estas`, and by none of `otras`. */
export const sinOtras = (esta: string, otras: readonly string[]) =>
  otras.length === 0 ? esta : `${esta} NOT ${o(otras)}`
