import { bien, type Leido, mal } from './celdas.ts'

/** What a row of an export said, of which thing it was. */
export interface Exportada<C extends string> {
  readonly id: string
  /** Whether that stood in the column; undefined of one that its file did not have yet. */
  era(columna: C, valor: unknown): boolean | undefined
}

/** How many characters stand for what was in one cell. */
const ancho = 6
const posibles = 36n ** BigInt(ancho)

/** The same whatever a spreadsheet does to line breaks, and in whatever order members come. */
const normal = (valor: unknown): unknown =>
  typeof valor === 'string'
    ? valor.replace(/\r\n?/g, '\n').trim()
    : valor !== null && typeof valor === 'object'
      ? Object.entries(valor).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : valor

// A function that stays the same for ever: files wait for weeks between their export and their import.
const huella = (columna: string, valor: unknown) =>
  (Bun.hash.xxHash64(JSON.stringify([columna, normal(valor)])) % posibles)
    .toString(36)
    .padStart(ancho, '0')

/** What a cell says for `leerControl`: of which thing the row is, and what each column said. */
export function escribirControl<C extends string>(
  id: string,
  columnas: readonly C[],
  valores: Readonly<Record<C, unknown>>,
): string {
  return `${id}.${columnas.map((columna) => huella(columna, valores[columna])).join('')}`
}

/**
 * What `escribirControl` wrote; null for an empty cell, which is of a row that nobody exported.
 * @param antes with how many of the columns, the first ones, files were written earlier
 */
export function leerControl<C extends string>(
  celda: string,
  columnas: readonly C[],
  antes = columnas.length,
): Leido<Exportada<C> | null> {
  const texto = celda.trim()
  if (texto === '') return bien(null)
  const [id = '', huellas = ''] = texto.split('.', 2)
  const habia = [antes, columnas.length].some((cuantas) => huellas.length === cuantas * ancho)
  if (!/^[0-9a-z]+$/.test(huellas) || !habia) {
    const mensaje = 'no es la celda que se exportó; exporta otra vez, o vacíala'
    return mal({ mensaje, regla: 'control' })
  }
  return bien({
    id,
    era(columna, valor) {
      const at = columnas.indexOf(columna) * ancho
      if (at >= huellas.length) return undefined
      return huellas.slice(at, at + ancho) === huella(columna, valor)
    },
  })
}
