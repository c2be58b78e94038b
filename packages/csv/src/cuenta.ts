import type { FilaImportada, ResumenImportacion } from './informe.ts'

/** Counts what rows do, and keeps `maxMuestra` of them to show, before others those that change something. */
export class CuentaImportacion<F extends FilaImportada> {
  readonly #maxMuestra: number
  readonly #cuenta = { crear: 0, actualizar: 0, igual: 0 }
  readonly #cambian: F[] = []
  readonly #iguales: F[] = []
  #huella = 0n

  constructor(maxMuestra: number) {
    this.#maxMuestra = maxMuestra
  }

  anotar(hecha: F): void {
    this.#cuenta[hecha.accion] += 1
    const unas = hecha.accion === 'igual' ? this.#iguales : this.#cambian
    if (unas.length < this.#maxMuestra) unas.push(hecha)
    if (hecha.accion === 'igual') return
    this.#huella = Bun.hash.xxHash64(JSON.stringify(hecha), this.#huella)
  }

  /** What tells all that the rows change, from what to what, from any other changes. */
  get previa(): string {
    return this.#huella.toString(36)
  }

  /** Of a file of so many rows. */
  resumen(filas: number): ResumenImportacion<F> {
    const { crear, actualizar, igual } = this.#cuenta
    const muestra = [...this.#cambian, ...this.#iguales].slice(0, this.#maxMuestra)
    return {
      filas,
      creados: crear,
      actualizados: actualizar,
      sinCambios: igual,
      previa: this.previa,
      muestra: muestra.toSorted((a, b) => a.fila - b.fila),
    }
  }
}
