import type { ListarAuditoria } from '@encargo/service-kit/audit/log'
import type { Autor } from '../domain/auditoria.ts'
import type { Cupon } from '../domain/cupon.ts'
import type { MetodoEnvio } from '../domain/metodo-envio.ts'

// Shipping methods and coupons. Moments are milliseconds since the epoch. Writes reject with
// StorageUnavailableError when the database can't serve, and then nothing of them was done.

/** What a customer is offered beyond products. */
export interface Ofrecido {
  /** Those that are on, in the shop's order. */
  readonly metodos: readonly MetodoEnvio[]
  readonly cupon: Cupon | undefined
  /** By orders that are not Cancelado. */
  readonly usosDelCliente: number
}

export interface PeticionOferta {
  readonly cupon: string | undefined
  /** Undefined: nobody that is known. */
  readonly clienteId: string | undefined
}

export type CamposMetodo = Omit<MetodoEnvio, 'codigo' | 'version'>
/** Without a place among the others it comes last. */
export type NuevoMetodo = Omit<MetodoEnvio, 'posicion' | 'version'> & {
  readonly posicion: number | undefined
}
export type CamposCupon = Omit<Cupon, 'codigo' | 'tipo' | 'usados' | 'version'>
export type NuevoCupon = Omit<Cupon, 'usados' | 'version'>

export type Alta<T> =
  | { readonly tipo: 'creado'; readonly creado: T }
  /** There is one with this code. */
  | { readonly tipo: 'codigo-en-uso' }
  /** There are as many as there can be. */
  | { readonly tipo: 'demasiados' }

/** A change of what is there under a code; what is not named stays. */
export interface Edicion<Campos> {
  readonly codigo: string
  readonly cambios: Partial<Campos>
  /** Whether the caller's precondition lets a change of this version through. */
  readonly admite: (version: number) => boolean
  readonly ahora: number
  readonly por?: Autor
}

export type Editado<T> =
  | { readonly tipo: 'editado'; readonly editado: T }
  | { readonly tipo: 'no-encontrado' }
  | { readonly tipo: 'version-distinta' }

export interface PaginaCupones {
  /** Only codes after this one. */
  readonly despuesDe: string
  /** Only codes that begin so; in upper case. */
  readonly prefijo: string
  readonly limite: number
}

export interface Ventas {
  /** What staff has changed of what is below, and of the shop's settings. */
  readonly auditoria: ListarAuditoria
  ofrecido(peticion: PeticionOferta): Promise<Ofrecido>
  /** All of them, in the shop's order. */
  metodosEnvio(): Promise<readonly MetodoEnvio[]>
  crearMetodo(nuevo: NuevoMetodo, ahora: number, por?: Autor): Promise<Alta<MetodoEnvio>>
  editarMetodo(edicion: Edicion<CamposMetodo>): Promise<Editado<MetodoEnvio>>
  /** By their codes; one more than `limite` when there are more. */
  cupones(pagina: PaginaCupones): Promise<readonly Cupon[]>
  cupon(codigo: string): Promise<Cupon | undefined>
  crearCupon(nuevo: NuevoCupon, ahora: number, por?: Autor): Promise<Alta<Cupon>>
  /**
   * `usos-de-mas`: it was used more often than `usosMaximos` would let it be; `sin-tiempo`: it would end
   * before it begins.
   */
  editarCupon(
    edicion: Edicion<CamposCupon>,
  ): Promise<
    | Editado<Cupon>
    | { readonly tipo: 'usos-de-mas'; readonly usados: number }
    | { readonly tipo: 'sin-tiempo' }
  >
}
