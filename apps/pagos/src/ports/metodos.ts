import type { Autoria } from '../domain/auditoria.ts'
import type { MetodoPago } from '../domain/metodo.ts'

export type CamposMetodo = Omit<MetodoPago, 'codigo' | 'version' | 'posicion'> & {
  /** Without one it stays where it is; a new one comes last. */
  readonly posicion: number | undefined
}

export type Puesto =
  | { readonly tipo: 'creado' | 'editado'; readonly metodo: MetodoPago }
  | { readonly tipo: 'version-distinta' }
  | { readonly tipo: 'demasiados' }

export interface PonerMetodo {
  readonly codigo: string
  readonly campos: CamposMetodo
  /** Whether the version that is there is the one that is meant; asked of none that is new. */
  readonly admite: (version: number) => boolean
  readonly por: Autoria
}

/** The ways to pay. Writes reject with StorageUnavailableError, and then nothing of them was done. */
export interface MetodoStore {
  /** In the shop's order. */
  metodos(): Promise<readonly MetodoPago[]>
  /** Makes it what is said, once; the same again is no change. */
  ponerMetodo(peticion: PonerMetodo): Promise<Puesto>
}
