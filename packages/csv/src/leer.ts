import { parse } from 'csv-parse'
import { Readable } from 'node:stream'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import { cabeceraDe, comoUtf8, enPiezas } from './bytes.ts'
import { columnasDe, type FormatoCsv } from './cabecera.ts'
import type { ErroresImportacion } from './errores.ts'
import { reactivarFormula } from './formulas.ts'

/** A row with what its cells say; a column that the file does not have is missing. */
export interface FilaCsv<C extends string> {
  /** The line that it begins on; the header is line 1. */
  readonly fila: number
  readonly celdas: { readonly [K in C]?: string }
}

interface Registro {
  readonly linea: number
  readonly celdas: readonly string[]
}

/** The largest row, in bytes: a product with every text at its longest fits. */
const maxRowBytes = 256 * 1024

const roturas: Record<string, Reparo> = {
  CSV_QUOTE_NOT_CLOSED: {
    mensaje: 'las comillas de una celda no se cierran',
    regla: 'comillas',
  },
  CSV_INVALID_CLOSING_QUOTE: {
    mensaje:
      'hay texto detrás de unas comillas de cierre; dentro de una celda se escriben dobles ("")',
    regla: 'comillas',
  },
  INVALID_OPENING_QUOTE: {
    mensaje:
      'hay comillas dentro de una celda que no está entre comillas; encierra la celda y escríbelas dobles ("")',
    regla: 'comillas',
  },
  CSV_MAX_RECORD_SIZE: {
    mensaje: `la fila pasa de ${maxRowBytes / 1024} KiB, o las comillas de una celda no se cierran`,
    regla: 'fila-larga',
    limite: maxRowBytes / 1024,
  },
}
const otraRotura: Reparo = { mensaje: 'no es CSV', regla: 'formato' }
const sinCodificacion: Reparo = {
  mensaje: 'el archivo no está en UTF-8; guárdalo como «CSV UTF-8»',
  regla: 'codificacion',
}

/** The line that tells Excel how cells are separated; it is none of the file's own. */
const lineaSep = /^\uFEFF?"?sep=([,;\t|])"?$/i

/** What the file says that it is, else what there is most of in its header. */
function separadorDe(linea: string): string {
  const dicho = lineaSep.exec(linea)?.[1]
  if (dicho !== undefined) return dicho
  const cuantos = (signo: string) => linea.split(signo).length
  return [',', ';', '\t'].reduce((uno, otro) => (cuantos(otro) > cuantos(uno) ? otro : uno))
}

/** The lines that a row takes. The library counts a line break of two characters twice. */
const lineasDe = (celdas: readonly string[]) =>
  celdas.reduce((sum, celda) => sum + (celda.match(/\r\n|\n|\r/g)?.length ?? 0), 1)

/** How far the file can be read; what comes after a break makes no sense any more. */
interface Lectura {
  /** The line that the next row begins on. */
  linea: number
  rotura: Reparo | undefined
}

async function* registrosDe(
  source: AsyncIterable<Uint8Array>,
  lectura: Lectura,
): AsyncGenerator<Registro> {
  let legible = true
  const limpio = comoUtf8(enPiezas(source), maxRowBytes, () => (legible = false))
  const { linea, bytes } = await cabeceraDe(limpio)
  const parser = parse({
    bom: true,
    delimiter: separadorDe(linea),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: maxRowBytes,
    skip_records_with_error: true,
    on_skip: (error) => void (lectura.rotura ??= roturas[error?.code ?? ''] ?? otraRotura),
    on_record: (celdas) => (lectura.rotura === undefined ? celdas : null),
  })
  const input = Readable.from(bytes)
  // Whatever ends the reading of the body ends that of the rows, with the same error.
  input.on('error', (error) => parser.destroy(error))
  const registros: AsyncIterable<string[]> = input.pipe(parser)
  try {
    for await (const celdas of registros) {
      const deExcel = lectura.linea === 1 && lineaSep.test(linea)
      if (!deExcel) yield { linea: lectura.linea, celdas }
      lectura.linea += lineasDe(celdas)
    }
  } finally {
    input.destroy()
  }
  if (!legible) lectura.rotura = sinCodificacion
}

const enBlanco = (celdas: readonly string[]) => celdas.every((celda) => celda.trim() === '')

/**
 * The rows of a CSV file (RFC 4180, in whatever encoding and with whatever separators spreadsheets
 * write them), one by one as the file arrives, with turns of the event loop in
 * between. What can't be read as a row is noted in `errores` and left out; blank lines are passed
 * over. Whatever the source throws goes through.
 *
 * @example
 * const errores = new ErroresImportacion()
 * for await (const { fila, celdas } of leerCsv(cuerpo.stream(), formato, errores)) ...
 */
export async function* leerCsv<C extends string>(
  source: AsyncIterable<Uint8Array>,
  formato: FormatoCsv<C>,
  errores: ErroresImportacion,
): AsyncGenerator<FilaCsv<C>, void, undefined> {
  const lectura: Lectura = { linea: 1, rotura: undefined }
  let columnas: readonly (C | null)[] | undefined
  let filas = 0
  for await (const { linea, celdas } of registrosDe(source, lectura)) {
    if (columnas === undefined) {
      columnas = columnasDe(linea, celdas, formato, errores)
      if (columnas === undefined) return
    } else if (!enBlanco(celdas)) {
      filas += 1
      if (filas > formato.maxFilas) {
        const { maxFilas: limite } = formato
        const mensaje = `el archivo tiene más de ${limite} filas; divídelo`
        return errores.anotar(linea, null, { mensaje, regla: 'demasiadas-filas', limite })
      }
      const fila = filaDe(linea, celdas, columnas, errores)
      if (fila) yield fila
    }
  }
  if (lectura.rotura !== undefined) errores.anotar(lectura.linea, null, lectura.rotura)
  else if (columnas === undefined) {
    errores.anotar(1, null, { mensaje: 'el archivo está vacío', regla: 'archivo-vacio' })
  }
}

/** Spreadsheets leave out empty cells at the end of a row, or add some. */
function filaDe<C extends string>(
  fila: number,
  celdas: readonly string[],
  columnas: readonly (C | null)[],
  errores: ErroresImportacion,
): FilaCsv<C> | undefined {
  const deMas = celdas.findIndex((celda, index) => !columnas[index] && celda.trim() !== '')
  if (deMas !== -1) {
    const limite = deMas + 1
    const mensaje = `dice algo en la columna ${limite}, que no tiene nombre en la cabecera`
    errores.anotar(fila, null, { mensaje, regla: 'celda-sin-columna', limite })
    return undefined
  }
  const dichas: { [K in C]?: string } = {}
  columnas.forEach((columna, index) => {
    if (columna !== null) dichas[columna] = reactivarFormula(celdas[index] ?? '')
  })
  return { fila, celdas: dichas }
}
