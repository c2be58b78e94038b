import { decodeCursor } from '@encargo/service-kit'
import { Type } from '@sinclair/typebox'
import { and, asc, desc, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Busqueda, Orden } from '../domain/busqueda.ts'
import { plegar } from '../domain/texto.ts'
import type { Fila } from './rows.ts'
import { productos } from './tables.ts'

type Place = readonly [Orden, string | number, number]

/** A way through the catalogue: the column it goes by, in which direction, and a row's place in it. */
interface Recorrido {
  readonly column: SQL
  readonly descending: boolean
  /** What a cursor holds: the order's name, the sort key, and `n` to break ties. */
  readonly placeOf: (fila: Fila) => Place
  /** @throws ProblemError 422 for a cursor of another order */
  readonly decode: (cursor: string) => Place
}

const ByName = Type.Tuple([Type.Literal('nombre'), Type.String(), Type.Integer()])
const ByPrice = Type.Tuple([Type.Literal('precio'), Type.Integer(), Type.Integer()])
const ByPriceDown = Type.Tuple([Type.Literal('-precio'), Type.Integer(), Type.Integer()])
const ByCreation = Type.Tuple([Type.Literal('-creadoEn'), Type.Integer(), Type.Integer()])

const recorridos: Record<Orden, Recorrido> = {
  nombre: {
    column: sql`${productos.nombrePlegado}`,
    descending: false,
    placeOf: (fila) => ['nombre', fila.nombrePlegado, fila.n],
    decode: (cursor) => decodeCursor(ByName, cursor),
  },
  precio: {
    column: sql`${productos.precio}`,
    descending: false,
    placeOf: (fila) => ['precio', fila.precio, fila.n],
    decode: (cursor) => decodeCursor(ByPrice, cursor),
  },
  '-precio': {
    column: sql`${productos.precio}`,
    descending: true,
    placeOf: (fila) => ['-precio', fila.precio, fila.n],
    decode: (cursor) => decodeCursor(ByPriceDown, cursor),
  },
  '-creadoEn': {
    column: sql`${productos.creadoEn}`,
    descending: true,
    placeOf: (fila) => ['-creadoEn', fila.creadoEn.getTime(), fila.n],
    decode: (cursor) => decodeCursor(ByCreation, cursor),
  },
}

/** Where a row stands in an order: what its cursor holds. */
export const placeOf = (orden: Orden) => recorridos[orden].placeOf

/**
 * Words as an FTS5 query: each one quoted, so that nothing in it is syntax, all of them asked for,
 * and the last one as a beginning, for search as one types.
 */
export function matchOf(palabras: readonly string[]): string {
  const quoted = palabras.map((palabra) => `"${palabra.replaceAll('"', '""')}"`)
  return `${quoted.join(' ')}*`
}

function wordsCondition(palabras: readonly string[] | null): SQL | undefined {
  if (palabras === null) return undefined
  if (palabras.length === 0) return sql`0`
  const found = sql`(SELECT rowid FROM productos_fts WHERE productos_fts MATCH ${matchOf(palabras)})`
  return inArray(productos.n, found)
}

function afterCursor(orden: Orden, cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined
  const { column, descending, decode } = recorridos[orden]
  const [, key, n] = decode(cursor)
  return descending
    ? sql`(${column}, ${productos.n}) < (${key}, ${n})`
    : sql`(${column}, ${productos.n}) > (${key}, ${n})`
}

/**
 * What a search asks of the table, and in which order.
 * @throws ProblemError 422 for a cursor of another list
 */
export function planOf(busqueda: Busqueda): { where: SQL | undefined; orderBy: SQL[] } {
  const { categoria, precioMin, precioMax, orden, cursor } = busqueda
  const { column, descending } = recorridos[orden]
  const direction = descending ? desc : asc
  return {
    where: and(
      eq(productos.activo, busqueda.activo),
      categoria === null ? undefined : eq(productos.categoriaPlegada, plegar(categoria)),
      precioMin === null ? undefined : gte(productos.precio, precioMin),
      precioMax === null ? undefined : lte(productos.precio, precioMax),
      wordsCondition(busqueda.palabras),
      afterCursor(orden, cursor),
    ),
    orderBy: [direction(column), direction(productos.n)],
  }
}
