import { stringify } from 'csv-stringify/sync'
import { desactivarFormula } from './formulas.ts'

/** Numbers and flags are written as they are; no spreadsheet takes one for a formula. */
export type Celda = string | number | boolean | null

const escrita = (celda: Celda): string =>
  typeof celda === 'string' ? desactivarFormula(celda) : celda === null ? '' : String(celda)

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
