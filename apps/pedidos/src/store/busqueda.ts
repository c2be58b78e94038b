import type { Buscable } from './indice.ts'

/**
 * What an order is found by: its number, what is in it, what was noted, and who receives it. The
 * index keeps no text, so an entry can only be taken out by giving the very same text again: this
 * must say for an old order what it said when that was made.
 */
export function textoDe(
  numero: number,
  nuevo: Pick<Buscable, 'lineas' | 'notas' | 'direccionEnvio'>,
): string {
  const productos = nuevo.lineas.flatMap(({ nombre, sku }) => [nombre, sku])
  const receptor = nuevo.direccionEnvio?.nombre ?? ''
  return [numero, ...productos, nuevo.notas ?? '', receptor].join(' ').normalize('NFC')
}

/** A user's id as one word of the index. */
export function palabraDe(clienteId: string): string {
  return clienteId.replaceAll('-', '')
}

/** More words than this narrow nothing down any more. */
const palabrasMaximas = 10
const prefijoMinimo = 3

/**
 * A full-text expression (https://sqlite.org/fts5.html, 3) that holds nothing of the caller's text
 * but quoted words: all of them must be there, the last one may be a beginning. Null when the text
 * has no word in it.
 */
export function expresionDe(q: string, clienteId: string | null): string | null {
  const palabras = q
    .normalize('NFC')
    .match(/[\p{L}\p{N}]+/gu)
    ?.slice(0, palabrasMaximas)
  if (!palabras) return null
  const ultima = palabras.at(-1) ?? ''
  // A beginning that is only digits would be that of thousands of order numbers.
  const comienzo = ultima.length >= prefijoMinimo && /\p{L}/u.test(ultima) ? '*' : ''
  const texto = `texto : (${palabras.map((palabra) => `"${palabra}"`).join(' AND ')}${comienzo})`
  return clienteId === null ? texto : `cliente : "${palabraDe(clienteId)}" AND ${texto}`
}
