/** The longest sort key, in UTF-16 units: it travels inside cursors, whose length is bounded. */
const longestKey = 100

/** Text as people compare it: case, accents and runs of white space do not count. */
export function plegar(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** What a list by name is sorted by; names that only differ further on follow their creation. */
export function claveOrden(nombre: string): string {
  // NFC again, as folding takes each syllable of Korean apart; a surrogate cut in half is mended.
  return plegar(nombre).normalize('NFC').slice(0, longestKey).toWellFormed()
}

/** Text as it is kept: no white space around it, and nothing that UTF-8 cannot carry. */
export function limpiar(text: string): string {
  return text.trim().toWellFormed()
}
