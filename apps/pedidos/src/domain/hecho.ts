import type { CausaAbono } from './cobranza/cuenta.ts'
import type { TipoDeDinero } from './cobranza/movimiento.ts'
import type { Pedido } from './pedido.ts'

interface DePedido {
  /** Milliseconds since the epoch. */
  readonly en: number
  readonly pedido: Pedido
}

/** An order was completed. */
export interface Venta extends DePedido {
  readonly que: 'venta'
}

/** All or some of what it took in is given up. */
export interface AbonoHecho extends DePedido {
  readonly que: 'abono'
  readonly abono: {
    readonly id: string
    readonly causa: CausaAbono
    readonly importe: number
    /** What of it is tax. */
    readonly impuesto: number
  }
}

export type DeVenta = Venta | AbonoHecho

/** Money of an order moved, whatever had become of it. */
export interface DineroHecho extends DePedido {
  readonly que: TipoDeDinero
  readonly importe: number
  readonly metodo: string
  /** The provider's name for it. */
  readonly referencia: string
  /** Which one it is: where to go on after it. */
  readonly cobroId: string
  readonly secuencia: number
}

/** Something that happened to money, or to what is owed of it. */
export type Hecho = DeVenta | DineroHecho
