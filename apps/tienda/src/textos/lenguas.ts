import { useLengua } from './idioma.ts'

/**
 * The hook that gives the texts of one area in the reader's language; one that lacks a text does not
 * compile. They come with its pages, not with the shop.
 */
export function enDosLenguas<T extends object>(es: T, en: NoInfer<T>) {
  const textos = { es, en }
  return Object.assign(() => textos[useLengua().idioma], textos)
}
