const plain = /^[\u0020-\u007e]*$/

/** Text as people compare it: case, accents and runs of white space do not count. */
export function plegar(text: string): string {
  // Most SKUs and many words, at a tenth of the cost.
  if (plain.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A text without anything between its letters and digits: `CAF-LOJA 250` is `cafloja250`. */
export const compactar = (text: string) => plegar(text).replace(/[^\p{L}\p{N}]+/gu, '')

/** The words of a folded text. */
export const palabrasPlegadas = (text: string): readonly string[] =>
  plegar(text).match(/[\p{L}\p{N}]+/gu) ?? []

const digit = /\d/

/** The shortest that a word is cut to: below it, words of nothing in common would become one. */
const least = 3

/**
 * What a folded Spanish word has in common with its plural and its other gender: `taza` and `tazas`,
 * `luz` and `luces`, `rojo` and `rojas`. No more than that: what a verb or a diminutive becomes is
 * another word in a catalogue.
 */
export function raiz(palabra: string): string {
  if (digit.test(palabra)) return palabra
  const plural = palabra.endsWith('s') && 'aeiou'.includes(palabra.at(-2) ?? ' ')
  const singular = plural ? palabra.slice(0, -1) : palabra
  const cuts = singular.length > least && 'aeo'.includes(singular.at(-1) ?? ' ')
  const cut = cuts ? singular.slice(0, -1) : singular
  // `luces` is of `luz`, and `dulces` of `dulce`: both end in z here.
  return singular.endsWith('e') && cut.endsWith('c') ? `${cut.slice(0, -1)}z` : cut
}

const endings = ['', 'a', 'e', 'o'].flatMap((ending) => [ending, `${ending}s`])

/** All spellings that have one root with a folded word: for an index that has words, and no roots. */
export function formasDe(palabra: string): readonly string[] {
  const root = raiz(palabra)
  const stems = root.endsWith('z') ? [root, `${root.slice(0, -1)}c`] : [root]
  const forms = stems.flatMap((stem) => endings.map((ending) => `${stem}${ending}`))
  return forms.filter((form) => raiz(form) === root)
}

/** Of how many letters a word must be for as many mistakes. */
const mistakes = [
  { letters: 8, at: 2 },
  { letters: 4, at: 1 },
] as const

/** How many letters a word may be off and still be meant. */
export const erroresDe = (palabra: string): number =>
  mistakes.find(({ letters }) => palabra.length >= letters)?.at ?? 0

/** Whether two neighbouring letters, and nothing else, stand the other way round. */
export function esTrueque(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  const at = Array.from(a).findIndex((letter, index) => letter !== b[index])
  const swapped = `${a.slice(0, at)}${a[at + 1] ?? ''}${a[at] ?? ''}${a.slice(at + 2)}`
  return at >= 0 && swapped === b
}
