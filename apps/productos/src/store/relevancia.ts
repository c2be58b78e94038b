import { decodeCursor } from '@encargo/service-kit/http/pagination'
import { Type } from '@sinclair/typebox'
import { and, asc, type SQL, sql } from 'drizzle-orm'
import type { Busqueda } from '../domain/busqueda.ts'
import type { Db } from './cambio.ts'
import { expresionesDe } from './expresion.ts'
import type { Palabras } from './palabras.ts'
import type { Fila } from './rows.ts'
import { filtrosDe, halladas } from './search.ts'
import { productos } from './sqlite/tables.ts'

/** A product as a search by relevance finds it: `lugar` is how well it answers, 0 best. */
export interface Hallada {
  readonly fila: Fila
  readonly lugar: number
}

const Cursor = Type.Tuple([
  Type.Literal('relevancia'),
  Type.Integer({ minimum: 0 }),
  Type.String(),
  Type.Integer(),
])

/** What a cursor holds: how well the row answers, then its name, then `n` to break ties. */
export const placeOf = ({ fila, lugar }: Hallada) =>
  ['relevancia', lugar, fila.nombrePlegado, fila.n] as const

/**
 * One page of what answers the words, best first, and one row more if there is one. What answers
 * equally well is by name. Looks at one way of answering after the other, so the first page of
 * a word that thousands have costs no more than its first rows.
 * @throws ProblemError 422 for a cursor of another list
 */
export function porRelevancia(db: Db, busqueda: Busqueda, conocidas: Palabras): Hallada[] {
  const { hallados, lugares } = expresionesDe(conocidas(busqueda.palabras ?? []))
  const ways = [...lugares, hallados]
  const [, from, key, n] =
    busqueda.cursor === null ? [null, 0, '', -1] : decodeCursor(Cursor, busqueda.cursor)
  const found: Hallada[] = []
  for (let lugar = from; lugar < ways.length && found.length <= busqueda.limite; lugar++) {
    const before = ways.slice(0, lugar)
    const not = before.length === 0 ? '' : ` NOT (${before.map((way) => `(${way})`).join(' OR ')})`
    const rows = db
      .select()
      .from(productos)
      .where(
        and(filtrosDe(busqueda), halladas(`(${ways[lugar]})${not}`), after(lugar === from, key, n)),
      )
      .orderBy(asc(productos.nombrePlegado), asc(productos.n))
      .limit(busqueda.limite + 1 - found.length)
      .all()
    found.push(...rows.map((fila) => ({ fila, lugar })))
  }
  return found
}

/** Behind the cursor's row; it is among the first that are looked at. */
function after(there: boolean, key: string, n: number): SQL | undefined {
  return there ? sql`(${productos.nombrePlegado}, ${productos.n}) > (${key}, ${n})` : undefined
}
