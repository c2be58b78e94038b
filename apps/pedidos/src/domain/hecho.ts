import type { Pedido } from './pedido.ts'

/** Something that happened to money: an order was completed, or all of it is owed back. */
export interface Hecho {
  readonly que: 'venta' | 'abono'
  /** Milliseconds since the epoch. */
  readonly en: number
  readonly pedido: Pedido
}
