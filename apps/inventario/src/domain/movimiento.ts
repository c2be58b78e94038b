/** The kinds of line that the ledger has; VENTA is what a confirmed reservation takes. */
export const tiposMovimiento = ['ENTRADA', 'SALIDA', 'AJUSTE', 'VENTA'] as const
export type TipoMovimiento = (typeof tiposMovimiento)[number]

/** One line of the ledger, as its row has it: who or what changed `fisico`, by how much, and to what. */
export interface Movimiento {
  readonly id: string
  /** The order in which lines were written, whatever the clock said. */
  readonly secuencia: number
  readonly productoId: string
  readonly tipo: TipoMovimiento
  /** Signed: what left the warehouse is negative. */
  readonly cantidad: number
  readonly fisicoResultante: number
  readonly motivo: string | null
  /** The order that a sale belongs to; null for what a person did. */
  readonly pedidoId: string | null
  /** The person who did it; null for a sale. */
  readonly usuarioId: string | null
  readonly creadoEn: number
}
