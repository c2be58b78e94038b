import { erroresDe, esTrueque, plegar, raiz } from '@encargo/service-kit/values/search-words'
import type { Storage } from '@encargo/storage'
import { distance } from 'fastest-levenshtein'
import type { schema } from './sqlite/tables.ts'

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

/** The words of a search as the catalogue in this database knows them. */
export function createPalabras(client: Storage<typeof schema>['client']) {
  const known = client.prepare<{ n: number }, [string, string, string]>(
    `SELECT 1 AS n FROM productos_palabras WHERE term = ?1 OR (term >= ?2 AND term < ?3) LIMIT 1`,
  )
  // A mistake in the first letter is rare, and this looks at one letter's words instead of all.
  const near = client.prepare<{ term: string; n: number }, [string, string, number, number]>(
    `SELECT term, sum(doc) AS n FROM productos_palabras
     WHERE term >= ? AND term < ? AND col = 'nombre' AND length(term) BETWEEN ? AND ?
     GROUP BY term`,
  )

  function similar(palabra: string): string[] {
    const most = erroresDe(palabra)
    if (most === 0) return []
    const [first = ''] = palabra
    const from = palabra.length - most
    const found = near.all(first, `${first}${last}`, from, palabra.length + most)
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

  return (palabras: readonly string[]): Buscada[] =>
    palabras.map((dada) => {
      const palabra = plegar(dada)
      const isKnown = known.get(raiz(palabra), palabra, `${palabra}${last}`) !== null
      return { palabra, parecidas: isKnown ? [] : similar(palabra) }
    })
}
export type Palabras = ReturnType<typeof createPalabras>
