import type { FilaImportada, PorImportar, ResumenImportacion } from '@encargo/service-kit/csv'
import {
  type Autoria,
  type Cambios,
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
] as const
export type ColumnaSurtido = (typeof columnasSurtido)[number]

/** A row whose cells hold what they may. The SKU says whose row it is; the rest is what it asks for. */
export interface FilaSurtido {
  /** Its line in the file. */
  readonly fila: number
  readonly sku: string
  readonly cambios: Omit<Cambios, 'sku'>
}

export type Decision =
  | { readonly accion: 'crear'; readonly datos: DatosProducto }
  | { readonly accion: 'actualizar'; readonly cambios: Cambios }
  | { readonly accion: 'igual' }
  | { readonly accion: 'falta'; readonly columna: 'nombre' | 'precio' }

/** What a row does to the product that has its SKU; null: there is none. Keeps the SKU's spelling. */
export function decidirFila(actual: DatosProducto | null, { sku, cambios }: FilaSurtido): Decision {
  if (actual) {
    const distintos = diferencia(actual, cambios)
    return Object.keys(distintos).length === 0
      ? { accion: 'igual' }
      : { accion: 'actualizar', cambios: distintos }
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
}

export type Importado = ResumenImportacion<FilaHecha>

export interface Importacion extends Autoria, PorImportar<FilaSurtido> {
  readonly newId: () => string
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
