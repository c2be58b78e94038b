import { invisibles } from './identity-key.ts'

/** What people and address books put around and between the digits, seen or not: it says nothing. */
const between = `[\\s\\(\\)\\.\\-\\/\\u2010-\\u2015\\u2212\\uff0d${invisibles}]`

/**
 * A telephone number as people write it: 5 to 17 digits (15 of them at most in E.164, and a way out of
 * the country), a plus before them, anything of `between` around them. For JSON Schema and for
 * `pattern` of an HTML field, which reads it in its `v` mode.
 */
export const telefonoPatron = `^(?:${between}*\\+)?${between}*(?:[0-9]${between}*){5,17}$`

const written = new RegExp(telefonoPatron)

/** So many last digits are of the number itself, whatever country and town are dialled before them. */
const telling = 7

/**
 * What a number that somebody looks for has in common with the same one as others wrote it: its last
 * digits. Null for what is no telephone.
 */
export function telefonoBuscado(text: string): string | null {
  if (!written.test(text)) return null
  const digits = telefonoLimpio(text).replace('+', '').slice(-telling)
  return digits.length < 5 ? null : digits
}

/**
 * The number as it is kept: its digits, and the plus if there is one. A local number stays local:
 * which country it is of only its owner knows, and a wrong guess is a wrong number.
 */
export function telefonoLimpio(telefono: string): string {
  // "+593 (0)99": that zero is for callers inside the country, and no part of the number with a plus.
  const international = telefono.includes('+')
  const number = international ? telefono.replace(/\(\s*0\s*\)/, '') : telefono
  return number.replace(/[^0-9+]/g, '')
}
