import { unidadMayor } from '../textos/formato.ts'

/** The most that the services take, in minor units. */
export const importeMaximo = 1_000_000_000_000

interface Signos {
  readonly decimal: string
  /** What stands between thousands; a space of whatever kind is a space. */
  readonly miles: string
}

function signosDe(region: string): Signos {
  const partes = new Intl.NumberFormat(region, { useGrouping: 'always' }).formatToParts(12_345.6)
  const valor = (tipo: 'decimal' | 'group') => partes.find(({ type }) => type === tipo)?.value
  const miles = valor('group') ?? ''
  return { decimal: valor('decimal') ?? '.', miles: miles.trim() === '' ? ' ' : miles }
}

const decimalesDe = (moneda: string) => Math.round(Math.log10(unidadMayor(moneda)))
const literal = (signo: string) => signo.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whole units and the digits after them, as somebody of `region` means them. */
function partesDe(escrito: string, region: string): readonly [string, string] | undefined {
  const { decimal, miles } = signosDe(region)
  const suyo = new RegExp(
    `^(\\d+|\\d{1,3}(?:${literal(miles)}\\d{3})+)(?:${literal(decimal)}(\\d+))?$`,
  ).exec(escrito)
  if (suyo) return [(suyo[1] ?? '').replaceAll(miles, ''), suyo[2] ?? '']
  // The other country's sign, where it cannot be taken for one between thousands.
  const ajeno = /^(\d+)[.,](\d{1,2})$/.exec(escrito)
  return ajeno ? [ajeno[1] ?? '', ajeno[2] ?? ''] : undefined
}

/**
 * Minor units of a price that was typed in units of the currency, as the reader writes numbers.
 * Undefined for what is no such price: nothing is rounded, and nothing guessed.
 */
export function leerImporte(escrito: string, region: string, moneda: string): number | undefined {
  const limpio = escrito
    .replace(moneda, '')
    .replace(/\p{Sc}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  const [enteros, decimales] = partesDe(limpio, region) ?? []
  const cuantos = decimalesDe(moneda)
  if (enteros === undefined || decimales === undefined || decimales.length > cuantos) {
    return undefined
  }
  const importe = Number(enteros + decimales.padEnd(cuantos, '0'))
  return importe <= importeMaximo ? importe : undefined
}

/** A price as it is typed: units of the currency, without its sign and without marks between thousands. */
export function importeParaEditar(importe: number, region: string, moneda: string): string {
  const cuantos = decimalesDe(moneda)
  const digitos = String(importe).padStart(cuantos + 1, '0')
  if (cuantos === 0) return digitos
  const { decimal } = signosDe(region)
  return `${digitos.slice(0, -cuantos)}${decimal}${digitos.slice(-cuantos)}`
}
