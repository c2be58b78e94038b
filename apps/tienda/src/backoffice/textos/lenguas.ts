import { useLengua } from '../../textos/idioma.ts'
import type { Idioma } from '../../textos/tipo.ts'

export type Textos<T> = Readonly<Record<Idioma, T>>

/** The texts of one area of the back office; a language that lacks one does not compile. */
export const enDosLenguas = <T extends object>(es: T, en: NoInfer<T>): Textos<T> => ({ es, en })

/** The texts of an area, in the reader's language. They come with its pages, not with the shop. */
export function useTextosGestion<T>(textos: Textos<T>): T {
  return textos[useLengua().idioma]
}
