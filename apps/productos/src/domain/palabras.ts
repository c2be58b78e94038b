import { compactar, palabrasPlegadas } from '@encargo/service-kit/values/search-words'

/**
 * How much of a word counts, in UTF-16 units: no index takes words of any length, and what a person
 * looks for is told apart long before.
 */
const longest = 100

const recortar = (palabra: string) => palabra.slice(0, longest).toWellFormed()

/** The words of a text, folded: so are they kept, and so are they looked for. */
export const palabrasDeTexto = (text: string): readonly string[] =>
  palabrasPlegadas(text).map(recortar)

/** A SKU as one word, whatever stands between its letters. */
export const palabraDeSku = (sku: string) => recortar(compactar(sku))

/** The words of a search as the SKU that they may be. */
export const comoSku = (palabras: readonly string[]) => recortar(palabras.join(''))
