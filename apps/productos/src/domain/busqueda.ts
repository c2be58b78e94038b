/** `relevancia` is by how well a product answers the words; without words it is `nombre`. */
export type Orden = 'relevancia' | 'nombre' | 'precio' | '-precio' | '-creadoEn'

/** A list as asked for. `null` stands for "no such condition". */
export interface Busqueda {
  /** Words to find; empty when the text held none, and then nothing matches. */
  readonly palabras: readonly string[] | null
  readonly categoria: string | null
  readonly precioMin: number | null
  readonly precioMax: number | null
  readonly orden: Orden
  readonly activo: boolean
  readonly limite: number
  readonly cursor: string | null
}

const maxWords = 16
// A word as the full-text index sees one: letters, digits and private use, with their marks.
const word = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu

/** The words of a search; `null` for blank text, which asks for nothing in particular. */
export function palabrasDe(q: string | undefined): readonly string[] | null {
  if (q === undefined || q.trim() === '') return null
  return (q.match(word) ?? []).slice(0, maxWords)
}
