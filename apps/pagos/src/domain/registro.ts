import type { Cobro } from './cobro.ts'
import type { Movimiento } from './movimiento.ts'
import type { Reembolso } from './reembolso.ts'

/** A movement in its place among those of its charge. */
export interface MovimientoAnotado extends Movimiento {
  /** From 1. */
  readonly secuencia: number
  /** The notice that it was heard of by; null where we asked by ourselves. */
  readonly aviso: string | null
}

/** A charge with all that happened to it. */
export interface CobroEntero extends Cobro {
  readonly movimientos: readonly MovimientoAnotado[]
  readonly reembolsos: readonly Reembolso[]
}
