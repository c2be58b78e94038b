import { CsvError, parse } from 'csv-parse/sync'
import { fieldProblem } from '@encargo/service-kit/http/schemas'

/**
 * `a,"b,c",d` as its values, with the quotes of CSV around what has a comma in it; quotes inside a
 * value are just that.
 * @throws ProblemError 422 naming `campo` for quotes that are not closed
 */
export function leerLista(campo: string, text: string): string[] {
  try {
    const lines: string[][] = parse(text, { relax_quotes: true, relax_column_count: true })
    return lines.flat().map((value) => value.trim())
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw fieldProblem(campo, 'tiene comillas que no se cierran')
  }
}

/** The values as `leerLista` reads them. */
export function escribirLista(values: readonly string[]): string {
  return values
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',')
}
