import { stringify } from 'csv-stringify/sync'
import { desactivarFormula } from './formulas.ts'

/** Numbers and flags are written as they are; no spreadsheet takes one for a formula. */
export type Celda = string | number | boolean | null

const escrita = (celda: Celda): string =>
  typeof celda === 'string' ? desactivarFormula(celda) : celda === null ? '' : String(celda)

/** Rows as RFC 4180 has them: commas, CRLF, quotes where they are needed. */
export function comoCsv(filas: readonly (readonly Celda[])[]): string {
  return stringify(
    filas.map((fila) => fila.map(escrita)),
    // A line break of any kind, or a blank at an edge, that somebody would trim.
    { record_delimiter: 'windows', quoted_match: /[\r\n]|^\s|\s$/ },
  )
}
