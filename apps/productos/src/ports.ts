import type { Pagina } from '@encargo/service-kit/http/pagination'
import type { Busqueda } from './domain/busqueda.ts'
import type { Imagen } from './domain/imagen.ts'
import type {
  Articulo,
  Autoria,
  Cambios,
  Categoria,
  DatosProducto,
  PrecioHistorico,
  Producto,
} from './domain/producto.ts'

/** A change to one product, decided on inside the write, so that nothing comes in between. */
export interface Objetivo extends Autoria {
  readonly id: string
  /** Whether the version that the editor saw is still good enough. */
  readonly admite: (version: number) => boolean
}
export interface Edicion extends Objetivo {
  readonly cambios: Cambios
}
export type Archivo = Objetivo

export type Alta =
  { readonly tipo: 'creado'; readonly producto: Producto } | SkuEnUso | ImagenInexistente
export type Archivado =
  | { readonly tipo: 'guardado'; readonly producto: Producto }
  | { readonly tipo: 'no-encontrado' }
  | { readonly tipo: 'version-distinta' }
export type Editado = Archivado | SkuEnUso | ImagenInexistente
type SkuEnUso = { readonly tipo: 'sku-en-uso' }
/** `imagenUrl` names a picture of ours that is not there. */
type ImagenInexistente = { readonly tipo: 'imagen-inexistente' }

/** The storage port of the catalogue. Every method may reject with StorageUnavailableError. */
export interface Catalogo {
  porId(id: string): Promise<Producto | null>
  /**
   * In the order of `ids`; the unknown ones are left out, and those without `palabras` if there are
   * any to find; archived ones are not.
   */
  porIds(ids: readonly string[], palabras?: Busqueda['palabras']): Promise<Producto[]>
  /** Likewise, as orders need them. */
  articulos(ids: readonly string[]): Promise<Articulo[]>
  /** @throws ProblemError 422 for a cursor of another list */
  buscar(busqueda: Busqueda): Promise<Pagina<Producto>>
  categorias(): Promise<Categoria[]>
  /** Newest first; `null` for an unknown product. */
  precios(
    id: string,
    page: { limite: number; cursor: string | null },
  ): Promise<Pagina<PrecioHistorico> | null>
  crear(id: string, datos: DatosProducto, autoria: Autoria): Promise<Alta>
  editar(edicion: Edicion): Promise<Editado>
  /** What is archived already stays as it is, whatever version the caller saw. */
  archivar(archivo: Archivo): Promise<Archivado>
}

/** How long a picture that no product names any more can still be had and named, in milliseconds. */
export const graciaImagenMs = 24 * 60 * 60 * 1000

/** The uploaded pictures. Every method may reject with StorageUnavailableError. */
export interface Imagenes {
  porHash(hash: string): Promise<Imagen | null>
  /**
   * Keeps the picture and makes it the product's, in one write, which also forgets some of those
   * that no product has named for `graciaImagenMs`. The same picture again changes nothing.
   */
  poner(objetivo: Objetivo, imagen: Imagen): Promise<Archivado>
}
