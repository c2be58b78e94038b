import { type Importado, siSeDeshace, todoONada } from '@encargo/csv/importar'
import { apuntar } from '@encargo/service-kit/audit/log'
import { claveSku } from '@encargo/service-kit/values/sku'
import { type Engine, type Script, statement, together } from '@encargo/storage'
import { apunteDeImportacion } from '../domain/auditoria.ts'
import { hashDeRuta } from '../domain/imagen.ts'
import { claseGeneral } from '../domain/impuesto.ts'
import { decidirFila, type FilaHecha, type FilaSurtido } from '../domain/surtido.ts'
import type { Importacion, ProductosStore } from '../ports.ts'
import { actualizar, insertar, type PorCambiar, type PorCrear } from './cambio.ts'
import { aProducto, columnas, enOrden, type Fila, porIds } from './filas.ts'
import { cuales } from './imagenes.ts'
import { clases } from './impuestos.ts'
import { filasPorLote } from './lote.ts'

export const porClaves = statement<Fila, [claves: string]>(
  `SELECT ${columnas} FROM productos WHERE sku_clave IN (SELECT value FROM json_each(?1))`,
)
// Along the table itself, whichever are wanted.
const tramo = statement<Fila, [despuesDe: number, activo: number, limite: number]>(
  `SELECT ${columnas} FROM productos WHERE n > ?1 AND +activo >= ?2 ORDER BY n LIMIT ?3`,
)

/** Some rows of a file, what the shop has of them, and what is to be written of it. */
interface Lote {
  readonly porId: ReadonlyMap<string, Fila>
  readonly porClave: ReadonlyMap<string, Fila>
  readonly imagenes: ReadonlySet<string>
  readonly clases: ReadonlySet<string>
  readonly altas: PorCrear[]
  readonly cambios: PorCambiar[]
}

function* mirar(filas: readonly FilaSurtido[]): Script<Lote> {
  const ids = filas.flatMap(({ exportada }) => (exportada ? [exportada.id] : []))
  const hashes = filas.flatMap(({ cambios }) => hashDeRuta(cambios.imagenUrl) ?? [])
  const nombradas = filas.flatMap(({ cambios }) => cambios.claseImpuesto ?? [])
  const [deIds, deClaves, imagenes, conocidas] = yield* together(
    porIds.all(JSON.stringify(ids)),
    porClaves.all(JSON.stringify(filas.map(({ sku }) => claveSku(sku)))),
    cuales.all(JSON.stringify(hashes)),
    clases.all(JSON.stringify(nombradas)),
  )
  return {
    porId: new Map(deIds.map((fila) => [fila.id, fila])),
    porClave: new Map(deClaves.map((fila) => [fila.skuClave, fila])),
    imagenes: new Set(imagenes.map(({ hash }) => hash)),
    clases: new Set([claseGeneral, ...conocidas.map(({ codigo }) => codigo)]),
    altas: [],
    cambios: [],
  }
}

/**
 * The product that a row is of. One that was exported knows it by its id, whatever its SKU became;
 * in another shop there is no such id, and the row is one that somebody wrote.
 */
function suya(fila: FilaSurtido, { porId, porClave }: Lote) {
  const actual = fila.exportada && porId.get(fila.exportada.id)
  if (actual) return { actual, fila }
  return { actual: porClave.get(claveSku(fila.sku)), fila: { ...fila, exportada: undefined } }
}

/**
 * One row after the other; `escribir` false only looks. They are read and written some at a time: each is
 * of a product of its own, so no row sees what another one does.
 */
function* pasos(importacion: Importacion, escribir: boolean): Script<Importado<FilaHecha>> {
  const { filas, uuid, moneda, omitirConflictos } = importacion
  /** The row of each product that has had one. */
  const vistos = new Map<number, number>()
  let lote = yield* mirar([])
  let leidas = 0
  return yield* todoONada(importacion, escribir, function* (leida: FilaSurtido, escribirla) {
    if (leidas % filasPorLote === 0) lote = yield* mirar(filas.slice(leidas, leidas + filasPorLote))
    leidas++
    const { actual, fila } = suya(leida, lote)
    const primera = actual && vistos.get(actual.n)
    if (primera !== undefined) {
      // By its SKU of then in one row, by that of now in another.
      const mensaje = `su producto está también en la fila ${primera}; va una vez`
      return [{ columna: 'sku', mensaje, regla: 'fila-repetida', limite: primera }]
    }
    if (actual) vistos.set(actual.n, fila.fila)
    const { imagenUrl, claseImpuesto = claseGeneral } = fila.cambios
    const hash = hashDeRuta(imagenUrl)
    const decision = decidirFila(actual && aProducto(actual), fila, {
      omitirConflictos,
      faltaImagen: hash !== undefined && !lote.imagenes.has(hash),
      faltaClase: !lote.clases.has(claseImpuesto),
      moneda,
    })
    if (decision.tipo === 'rechazada') return decision.reparos
    if (decision.tipo === 'crear') lote.altas.push({ id: uuid(), datos: decision.datos })
    if (decision.tipo === 'actualizar' && actual) {
      lote.cambios.push({ fila: actual, cambios: decision.cambios })
    }
    if (escribirla && (leidas % filasPorLote === 0 || leidas === filas.length)) {
      yield* insertar(lote.altas, importacion)
      yield* actualizar(lote.cambios, importacion)
    }
    return decision.hecha
  })
}

/** A file that changes nothing leaves no line. */
function* importar(importacion: Importacion): Script<Importado<FilaHecha>> {
  const importado = yield* pasos(importacion, true)
  if (importado.tipo === 'rechazada') return importado
  const { creados, actualizados } = importado.resumen
  if (creados + actualizados > 0) {
    yield* apuntar(apunteDeImportacion({ creados, actualizados }, importacion))
  }
  return importado
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
  importar: (importacion) => siSeDeshace(engine.writeInSteps(() => importar(importacion))),
})
