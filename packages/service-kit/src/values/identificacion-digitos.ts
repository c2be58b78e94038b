/** Whether the check digit of a number in its normal form is right. */
export type Verifica = (numero: string) => boolean

const cifras = (numero: string): number[] => Array.from(numero, Number)

/** Each digit times the weight at its place. */
const suma = (numero: string, pesos: readonly number[]): number =>
  cifras(numero).reduce((total, cifra, at) => total + cifra * (pesos[at] ?? 0), 0)

/** The same from the right, where the weights begin again when they are used up. */
const sumaDesdeElFin = (numero: string, pesos: readonly number[]): number =>
  cifras(numero)
    .toReversed()
    .reduce((total, cifra, at) => total + cifra * (pesos[at % pesos.length] ?? 0), 0)

const cuerpo = (numero: string): string => numero.slice(0, -1)
const ultimo = (numero: string): string => numero.slice(-1)

const doble = (cifra: number): number => (cifra > 4 ? cifra * 2 - 9 : cifra * 2)

/** ISO/IEC 7812-1, annex B: every second digit from the right doubled, its own digits added. */
function luhn(numero: string): boolean {
  const total = cifras(numero)
    .toReversed()
    .reduce((sum, cifra, at) => sum + (at % 2 === 1 ? doble(cifra) : cifra), 0)
  return total % 10 === 0
}

/** The Luhn digit over ten digits (Registro Civil). */
export const cedulaEc: Verifica = luhn

/**
 * A RUC with a third digit of 0 to 5 is a cédula and `001`. SRI says that the numbers of companies, public
 * bodies and foreigners (6 and 9) are made by no algorithm: real ones break the modulus 11 that is told.
 */
export const rucEc: Verifica = (numero) =>
  Number(numero.charAt(2)) > 5 || cedulaEc(numero.slice(0, 10))

/** SUNAT: modulus 11, the difference to 11 modulo 10. */
export const rucPe: Verifica = (numero) =>
  String((11 - (suma(cuerpo(numero), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10) === ultimo(numero)

/** DIAN, Orden Administrativa 4 of 1989: primes from the right, modulus 11. */
export const nitCo: Verifica = (numero) => {
  const pesos = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]
  return '01987654321'.charAt(sumaDesdeElFin(cuerpo(numero), pesos) % 11) === ultimo(numero)
}

/** Registro Civil: 2 to 7 from the right, modulus 11, `K` for ten. */
export const rutCl: Verifica = (numero) =>
  '0K987654321'.charAt(sumaDesdeElFin(cuerpo(numero), [2, 3, 4, 5, 6, 7]) % 11) === ultimo(numero)

/** AFIP (now ARCA): modulus 11, 9 for ten: most who would have that one have another prefix instead. */
export const cuitAr: Verifica = (numero) =>
  '09987654321'.charAt(suma(cuerpo(numero), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) === ultimo(numero)

/** Dirección Nacional de Identificación Civil: the digit that fills the sum up to ten. */
export const ciUy: Verifica = (numero) => suma(numero, [2, 9, 8, 7, 6, 3, 4, 1]) % 10 === 0

/** DGI: modulus 11; a remainder that asks for ten is given to nobody. */
export const rutUy: Verifica = (numero) =>
  suma(numero, [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0

/** SET (now DNIT): 2 upwards from the right, modulus 11, 0 for ten. */
export const rucPy: Verifica = (numero) =>
  '00987654321'.charAt(sumaDesdeElFin(cuerpo(numero), [2, 3, 4, 5, 6, 7, 8, 9]) % 11) ===
  ultimo(numero)

/** Junta Central Electoral. */
export const cedulaDo: Verifica = luhn

/** DGII: modulus 11, the digits 1 to 9. */
export const rncDo: Verifica = (numero) => {
  const resto = suma(cuerpo(numero), [7, 9, 8, 6, 5, 4, 3, 2]) % 11
  return String(((10 - resto) % 9) + 1) === ultimo(numero)
}

/** Real Decreto 1553/2005: the number modulo 23 says the letter. */
const letra = (cifras: string): string => 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(cifras) % 23)

/** Orden EHA/451/2008, of organisations: Luhn, written as a digit or as a letter. */
function nifDeEntidad(numero: string): boolean {
  const control = '0123456789'.split('').find((digit) => luhn(numero.slice(1, 8) + digit))
  const digito = Number(control)
  return ultimo(numero) === control || ultimo(numero) === 'JABCDEFGHI'.charAt(digito)
}

/** Of people eight digits, or `K`, `L`, `M` and seven; other letters are of organisations. */
export const nifEs: Verifica = (numero) => {
  if (/^[0-9]/.test(numero)) return letra(cuerpo(numero)) === ultimo(numero)
  if (/^[KLM]/.test(numero)) return letra(numero.slice(1, 8)) === ultimo(numero)
  return nifDeEntidad(numero)
}

/** The first letter counts as 0, 1 or 2 before the seven digits. */
export const nieEs: Verifica = (numero) =>
  letra('XYZ'.indexOf(numero.charAt(0)) + numero.slice(1, 8)) === ultimo(numero)
