import { decodeCursor } from '@encargo/service-kit/http/pagination'
import { plegar } from '@encargo/service-kit/values/search-words'
import { Type } from '@sinclair/typebox'
import { and, asc, desc, eq, gte, lte, type SQL, sql } from 'drizzle-orm'
import type { Busqueda, Orden } from '../domain/busqueda.ts'
import { expresionesDe } from './expresion.ts'
import type { Palabras } from './palabras.ts'
import type { Fila } from './rows.ts'
import { productos } from './sqlite/tables.ts'

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

/** The orders that one column tells. */
export type OrdenDeColumna = Exclude<Orden, 'relevancia'>

const ByName = Type.Tuple([Type.Literal('nombre'), Type.String(), Type.Integer()])
const ByPrice = Type.Tuple([Type.Literal('precio'), Type.Integer(), Type.Integer()])
const ByPriceDown = Type.Tuple([Type.Literal('-precio'), Type.Integer(), Type.Integer()])
const ByCreation = Type.Tuple([Type.Literal('-creadoEn'), Type.Integer(), Type.Integer()])

const recorridos: Record<OrdenDeColumna, Recorrido> = {
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
export const placeOf = (orden: OrdenDeColumna) => recorridos[orden].placeOf

function afterCursor(orden: OrdenDeColumna, cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined
  const { column, descending, decode } = recorridos[orden]
  const [, key, n] = decode(cursor)
  return descending
    ? sql`(${column}, ${productos.n}) < (${key}, ${n})`
    : sql`(${column}, ${productos.n}) > (${key}, ${n})`
}

/** What a search asks of a row beside its words. */
export function filtrosDe({ activo, categoria, precioMin, precioMax }: Busqueda): SQL | undefined {
  return and(
    eq(productos.activo, activo),
    categoria === null ? undefined : eq(productos.categoriaPlegada, plegar(categoria)),
    precioMin === null ? undefined : gte(productos.precio, precioMin),
    precioMax === null ? undefined : lte(productos.precio, precioMax),
  )
}

/** Rows that an FTS5 expression finds. */
export const halladas = (expresion: string): SQL =>
  sql`${productos.n} IN (SELECT rowid FROM productos_fts WHERE productos_fts MATCH ${expresion})`

/** Text without words asks for something that nothing is. */
export function conPalabras(palabras: Busqueda['palabras'], conocidas: Palabras): SQL | undefined {
  if (palabras === null) return undefined
  return palabras.length === 0 ? sql`0` : halladas(expresionesDe(conocidas(palabras)).hallados)
}

/**
 * What a search asks of the table, in the order of a column.
 * @throws ProblemError 422 for a cursor of another list
 */
export function planOf(busqueda: Busqueda, orden: OrdenDeColumna, conocidas: Palabras) {
  const { column, descending } = recorridos[orden]
  const direction = descending ? desc : asc
  return {
    where: and(
      filtrosDe(busqueda),
      conPalabras(busqueda.palabras, conocidas),
      afterCursor(orden, busqueda.cursor),
    ),
    orderBy: [direction(column), direction(productos.n)],
  }
}
