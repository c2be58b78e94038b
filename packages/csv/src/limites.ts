/** The most rows of one file: its write keeps the other writes of the service waiting. */
export const maxFilasCsv = 20_000

/** How many rows the answer to an import shows, from the first. */
export const muestraFilas = 100

/** What a route that takes a CSV file reads: `cuerpoCrudo: cuerpoCsv`. */
export const cuerpoCsv = {
  tipos: ['text/csv'],
  maxBytes: 16 * 1024 * 1024,
  maxMs: 60_000,
} as const
