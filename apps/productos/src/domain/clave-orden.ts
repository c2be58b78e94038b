/** The longest sort key, in UTF-16 units: it travels inside cursors, whose length is bounded. */
const longestKey = 100

/** Behind every other letter, as ñ stands behind all that begins with n. */
const behindLetters = '~'
/** A combining tilde, and all other marks. */
const tilde = '\u0303'

/** A number sorts by its size: how many digits it has stands before them. */
function numberKey(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '')
  return `${String(Math.min(plain.length, 99)).padStart(2, '0')}${plain}`
}

/**
 * What a list by name is sorted by, letter by letter as in a Spanish dictionary (ñ behind n, accents
 * and case aside), with numbers by their size. Signs count as spaces. Names that only differ further
 * on follow their creation.
 */
export function claveOrden(nombre: string): string {
  const key = nombre
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(`n${tilde}`, `n${behindLetters}`)
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}~]+/gu, ' ')
    .replace(/\d+/g, numberKey)
    .trim()
  // NFC again, as folding takes each syllable of Korean apart; a surrogate cut in half is mended.
  return key.normalize('NFC').slice(0, longestKey).toWellFormed()
}
