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
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw broken
  }
  if (!Value.Check(schema, key)) throw broken
  return key
}

/** A page out of up to `limite + 1` rows: the extra row only says that there is more. */
export function toPagina<Row, Item>(
  rows: readonly Row[],
  limite: number,
  item: (row: Row) => Item,
  key: (row: Row) => unknown,
): Pagina<Item> {
  const shown = rows.slice(0, limite)
  const last = shown.at(-1)
  const siguiente = rows.length > limite && last !== undefined ? encodeCursor(key(last)) : null
  return { datos: shown.map(item), siguiente }
}
