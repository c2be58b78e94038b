import { type Importado, siSeDeshace, todoONada } from '@encargo/csv/importar'
import { claveSku } from '@encargo/service-kit/values/sku'
import { type Engine, type Script, statement } from '@encargo/storage'
import { decidirFila, type FilaHecha, type FilaSurtido } from '../domain/surtido.ts'
import type { Importacion, ProductosStore } from '../ports.ts'
import { cambiar, insertar } from './cambio.ts'
import { aProducto, columnas, enOrden, type Fila, porId } from './filas.ts'
import { faltaImagen } from './imagenes.ts'

export const porClave = statement<Fila, [clave: string]>(
  `SELECT ${columnas} FROM productos WHERE sku_clave = ?1`,
)
export const porClaves = statement<Fila, [claves: string]>(
  `SELECT ${columnas} FROM productos WHERE sku_clave IN (SELECT value FROM json_each(?1))`,
)
// Along the table itself, whichever are wanted.
const tramo = statement<Fila, [despuesDe: number, activo: number, limite: number]>(
  `SELECT ${columnas} FROM productos WHERE n > ?1 AND +activo >= ?2 ORDER BY n LIMIT ?3`,
)

/**
 * The product that a row is of. One that was exported knows it by its id, whatever its SKU became;
 * in another shop there is no such id, and the row is one that somebody wrote.
 */
function* suya(
  fila: FilaSurtido,
): Script<{ readonly actual: Fila | undefined; fila: FilaSurtido }> {
  const actual = fila.exportada && (yield* porId.get(fila.exportada.id))
  if (actual) return { actual, fila }
  return {
    actual: yield* porClave.get(claveSku(fila.sku)),
    fila: { ...fila, exportada: undefined },
  }
}

/** One row after the other; `escribir` false only looks. */
function* pasos(importacion: Importacion, escribir: boolean): Script<Importado<FilaHecha>> {
  const { uuid, moneda, omitirConflictos } = importacion
  /** The row of each product that has had one. */
  const vistos = new Map<number, number>()
  return yield* todoONada(importacion, escribir, function* (leida: FilaSurtido, escribirla) {
    const { actual, fila } = yield* suya(leida)
    const primera = actual && vistos.get(actual.n)
    if (primera !== undefined) {
      // By its SKU of then in one row, by that of now in another.
      const mensaje = `su producto está también en la fila ${primera}; va una vez`
      return [{ columna: 'sku', mensaje, regla: 'fila-repetida', limite: primera }]
    }
    if (actual) vistos.set(actual.n, fila.fila)
    const decision = decidirFila(actual && aProducto(actual), fila, {
      omitirConflictos,
      faltaImagen: yield* faltaImagen(fila.cambios.imagenUrl),
      moneda,
    })
    if (decision.tipo === 'rechazada') return decision.reparos
    if (escribirla && decision.tipo === 'crear') {
      yield* insertar(uuid(), decision.datos, importacion)
    }
    if (escribirla && decision.tipo === 'actualizar' && actual) {
      const { cambios } = decision
      yield* cambiar(actual, { ...importacion, id: actual.id, cambios, admite: () => true })
    }
    return decision.hecha
  })
}

/** The catalogue as a whole. */
export const surtido = (
  engine: Engine,
): Pick<ProductosStore, 'porSkus' | 'recorrer' | 'simular' | 'importar'> => ({
  async porSkus(skus) {
    const claves = skus.map(claveSku)
    const filas = await engine.ask(porClaves.all(JSON.stringify(claves)))
    return enOrden(claves, filas, ({ skuClave }) => skuClave, aProducto)
  },
  async recorrer({ archivados, despuesDe, limite }) {
    const filas = await engine.ask(tramo.all(despuesDe, archivados ? 0 : 1, limite))
    const ultimo = filas.length < limite ? undefined : filas.at(-1)?.n
    return { productos: filas.map(aProducto), ultimo }
  },
  simular: (importacion) => engine.lookInSteps(() => pasos(importacion, false)),
  importar: (importacion) => siSeDeshace(engine.writeInSteps(() => pasos(importacion, true))),
})
