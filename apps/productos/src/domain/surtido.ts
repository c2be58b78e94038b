import type { Exportada } from '@encargo/csv/control'
import type { FilaImportada, ResumenImportacion } from '@encargo/csv/informe'
import type { PorImportar } from '@encargo/csv/todo-o-nada'
import {
  type Autoria,
  type CampoProducto,
  type Cambios,
  camposProducto,
  datosDeAlta,
  type DatosProducto,
  diferencia,
  type Producto,
} from './producto.ts'

/** The columns of a file of products. */
export const columnasSurtido = [
  'sku',
  'nombre',
  'descripcion',
  'precio',
  'categoria',
  'imagenUrl',
  'activo',
  'atributos',
  'control',
] as const
export type ColumnaSurtido = (typeof columnasSurtido)[number]

/** What a row of an export vouches for, in the order of `camposProducto`. */
export type ProductoExportado = Exportada<CampoProducto>

/** A row whose cells hold what they may. The SKU says whose row it is; the rest is what it asks for. */
export interface FilaSurtido {
  /** Its line in the file. */
  readonly fila: number
  readonly sku: string
  readonly cambios: Cambios
  /** What it said when it was exported; null for a row that somebody wrote. */
  readonly exportada: ProductoExportado | null
}

export type Decision =
  | { readonly accion: 'crear'; readonly datos: DatosProducto }
  | { readonly accion: 'actualizar'; readonly cambios: Cambios }
  | { readonly accion: 'igual' }
  | { readonly accion: 'falta'; readonly columna: 'nombre' | 'precio' }
  | { readonly accion: 'conflicto'; readonly campos: readonly CampoProducto[] }

/**
 * What of a row counts as a change that somebody made, when what it said at its export is known. A
 * cell that says what it said then asks for nothing, whatever became of the product meanwhile; one
 * that says something else counts while the product still is as it was, and is a conflict after.
 */
function separarConflictos(
  actual: DatosProducto,
  distintos: Cambios,
  exportada: ProductoExportado,
) {
  const cambios = { ...distintos }
  const conflictos: CampoProducto[] = []
  for (const campo of camposProducto) {
    if (!(campo in distintos)) continue
    const tocado = !exportada.era(campo, distintos[campo])
    if (tocado && exportada.era(campo, actual[campo])) continue
    delete cambios[campo]
    if (tocado) conflictos.push(campo)
  }
  return { cambios, conflictos }
}

/**
 * What a row does to its product, `omitir` leaving conflicts as they are; null: there is none. Keeps
 * the SKU's spelling.
 */
export function decidirFila(
  actual: DatosProducto | null,
  { sku, cambios, exportada }: FilaSurtido,
  omitir: boolean,
): Decision {
  if (actual) {
    const distintos = diferencia(actual, cambios)
    const { cambios: hechos, conflictos } = exportada
      ? separarConflictos(actual, distintos, exportada)
      : { cambios: distintos, conflictos: [] }
    if (conflictos.length > 0 && !omitir) return { accion: 'conflicto', campos: conflictos }
    return Object.keys(hechos).length === 0
      ? { accion: 'igual' }
      : { accion: 'actualizar', cambios: hechos }
  }
  const { nombre, precio, activo = true, ...resto } = cambios
  if (nombre === undefined) return { accion: 'falta', columna: 'nombre' }
  if (precio === undefined) return { accion: 'falta', columna: 'precio' }
  return { accion: 'crear', datos: { ...datosDeAlta({ ...resto, sku, nombre, precio }), activo } }
}

export interface FilaHecha extends FilaImportada {
  readonly sku: string
  readonly nombre: string
  /** The fields that it writes. */
  readonly campos: string[]
  /** What stands in them before, null where there is no product yet, and after. */
  readonly antes: Cambios | null
  readonly despues: Cambios
}

export type Importado = ResumenImportacion<FilaHecha>

export interface Importacion extends Autoria, PorImportar<FilaSurtido> {
  readonly newId: () => string
  /** Whether cells that the shop has changed since their export stay as the shop has them. */
  readonly omitirConflictos: boolean
}

/** Some products in the order of their creation, and the place of the last; null after the end. */
export interface Tramo {
  readonly productos: Producto[]
  readonly ultimo: number | null
}

/**
 * The catalogue as a whole, by SKU, as people keep it in a sheet. Every method may reject with
 * StorageUnavailableError.
 */
export interface Surtido {
  /** The ISO 4217 code of the currency that all prices are in. */
  readonly moneda: string
  /** In the order of `skus`, capitals not counting; the unknown ones are left out. */
  porSkus(skus: readonly string[]): Promise<Producto[]>
  recorrer(tramo: {
    readonly archivados: boolean
    readonly despuesDe: number
    readonly limite: number
  }): Promise<Tramo>
  /** What the import would do, and what is wrong with it. */
  simular(importacion: Importacion): Promise<Importado>
  /** All rows in one write, or none if any is wrong. */
  importar(importacion: Importacion): Promise<Importado>
}
