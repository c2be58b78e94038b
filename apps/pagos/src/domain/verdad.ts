import type { Disputa, EstadoCobro, EstadoReembolsoDicho } from '@encargo/service-kit/values/cobros'
import type { CausaCierre } from './cobro.ts'
import type { Movimiento } from './movimiento.ts'

export interface ReembolsoVisto {
  /** The provider's name for it. */
  readonly referencia: string
  /** Our name for it, where the provider tells it. */
  readonly clave: string | undefined
  readonly importe: number
  readonly estado: EstadoReembolsoDicho
}

/** All that a provider says of a charge, whole. */
export interface Verdad {
  readonly estado: Exclude<EstadoCobro, 'creado'>
  readonly causa: CausaCierre | undefined
  /** In which currency its amounts are, ISO 4217 in upper case. */
  readonly moneda: string
  /** Which charge it says that it is of; undefined where it does not tell. */
  readonly cobroId: string | undefined
  /** When it will end by itself, as a voucher does; undefined where that is not told. */
  readonly expiraEn: number | undefined
  /** Everything that ever happened to its money, in any order. */
  readonly movimientos: readonly Movimiento[]
  readonly reembolsos: readonly ReembolsoVisto[]
  readonly disputa: Disputa | undefined
  /** Why the last attempt to pay was declined, in the provider's word. */
  readonly ultimoRechazo: string | undefined
}
