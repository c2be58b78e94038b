import { compactar, raiz } from '@encargo/service-kit/values/search-words'
import type { Buscada } from './palabras.ts'

/** Quoted, so that nothing in a word is syntax (https://sqlite.org/fts5.html, 3). */
const quoted = (palabra: string) => `"${palabra.replaceAll('"', '""')}"`

interface Columnas {
  /** Where words stand as they are written. */
  readonly textos: string
  /** Where their roots stand. */
  readonly raices: string
}
const enNombre: Columnas = { textos: 'nombre', raices: 'nombre_raices' }
const enTodo: Columnas = {
  textos: '{nombre descripcion sku}',
  raices: '{nombre_raices descripcion_raices}',
}

type Forma = 'entera' | 'raiz' | 'comienzo'

function una({ palabra, parecidas }: Buscada, { textos, raices }: Columnas, forma: Forma): string {
  const written = [palabra, ...parecidas].map((one) => `${textos} : ${quoted(one)}`)
  if (forma === 'entera') return `(${written.join(' OR ')})`
  const roots = [palabra, ...parecidas].map((one) => `${raices} : ${quoted(raiz(one))}`)
  const beginning = forma === 'comienzo' ? [`${textos} : ${quoted(palabra)} *`] : []
  return `(${[...written, ...roots, ...beginning].join(' OR ')})`
}

/** All words there, the last one in a form of its own. */
function todas(palabras: readonly Buscada[], columnas: Columnas, forma: Forma, ultima = forma) {
  const parts = palabras.map((one, at) =>
    una(one, columnas, at === palabras.length - 1 ? ultima : forma),
  )
  return `(${parts.join(' AND ')})`
}

const juntas = (palabras: readonly Buscada[]) =>
  quoted(compactar(palabras.map(({ palabra }) => palabra).join('')))

export interface Expresiones {
  /** What is found at all. */
  readonly hallados: string
  /** Of those, what comes first, second and so on; the rest comes last. */
  readonly lugares: readonly string[]
}

/**
 * A search as FTS5 expressions. Found is what has all words, as they are written, by their roots, or
 * the last one as a beginning; or whose SKU begins so, whatever stands between its letters. First comes
 * the SKU itself, then what begins with the words, has them in its name, begins with their roots, has
 * those there, a SKU that begins so, the beginning of a word in a name, and what only mentions them.
 */
export function expresionesDe(palabras: readonly Buscada[]): Expresiones {
  const [first] = palabras
  const word = first?.palabra ?? ''
  const begins = `nombre : ^ ${quoted(word)}`
  const beginsAlike = `nombre_raices : ^ ${quoted(raiz(word))}`
  const sku = `sku_compacto : ${juntas(palabras)}`
  return {
    hallados: `${todas(palabras, enTodo, 'raiz', 'comienzo')} OR ${sku} *`,
    lugares: [
      sku,
      `${begins} AND ${todas(palabras, enNombre, 'entera')}`,
      todas(palabras, enNombre, 'entera'),
      `${beginsAlike} AND ${todas(palabras, enNombre, 'raiz')}`,
      todas(palabras, enNombre, 'raiz'),
      `${sku} *`,
      todas(palabras, enNombre, 'raiz', 'comienzo'),
    ],
  }
}
