import type { ErroresImportacion } from './errores.ts'

/** What a file of one kind may look like. */
export interface FormatoCsv<C extends string> {
  readonly columnas: readonly C[]
  /** Of which columns one is missing when these are all that there are; else undefined. */
  readonly falta: (presentes: ReadonlySet<C>) => readonly C[] | undefined
  readonly maxFilas: number
}

/** As people write a name: capitals, accents, blanks and dashes do not count. */
const plegado = (nombre: string) =>
  nombre
    .normalize('NFD')
    .replace(/\p{M}|[\s_-]/gu, '')
    .toLowerCase()

/**
 * The columns of a file, in its order, null for one without a name; undefined, with the reasons noted
 * for the line of the header, when they will not do.
 */
export function columnasDe<C extends string>(
  linea: number,
  cabecera: readonly string[],
  { columnas, falta }: FormatoCsv<C>,
  errores: ErroresImportacion,
): readonly (C | null)[] | undefined {
  const antes = errores.total
  const encontradas: (C | null)[] = []
  for (const nombre of cabecera) {
    const columna = columnas.find((una) => plegado(una) === plegado(nombre)) ?? null
    if (columna === null && nombre.trim() !== '') {
      const dato = columnas.join(', ')
      const mensaje = `la columna no se admite; las columnas son ${dato}`
      errores.anotar(linea, nombre.trim().slice(0, 100), {
        mensaje,
        regla: 'columna-desconocida',
        dato,
      })
    } else if (columna !== null && encontradas.includes(columna)) {
      errores.anotar(linea, columna, { mensaje: 'la columna está dos veces', regla: 'repetidos' })
    } else {
      encontradas.push(columna)
    }
  }
  const faltan = falta(new Set(encontradas.filter((una) => una !== null)))
  if (faltan) {
    const dato = faltan.join(' o ')
    const mensaje = `falta la columna ${dato}`
    errores.anotar(linea, null, { mensaje, regla: 'columna-que-falta', dato: faltan.join(', ') })
  }
  return errores.total === antes ? encontradas : undefined
}
