/** The kinds of line: VENTA is what a confirmed reservation takes, DEVOLUCION what comes back of it. */
export const tiposMovimiento = ['ENTRADA', 'SALIDA', 'AJUSTE', 'VENTA', 'DEVOLUCION'] as const
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
  /** The order that sold or gave back; null for what a person did. */
  readonly pedidoId: string | null
  /** The person who did it; null for what an order did. */
  readonly usuarioId: string | null
  readonly creadoEn: number
}
