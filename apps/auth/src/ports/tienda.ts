import type { ImagenGuardada, ImagenTienda, NuevaImagen } from '../domain/imagen-tienda.ts'
import type { CambiosCara, Cara, UsoImagen } from '../domain/tienda.ts'

/** How the shop presents itself. */
export interface Tienda {
  readonly cara: Cara
  /** At most one of each use. */
  readonly imagenes: readonly ImagenTienda[]
  /** 0 until anything is said. */
  readonly version: number
  /** In milliseconds, null until then. */
  readonly actualizadoEn: number | null
}

/** Who changes it: an admin, which they must still be when it is done. */
export interface CambioTienda {
  readonly actorId: string
  readonly direccion: string | undefined
  /** Whether the caller has seen this version, if that matters to them. */
  readonly admite: (version: number) => boolean
  readonly now: number
}

export type TiendaCambiada =
  | { readonly tipo: 'guardada'; readonly tienda: Tienda }
  | { readonly tipo: 'version-distinta' | 'sin-permiso' }

/** What is there already changes nothing, and leaves the version as it is. */
export interface TiendaStore {
  leer(): Promise<Tienda>
  editar(cambio: CambioTienda, cambios: CambiosCara): Promise<TiendaCambiada>
  /** Takes the place of the one before, which can still be seen for a while. */
  ponerImagen(cambio: CambioTienda, imagen: NuevaImagen): Promise<TiendaCambiada>
  quitarImagen(cambio: CambioTienda, uso: UsoImagen): Promise<TiendaCambiada>
  /** Also one whose place another took not long ago. */
  imagen(uso: UsoImagen, huella: string): Promise<ImagenGuardada | undefined>
}
