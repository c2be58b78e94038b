import type { Importado, PorImportar } from '@encargo/csv/importar'
import type { ListarAuditoria } from '@encargo/service-kit/audit/log'
import type { Busqueda, Lugar } from './domain/busqueda.ts'
import type { Imagen } from './domain/imagen.ts'
import type { CambioImpuesto, Impuesto } from './domain/impuesto.ts'
import type {
  Articulo,
  Autoria,
  Cambios,
  Categoria,
  DatosProducto,
  PrecioHistorico,
  Producto,
} from './domain/producto.ts'
import type { FilaHecha, FilaSurtido } from './domain/surtido.ts'

// Ids are lower-case. Every method may reject with StorageUnavailableError, and then a write has done
// nothing.

/** A change to one product, decided on inside the write, so that nothing comes in between. */
export interface Objetivo extends Autoria {
  readonly id: string
  /** Whether the version that the editor saw is still good enough. */
  readonly admite: (version: number) => boolean
}
export interface Edicion extends Objetivo {
  readonly cambios: Cambios
}

export type Alta = { readonly tipo: 'creado'; readonly producto: Producto } | SkuEnUso | Ausente
export type Archivado =
  | { readonly tipo: 'guardado'; readonly producto: Producto }
  | { readonly tipo: 'no-encontrado' }
  | { readonly tipo: 'version-distinta' }
export type Editado = Archivado | SkuEnUso | Ausente
type SkuEnUso = { readonly tipo: 'sku-en-uso' }
/** `imagenUrl` names a picture of ours, or `claseImpuesto` a class, that is not there. */
export type Ausente =
  { readonly tipo: 'imagen-inexistente' } | { readonly tipo: 'impuesto-desconocido' }

export type ImpuestoPuesto =
  | { readonly tipo: 'guardado'; readonly impuesto: Impuesto }
  /** What has begun is not changed any more. */
  | { readonly tipo: 'ya-empezado' }
  | { readonly tipo: 'demasiados' }

export interface Hallado {
  readonly producto: Producto
  readonly lugar: Lugar
}

/** Some products in the order of their creation, and the place of the last; undefined after the end. */
export interface Tramo {
  readonly productos: readonly Producto[]
  readonly ultimo: number | undefined
}

export interface Importacion extends Autoria, PorImportar<FilaSurtido> {
  readonly uuid: () => string
  /** The ISO 4217 code of the currency that a refusal names prices in. */
  readonly moneda: string
  /** Whether cells that the shop has changed since their export stay as the shop has them. */
  readonly omitirConflictos: boolean
}

/** How long a picture that no product names any more can still be had and named, in milliseconds. */
export const graciaImagenMs = 24 * 60 * 60 * 1000

export interface ProductosStore {
  porId(id: string): Promise<Producto | undefined>
  /**
   * In the order of `ids`; the unknown ones are left out, and those without `palabras` if there are
   * any to find; archived ones are not.
   */
  porIds(ids: readonly string[], palabras?: Busqueda['palabras']): Promise<Producto[]>
  /** In the order of `skus`, capitals not counting; the unknown ones are left out. */
  porSkus(skus: readonly string[]): Promise<Producto[]>
  /** Likewise by id, as orders need them, with the rates of `ahora`. */
  articulos(ids: readonly string[], ahora: number): Promise<Articulo[]>
  /** One more than `limite`, if there are more. */
  buscar(busqueda: Busqueda): Promise<readonly Hallado[]>
  categorias(): Promise<readonly Categoria[]>
  /** Newest first, of those before `antesDe`, one more than `limite`; undefined: no such product. */
  precios(
    id: string,
    page: { readonly limite: number; readonly antesDe: number | undefined },
  ): Promise<readonly PrecioHistorico[] | undefined>
  recorrer(tramo: {
    readonly archivados: boolean
    readonly despuesDe: number
    readonly limite: number
  }): Promise<Tramo>

  crear(id: string, datos: DatosProducto, autoria: Autoria): Promise<Alta>
  editar(edicion: Edicion): Promise<Editado>
  /** What is archived already stays as it is, whatever version the caller saw. */
  archivar(objetivo: Objetivo): Promise<Archivado>

  /** What each class is at `ahora`, those without a rate yet left out, in the order of their codes. */
  impuestos(ahora: number): Promise<readonly Impuesto[]>
  /** What each class has been and will be, the latest first, up to `limite` rows. */
  historialImpuestos(limite: number): Promise<readonly Impuesto[]>
  /** What is the same already is written no second time. */
  ponerImpuesto(cambio: CambioImpuesto, autoria: Autoria): Promise<ImpuestoPuesto>

  /** What staff has changed. */
  readonly auditoria: ListarAuditoria

  imagen(hash: string): Promise<Imagen | undefined>
  /**
   * Keeps the picture and makes it the product's, in one write, which also forgets some of those
   * that no product has named for `graciaImagenMs`. The same picture again changes nothing.
   */
  ponerImagen(objetivo: Objetivo, imagen: Imagen): Promise<Archivado>

  /** What the import would do, or what is wrong with it. */
  simular(importacion: Importacion): Promise<Importado<FilaHecha>>
  /** All rows in one write, or none if any is wrong. */
  importar(importacion: Importacion): Promise<Importado<FilaHecha>>
}
