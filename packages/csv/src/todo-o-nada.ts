// For a store that is not made of scripts yet; the others import by `importar.ts`.
import { CuentaImportacion } from './cuenta.ts'
import type { ErroresImportacion } from './errores.ts'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import type { FilaImportada, ResumenImportacion } from './informe.ts'

/** The rows of a file that are to be imported. */
export interface PorImportar<F> {
  readonly filas: readonly F[]
  /** What is wrong with rows is noted here, and then nothing is written. */
  readonly errores: ErroresImportacion
  /** How many rows to show. */
  readonly muestra: number
  /** What a preview told of it that somebody has agreed to; undefined: nobody has seen one. */
  readonly previa: string | undefined
}

const otra: Reparo = {
  mensaje: 'la tienda ha cambiado desde la vista previa; revísala otra vez',
  regla: 'previa',
}

/** Ends the write of an import that has a wrong row, so that nothing of it stays. */
class Deshecha extends Error {
  override readonly name = 'Deshecha'
}

/**
 * One row after the other, with a stop after each. `hacer` notes what is wrong with a row and else
 * answers what it does; it writes only where `escribir` is true. What it writes belongs in one
 * transaction, which a wrong row ends by a throw: its promise goes to `siSeDeshace`.
 */
export function* filaPorFila<F, H extends FilaImportada>(
  { filas, errores, muestra, previa }: PorImportar<F>,
  escribir: boolean,
  hacer: (fila: F, escribir: boolean) => H | 'erronea',
): Generator<void, ResumenImportacion<H>, void> {
  const cuenta = new CuentaImportacion<H>(muestra)
  for (const fila of filas) {
    // After an error the rest is only looked at, for its errors.
    const hecha = hacer(fila, escribir && errores.total === 0)
    if (hecha !== 'erronea') cuenta.anotar(hecha)
    yield
  }
  if (escribir && previa !== undefined && previa !== cuenta.previa) errores.anotar(1, null, otra)
  if (escribir && errores.total > 0) throw new Deshecha()
  return cuenta.resumen(filas.length)
}

/** What the write of an import answers; `nada` where a wrong row has undone it. */
export async function siSeDeshace<T>(write: Promise<T>, nada: NoInfer<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    if (error instanceof Deshecha) return nada
    throw error
  }
}
