import type { FilaImportada, ResumenImportacion } from './informe.ts'

/** Of an import that has done nothing. */
export const resumenVacio: ResumenImportacion<never> = {
  filas: 0,
  creados: 0,
  actualizados: 0,
  sinCambios: 0,
  muestra: [],
}

/** Counts what rows do, and keeps the first `maxMuestra` of them to show. */
export class CuentaImportacion<F extends FilaImportada> {
  readonly #maxMuestra: number
  readonly #cuenta = { crear: 0, actualizar: 0, igual: 0 }
  readonly #muestra: F[] = []

  constructor(maxMuestra: number) {
    this.#maxMuestra = maxMuestra
  }

  anotar(hecha: F): void {
    this.#cuenta[hecha.accion] += 1
    if (this.#muestra.length < this.#maxMuestra) this.#muestra.push(hecha)
  }

  /** Of a file of so many rows. */
  resumen(filas: number): ResumenImportacion<F> {
    const { crear, actualizar, igual } = this.#cuenta
    return {
      filas,
      creados: crear,
      actualizados: actualizar,
      sinCambios: igual,
      muestra: this.#muestra,
    }
  }
}
