import type { TSchema } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { fieldProblem } from './schemas.ts'

export interface Pagina<T> {
  datos: T[]
  siguiente: string | null
}

/** An opaque cursor: where the page ended, as its sort key. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/**
 * The sort key inside a cursor.
 * @throws ProblemError 422 when it is not one of ours for this list
 */
export function decodeCursor<T extends TSchema>(schema: T, cursor: string): Static<T> {
  const broken = fieldProblem(
    'cursor',
    'no es un cursor de esta lista; usa el valor de `siguiente`',
  )
  let key: unknown
  try {
    const text = Buffer.from(cursor, 'base64url').toString()
    // PostgreSQL can't be asked for U+0000, and no list is sorted by it.
    if (text.includes('\\u0000')) throw broken
    key = JSON.parse(text)
  } catch {
    throw broken
  }
  if (!Value.Check(schema, key)) throw broken
  return key
}

/** About how much one page may hold, in bytes of its JSON; a row that is more alone is a page. */
export const bytesDePagina = 512 * 1024

/** What most rows are at most, in bytes; where some are more, their list says how much each is. */
const pesoCorriente = 1024

/** How many of the rows fit into a page. */
function cuantasCaben<Row>(rows: readonly Row[], limite: number, peso: (row: Row) => number) {
  let bytes = 0
  for (const [index, row] of rows.entries()) {
    bytes += peso(row)
    if (index === limite || (index > 0 && bytes > bytesDePagina)) return index
  }
  return rows.length
}

/**
 * A page out of up to `limite + 1` rows: the extra row only says that there is more. It is shorter
 * than was asked for once it is heavy, by `peso` in bytes; who goes on by `siguiente` misses nothing.
 */
export function toPagina<Row, Item>(
  rows: readonly Row[],
  limite: number,
  item: (row: Row) => Item,
  key: (row: Row) => unknown,
  peso: (row: Row) => number = () => pesoCorriente,
): Pagina<Item> {
  const shown = rows.slice(0, cuantasCaben(rows, limite, peso))
  const last = shown.at(-1)
  const more = rows.length > shown.length && last !== undefined
  return { datos: shown.map(item), siguiente: more ? encodeCursor(key(last)) : null }
}
