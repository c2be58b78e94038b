import { raiz } from '@encargo/service-kit/values/search-words'
import type { DatosProducto } from '../domain/producto.ts'
import { palabraDeSku, palabrasDeTexto } from '../domain/palabras.ts'

/**
 * What a word of the index tells, by a letter before it. So one list of words for each product answers
 * all that is searched, and every engine finds in it the same: it looks for whole words and beginnings
 * of words, and takes nothing for a word by rules of its own.
 */
export const marcas = {
  /** Stands in the name, the description or the SKU. */
  enTexto: 't',
  /** The root of one in the name or the description. */
  raizEnTexto: 'u',
  enNombre: 'n',
  raizEnNombre: 'r',
  /** The name begins with it. */
  primera: 'b',
  raizPrimera: 'a',
  /** The SKU as one word. */
  sku: 'c',
} as const
export type Marca = (typeof marcas)[keyof typeof marcas]

export type Textos = Pick<DatosProducto, 'sku' | 'nombre' | 'descripcion'>

/** All that a product is found by: marked words with spaces between them, each once. */
export function palabrasDeProducto({ sku, nombre, descripcion }: Textos): string {
  const enNombre = palabrasDeTexto(nombre)
  const enDescripcion = palabrasDeTexto(descripcion)
  const primera = enNombre.slice(0, 1)
  const compacto = palabraDeSku(sku)
  const marcadas: readonly (readonly [Marca, readonly string[]])[] = [
    [marcas.enTexto, [...enNombre, ...enDescripcion, ...palabrasDeTexto(sku)]],
    [marcas.raizEnTexto, [...enNombre, ...enDescripcion].map(raiz)],
    [marcas.enNombre, enNombre],
    [marcas.raizEnNombre, enNombre.map(raiz)],
    [marcas.primera, primera],
    [marcas.raizPrimera, primera.map(raiz)],
    [marcas.sku, compacto === '' ? [] : [compacto]],
  ]
  const todas = marcadas.flatMap(([marca, palabras]) => palabras.map((una) => `${marca}${una}`))
  return [...new Set(todas)].join(' ')
}

/** Products that an expression of `expresionesDe` finds, as a condition with one parameter. */
export const halladas = (expresion: string) => ({
  sqlite: `n IN (SELECT rowid FROM productos_fts WHERE productos_fts MATCH ${expresion})`,
  postgres: `indice_de(palabras) @@ ${aTsquery(expresion)}`,
})

/** The signs of FTS5 and what says the same to PostgreSQL; no word holds any of them. */
const signos = [
  ['"', "''"],
  [' *', ':*'],
  [' OR ', '|'],
  [' AND ', '&'],
  [' NOT ', '&!'],
] as const

const aTsquery = (expresion: string) =>
  `${signos.reduce((sql, [de, a]) => `replace(${sql}, '${de}', '${a}')`, expresion)}::tsquery`
