import { palabrasDeTexto } from './palabras.ts'

/** `relevancia` is by how well a product answers the words; without words it is `nombre`. */
export type Orden = 'relevancia' | 'nombre' | 'precio' | '-precio' | '-creadoEn'

/** Where in a list a product stands: by what it is sorted, and its number, which breaks ties. */
export type Lugar =
  | readonly [orden: 'relevancia', puesto: number, nombre: string, n: number]
  | readonly [orden: 'nombre', nombre: string, n: number]
  | readonly [orden: 'precio' | '-precio' | '-creadoEn', valor: number, n: number]

/** A list as asked for. What is undefined is no condition. */
export interface Busqueda {
  /** Words to find, folded; empty when the text held none, and then nothing matches. */
  readonly palabras?: readonly string[] | undefined
  readonly categoria?: string | undefined
  readonly precioMin?: number | undefined
  readonly precioMax?: number | undefined
  readonly orden: Orden
  readonly activo: boolean
  readonly limite: number
  /** Behind whom it begins: somewhere in this very order. */
  readonly tras?: Lugar | undefined
}

const maxWords = 16

/** The words of a search; undefined for blank text, which asks for nothing in particular. */
export function palabrasDe(q: string | undefined): readonly string[] | undefined {
  if (q === undefined || q.trim() === '') return undefined
  return palabrasDeTexto(q).slice(0, maxWords)
}
