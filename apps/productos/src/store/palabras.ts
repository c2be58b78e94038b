import { erroresDe, esTrueque, plegar, raiz } from '@encargo/service-kit/values/search-words'
import { type Script, statement } from '@encargo/storage'
import { distance } from 'fastest-levenshtein'

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

const known = statement<{ n: number }, [root: string, from: string, to: string]>(
  'SELECT 1 AS n FROM productos_palabras WHERE term = ?1 OR (term >= ?2 AND term < ?3) LIMIT 1',
)
// A mistake in the first letter is rare, and this looks at one letter's words instead of all.
const near = statement<
  { readonly term: string; readonly n: number },
  [from: string, to: string, shortest: number, longest: number]
>(
  `SELECT term, sum(doc) AS n FROM productos_palabras
   WHERE term >= ?1 AND term < ?2 AND col = 'nombre' AND length(term) BETWEEN ?3 AND ?4
   GROUP BY term`,
)

function* similar(palabra: string): Script<string[]> {
  const most = erroresDe(palabra)
  if (most === 0) return []
  const [first = ''] = palabra
  const { length } = palabra
  const found = yield* near.all(first, `${first}${last}`, length - most, length + most)
  return found
    .map(({ term, n }) => ({
      term,
      n,
      off: esTrueque(palabra, term) ? 1 : distance(palabra, term),
    }))
    .filter(({ off }) => off <= most)
    .toSorted((a, b) => a.off - b.off || b.n - a.n || (a.term < b.term ? -1 : 1))
    .slice(0, similarAtMost)
    .map(({ term }) => term)
}

/** The words of a search as the catalogue in this database knows them. */
export function* conocidas(palabras: readonly string[]): Script<Buscada[]> {
  const buscadas: Buscada[] = []
  for (const dada of palabras) {
    const palabra = plegar(dada)
    const isKnown = yield* known.get(raiz(palabra), palabra, `${palabra}${last}`)
    buscadas.push({ palabra, parecidas: isKnown ? [] : yield* similar(palabra) })
  }
  return buscadas
}
