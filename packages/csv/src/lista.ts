import { CsvError, parse } from 'csv-parse/sync'

/**
 * `a,"b,c",d` as its values, with the quotes of CSV around what has a comma in it; quotes inside a
 * value are just that. Undefined for quotes that are not closed.
 */
export function leerLista(text: string): string[] | undefined {
  try {
    const lines: string[][] = parse(text, { relax_quotes: true, relax_column_count: true })
    return lines.flat().map((value) => value.trim())
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

/** The values as `leerLista` reads them. */
export function escribirLista(values: readonly string[]): string {
  return values
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',')
}
