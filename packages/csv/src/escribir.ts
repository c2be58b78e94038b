import { stringify } from 'csv-stringify/sync'
import { desactivarFormula } from './formulas.ts'

/** A number as it is to be seen, with its sign and decimals. */
export interface Cifra {
  readonly cifra: string
}

/** Numbers and flags are written as they are; no spreadsheet takes one for a formula. */
export type Celda = string | number | boolean | null | Cifra

function escrita(celda: Celda): string {
  if (typeof celda === 'string') return desactivarFormula(celda)
  if (celda === null) return ''
  if (typeof celda !== 'object') return String(celda)
  if (!/^-?\d+(?:[.,]\d+)?$/.test(celda.cifra))
    throw new TypeError('a number was to be written that is none')
  return celda.cifra
}

/**
 * What stands between cells. A spreadsheet whose country writes decimals with a comma wants a
 * semicolon, and numbers with that comma.
 */
export type Separador = ',' | ';'

/** Rows as RFC 4180 has them but for the separator: CRLF, quotes where they are needed. */
export function comoCsv(filas: readonly (readonly Celda[])[], delimiter: Separador): string {
  return stringify(
    filas.map((fila) => fila.map(escrita)),
    // A line break of any kind, or a blank at an edge, that somebody would trim.
    { delimiter, record_delimiter: 'windows', quoted_match: /[\r\n]|^\s|\s$/ },
  )
}
