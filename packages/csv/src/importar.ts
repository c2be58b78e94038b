import { CuentaImportacion } from './cuenta.ts'
import { ErroresImportacion } from './errores.ts'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import type { FilaImportada, ResumenImportacion } from './informe.ts'

const otra: Reparo = {
  mensaje: 'la tienda ha cambiado desde la vista previa; revísala otra vez',
  regla: 'previa',
}

/** The rows of a file that are to be imported. */
export interface PorImportar<F> {
  readonly filas: readonly F[]
  /** How many rows to show. */
  readonly muestra: number
  /** What a preview told of it that somebody has agreed to; undefined: nobody has seen one. */
  readonly previa: string | undefined
}

/** What is wrong with a row. */
export interface ReparoDeCelda extends Reparo {
  readonly columna: string
}

/** What an import did or would do; with a wrong row, nothing. */
export type Importado<H> =
  | { readonly tipo: 'hecho'; readonly resumen: ResumenImportacion<H> }
  | { readonly tipo: 'rechazada'; readonly errores: ErroresImportacion }

/** Ends the write of an import that has a wrong row, so that nothing of it stays. */
class Deshecha extends Error {
  override readonly name = 'Deshecha'
  readonly errores: ErroresImportacion

  constructor(errores: ErroresImportacion) {
    super()
    this.errores = errores
  }
}

/**
 * One row after the other, with a stop after each, as a script. `hacer` answers what it does with a
 * row, or what is wrong with it; it writes only where `escribir` is true. What it writes belongs in one
 * transaction, which a wrong row ends by a throw: its promise goes to `siSeDeshace`.
 */
export function* todoONada<F extends { readonly fila: number }, H extends FilaImportada, Stop>(
  { filas, muestra, previa }: PorImportar<F>,
  escribir: boolean,
  hacer: (fila: F, escribir: boolean) => Generator<Stop, H | readonly ReparoDeCelda[], unknown>,
): Generator<Stop | void, Importado<H>, unknown> {
  const errores = new ErroresImportacion()
  const cuenta = new CuentaImportacion<H>(muestra)
  for (const fila of filas) {
    // After an error the rest is only looked at, for its errors.
    const hecha = yield* hacer(fila, escribir && errores.total === 0)
    if ('accion' in hecha) cuenta.anotar(hecha)
    else for (const { columna, ...reparo } of hecha) errores.anotar(fila.fila, columna, reparo)
    yield
  }
  if (escribir && previa !== undefined && previa !== cuenta.previa) errores.anotar(1, null, otra)
  if (errores.total === 0) return { tipo: 'hecho', resumen: cuenta.resumen(filas.length) }
  if (escribir) throw new Deshecha(errores)
  return { tipo: 'rechazada', errores }
}

/** What the write of an import answers, also where a wrong row has undone it. */
export async function siSeDeshace<T>(
  write: Promise<T>,
): Promise<T | Extract<Importado<never>, { tipo: 'rechazada' }>> {
  try {
    return await write
  } catch (error) {
    if (error instanceof Deshecha) return { tipo: 'rechazada', errores: error.errores }
    throw error
  }
}
