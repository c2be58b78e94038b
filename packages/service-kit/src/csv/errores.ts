import { type Problema, problema } from '../problems.ts'

/** What is wrong with one row. `fila` is its line in the file; the header is line 1. */
export interface ErrorFila {
  readonly fila: number
  /** The column that is to blame, null where it is the row as a whole. */
  readonly columna: string | null
  readonly mensaje: string
}

/** How many errors an answer lists; a person mends these and tries again. */
const mostrados = 200

const porFila = (a: ErrorFila, b: ErrorFila) => a.fila - b.fila

/** The errors of an import: all of them counted, only the first ones kept. */
export class ErroresImportacion {
  #total = 0
  #primeros: ErrorFila[] = []

  get total(): number {
    return this.#total
  }

  anotar(fila: number, columna: string | null, mensaje: string): void {
    this.#total += 1
    this.#primeros.push({ fila, columna, mensaje })
    if (this.#primeros.length >= 2 * mostrados) this.#primeros = this.primeros()
  }

  /** By line, at most 200. */
  primeros(): ErrorFila[] {
    return this.#primeros.toSorted(porFila).slice(0, mostrados)
  }

  /** The refusal of the whole file, for `rechazar('importacion-invalida', ...)`. */
  problema(): Problema<'importacion-invalida'> {
    const total = this.#total
    const detail =
      total === 1
        ? 'Una fila tiene un error; no se ha importado ninguna. Corrígela y vuelve a enviar el archivo.'
        : `Hay ${total} errores; no se ha importado ninguna fila. Corrígelos y vuelve a enviar el archivo.`
    return problema('importacion-invalida', { detail, total, filas: this.primeros() })
  }
}
