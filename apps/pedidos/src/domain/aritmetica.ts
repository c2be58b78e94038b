import type { Gravamen } from './condiciones.ts'

// Money to the last minor unit. Amounts are integers of up to 10^12 and rates of up to 10^4, so that their
// products are beyond what a number holds exactly: they are made of BigInts, and only there.

const cien = 10_000

/** What `tasa` hundredths of a percent of an amount are, halves up. */
export function porcentajeDe(importe: number, tasa: number): number {
  const d = BigInt(cien)
  return Number((2n * BigInt(importe) * BigInt(tasa) + d) / (2n * d))
}

/** What of an amount is tax, where it is in the price: to the nearest minor unit, halves up. */
export function impuestoEn(importe: number, { tasa, porDentro }: Omit<Gravamen, 'clase'>): number {
  if (tasa === 0) return 0
  const d = BigInt(porDentro ? cien : cien + tasa)
  return Number((2n * BigInt(importe) * BigInt(tasa) + d) / (2n * d))
}

/**
 * Splits an amount in proportion to others by largest remainder: the parts add up to it, none is more than
 * what it is a part of, and where two have as much of a claim to the last unit the first one has it.
 *
 * @throws RangeError for more than all of them together
 */
export function repartir(importe: number, entre: readonly number[]): number[] {
  const suma = entre.reduce((total, uno) => total + uno, 0)
  if (importe > suma) throw new RangeError(`${importe} can't be taken off ${suma}`)
  if (importe === 0) return entre.map(() => 0)
  const total = BigInt(suma)
  const partes = entre.map((uno, posicion) => {
    const exacta = BigInt(importe) * BigInt(uno)
    return { posicion, entera: Number(exacta / total), resto: exacta % total }
  })
  const sobran = importe - partes.reduce((dado, { entera }) => dado + entera, 0)
  const porResto = partes.toSorted((a, b) =>
    a.resto === b.resto ? a.posicion - b.posicion : a.resto > b.resto ? -1 : 1,
  )
  const con = new Set(porResto.slice(0, sobran).map(({ posicion }) => posicion))
  return partes.map(({ posicion, entera }) => entera + (con.has(posicion) ? 1 : 0))
}

/** How much of an amount belongs to the first `unidades` of `cantidad` units. */
const acumulado = (importe: number, unidades: number, cantidad: number) =>
  Number((BigInt(importe) * BigInt(unidades)) / BigInt(cantidad))

/**
 * What of a line's amount some of its units are worth, `antes` of which have been taken already: however a
 * line is taken apart, its parts add up to it.
 */
export function parteDe(
  importe: number,
  { cantidad, antes, unidades }: { cantidad: number; antes: number; unidades: number },
): number {
  return acumulado(importe, antes + unidades, cantidad) - acumulado(importe, antes, cantidad)
}
