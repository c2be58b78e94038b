import type { ErroresImportacion } from './errores.ts'

/** What a file of one kind may look like. */
export interface FormatoCsv<C extends string> {
  readonly columnas: readonly C[]
  /** What is missing when these are all the columns there are, as a sentence; else undefined. */
  readonly falta: (presentes: ReadonlySet<C>) => string | undefined
  readonly maxFilas: number
}

const plegado = (nombre: string) => nombre.trim().toLowerCase()

/**
 * The columns of a file, in its order; undefined, with the reasons noted, when they will not do.
 * Capitals and blanks do not count.
 */
export function columnasDe<C extends string>(
  cabecera: readonly string[],
  { columnas, falta }: FormatoCsv<C>,
  errores: ErroresImportacion,
): readonly C[] | undefined {
  const antes = errores.total
  const encontradas: C[] = []
  for (const [index, nombre] of cabecera.entries()) {
    const columna = columnas.find((una) => plegado(una) === plegado(nombre))
    if (columna === undefined) {
      const llamada = nombre.trim() === '' ? `la columna ${index + 1}, sin nombre,` : 'la columna'
      const mensaje = `${llamada} no se admite; las columnas son ${columnas.join(', ')}`
      errores.anotar(1, nombre.trim().slice(0, 100) || null, mensaje)
    } else if (encontradas.includes(columna)) {
      errores.anotar(1, columna, 'la columna está dos veces')
    } else {
      encontradas.push(columna)
    }
  }
  const mensaje = falta(new Set(encontradas))
  if (mensaje !== undefined) errores.anotar(1, null, mensaje)
  return errores.total === antes ? encontradas : undefined
}
