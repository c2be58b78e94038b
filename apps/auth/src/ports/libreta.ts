import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import type { CambiosDireccion, Direccion, DireccionGuardada } from '../domain/libreta.ts'

/** The owner of an account, which must still be open when it is done. */
export interface Titular {
  readonly id: string
  /** Must still be open, so that a token of before does nothing after a reset. */
  readonly sesionId?: string
}

export interface NuevaDireccion {
  readonly de: Titular
  readonly id: string
  readonly direccion: Direccion
  readonly predeterminada: boolean
}

export interface CambioDireccion {
  readonly de: Titular
  readonly id: string
  readonly cambios: CambiosDireccion
  /** The one of before stops being it. */
  readonly predeterminada: boolean
}

export type Anadida =
  | { readonly tipo: 'anadida' | 'ya-estaba'; readonly direccion: DireccionGuardada }
  | { readonly tipo: 'llena' }
  | { readonly tipo: 'sin-cuenta' }

export type Cambiada =
  | { readonly tipo: 'cambiada'; readonly direccion: DireccionGuardada }
  | { readonly tipo: 'no-encontrada' | 'sin-cuenta' }

/** What people keep so as not to type it again. It goes when they are erased. */
export interface LibretaStore {
  /** The one that is taken first, and then as they were added. */
  direcciones(usuarioId: string): Promise<readonly DireccionGuardada[]>
  /** The first one is taken first, whatever is said. One of the same content is answered as it is. */
  anadir(nueva: NuevaDireccion): Promise<Anadida>
  cambiar(cambio: CambioDireccion): Promise<Cambiada>
  /** What is not there is gone already; the oldest of the others takes its place. */
  quitar(cual: { readonly de: Titular; readonly id: string }): Promise<'quitada' | 'sin-cuenta'>
  facturaciones(usuarioId: string): Promise<readonly Facturacion[]>
  /** All of them, in the place of those of before. */
  ponerFacturaciones(nuevas: {
    readonly de: Titular
    readonly facturaciones: readonly Facturacion[]
  }): Promise<'puestas' | 'sin-cuenta'>
}
