import type { ErroresImportacion } from '@encargo/csv/errores'
import type { Importado } from '@encargo/csv/importar'
import type { FilaHecha } from '../domain/surtido.ts'
import type { Importacion, ProductosStore } from '../ports.ts'

/**
 * Imports a file, all or nothing, or with `simular` says what that would do. With what is wrong in the
 * file itself already, `errores`, its other rows are still held to the catalogue for theirs.
 */
export async function importarSurtido(
  store: Pick<ProductosStore, 'simular' | 'importar'>,
  importacion: Importacion,
  { errores, simular }: { readonly errores: ErroresImportacion; readonly simular: boolean },
): Promise<Importado<FilaHecha>> {
  if (errores.total === 0) return await store[simular ? 'simular' : 'importar'](importacion)
  const importado = await store.simular(importacion)
  const todos = importado.tipo === 'rechazada' ? errores.con(importado.errores) : errores
  return { tipo: 'rechazada', errores: todos }
}
