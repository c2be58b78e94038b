import type { ErrorFila, Reparo } from '@encargo/service-kit/values/row-rules'

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

  /** `columna`: null where it is the row as a whole. */
  anotar(fila: number, columna: string | null, reparo: Reparo): void {
    const { mensaje, regla, limite, dato } = reparo
    this.#total += 1
    this.#primeros.push({
      fila,
      columna,
      mensaje,
      regla,
      ...(limite === undefined ? {} : { limite }),
      ...(dato === undefined ? {} : { dato }),
    })
    if (this.#primeros.length >= 2 * mostrados) this.#primeros = this.primeros()
  }

  /** By line, at most 200. */
  primeros(): ErrorFila[] {
    return this.#primeros.toSorted(porFila).slice(0, mostrados)
  }

  /** These and those of another look at the same file. */
  con(otros: ErroresImportacion): ErroresImportacion {
    const todos = new ErroresImportacion()
    todos.#total = this.#total + otros.#total
    todos.#primeros = [...this.primeros(), ...otros.primeros()]
    return todos
  }
}
