import { erroresDe, esTrueque } from '@encargo/service-kit/values/search-words'
import { type Script, statement, together } from '@encargo/storage'
import { distance } from 'fastest-levenshtein'
import { hallada } from './expresion.ts'
import { halladas, marcas } from './indice.ts'

/** A word of a search, with everything that it is taken for. */
export interface Buscada {
  /** Folded. */
  readonly palabra: string
  /** Words of the catalogue that are meant, when it has none that is or begins like this one. */
  readonly parecidas: readonly string[]
}

/** How many words of the catalogue stand for one that it does not have. */
const similarAtMost = 3
/** Behind every word that begins with another. */
const last = '\u{10ffff}'

const enAlguno = halladas('?3')
const known = (condition: string) => `SELECT 1 AS n WHERE EXISTS (
    SELECT 1 FROM productos_palabras WHERE term >= ?1 AND term < ?2 AND doc > 0
  ) OR EXISTS (SELECT 1 FROM productos WHERE ${condition})`
// Most words are in names, and that is seen at a glance.
export const conocida = statement<{ n: number }, [from: string, to: string, expresion: string]>({
  sqlite: known(enAlguno.sqlite),
  postgres: known(enAlguno.postgres),
})
// A mistake in the first letter is rare, and this looks at one letter's words instead of all.
export const near = statement<
  { readonly term: string; readonly n: number },
  [from: string, to: string, shortest: number, longest: number]
>(
  `SELECT term, doc AS n FROM productos_palabras
   WHERE term >= ?1 AND term < ?2 AND length(term) BETWEEN ?3 AND ?4 AND doc > 0`,
)

const from = (beginning: string) => [beginning, `${beginning}${last}`] as const

const isKnown = (palabra: string) =>
  conocida.get(...from(`${marcas.enNombre}${palabra}`), hallada(palabra))

function* similar(palabra: string): Script<readonly string[]> {
  const most = erroresDe(palabra)
  if (most === 0) return []
  const [first = ''] = palabra
  const length = palabra.length + marcas.enNombre.length
  const found = yield* near.all(...from(`${marcas.enNombre}${first}`), length - most, length + most)
  return found
    .map(({ term, n }) => ({ word: term.slice(marcas.enNombre.length), n }))
    .map(({ word, n }) => ({
      word,
      n,
      off: esTrueque(palabra, word) ? 1 : distance(palabra, word),
    }))
    .filter(({ off }) => off <= most)
    .toSorted((a, b) => a.off - b.off || b.n - a.n || (a.word < b.word ? -1 : 1))
    .slice(0, similarAtMost)
    .map(({ word }) => word)
}

/** The words of a search as the catalogue in this database knows them. */
export function* conocidas(palabras: readonly string[]): Script<Buscada[]> {
  const hay = yield* together(...palabras.map(isKnown))
  const buscadas: Buscada[] = []
  for (const [at, palabra] of palabras.entries()) {
    buscadas.push({ palabra, parecidas: hay[at] ? [] : yield* similar(palabra) })
  }
  return buscadas
}
