import { parse } from 'csv-parse'
import { Readable } from 'node:stream'
import { cabeceraDe, enPiezas, soloUtf8 } from './bytes.ts'
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

const mensajes: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'las comillas de una celda no se cierran',
  CSV_INVALID_CLOSING_QUOTE:
    'hay texto detrás de unas comillas de cierre; dentro de una celda se escriben dobles ("")',
  INVALID_OPENING_QUOTE:
    'hay comillas dentro de una celda que no está entre comillas; encierra la celda y escríbelas dobles ("")',
  CSV_MAX_RECORD_SIZE: `la fila pasa de ${maxRowBytes / 1024} KiB, o las comillas de una celda no se cierran`,
}

/** More separators of one kind than of the other in the header: that is the one. */
function separadorDe(linea: string): ',' | ';' {
  return linea.split(';').length > linea.split(',').length ? ';' : ','
}

/** The lines that a row takes. The library counts a line break of two characters twice. */
const lineasDe = (celdas: readonly string[]) =>
  celdas.reduce((sum, celda) => sum + (celda.match(/\r\n|\n|\r/g)?.length ?? 0), 1)

/** How far the file can be read; what comes after a break makes no sense any more. */
interface Lectura {
  /** The line that the next row begins on. */
  linea: number
  rotura: string | undefined
}

async function* registrosDe(
  source: AsyncIterable<Uint8Array>,
  lectura: Lectura,
): AsyncGenerator<Registro> {
  let utf8 = true
  const limpio = soloUtf8(enPiezas(source), maxRowBytes, () => (utf8 = false))
  const { linea, bytes } = await cabeceraDe(limpio)
  const parser = parse({
    bom: true,
    delimiter: separadorDe(linea),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: maxRowBytes,
    skip_records_with_error: true,
    on_skip: (error) => void (lectura.rotura ??= mensajes[error?.code ?? ''] ?? 'no es CSV'),
    on_record: (celdas) => (lectura.rotura === undefined ? celdas : null),
  })
  const input = Readable.from(bytes)
  // Whatever ends the reading of the body ends that of the rows, with the same error.
  input.on('error', (error) => parser.destroy(error))
  const registros: AsyncIterable<string[]> = input.pipe(parser)
  try {
    for await (const celdas of registros) {
      yield { linea: lectura.linea, celdas }
      lectura.linea += lineasDe(celdas)
    }
  } finally {
    input.destroy()
  }
  if (!utf8) lectura.rotura = 'el archivo no está en UTF-8; guárdalo como «CSV UTF-8»'
}

const enBlanco = (celdas: readonly string[]) => celdas.every((celda) => celda.trim() === '')

/**
 * The rows of a CSV file (RFC 4180, in UTF-8 with or without a byte order mark, separated by commas
 * or semicolons as its header is), one by one as the file arrives, with turns of the event loop in
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
  let columnas: readonly C[] | undefined
  let filas = 0
  for await (const { linea, celdas } of registrosDe(source, lectura)) {
    if (columnas === undefined) {
      columnas = columnasDe(celdas, formato, errores)
      if (columnas === undefined) return
    } else if (!enBlanco(celdas)) {
      filas += 1
      if (filas > formato.maxFilas) {
        const mensaje = `el archivo tiene más de ${formato.maxFilas} filas; divídelo`
        return errores.anotar(linea, null, mensaje)
      }
      const fila = filaDe(linea, celdas, columnas, errores)
      if (fila) yield fila
    }
  }
  if (lectura.rotura !== undefined) errores.anotar(lectura.linea, null, lectura.rotura)
  else if (columnas === undefined) errores.anotar(1, null, 'el archivo está vacío')
}

function filaDe<C extends string>(
  fila: number,
  celdas: readonly string[],
  columnas: readonly C[],
  errores: ErroresImportacion,
): FilaCsv<C> | undefined {
  if (celdas.length !== columnas.length) {
    const mensaje = `tiene ${celdas.length} celdas y la cabecera ${columnas.length}`
    errores.anotar(fila, null, mensaje)
    return undefined
  }
  const dichas: { [K in C]?: string } = {}
  columnas.forEach((columna, index) => {
    dichas[columna] = reactivarFormula(celdas[index] ?? '')
  })
  return { fila, celdas: dichas }
}
