import type { Estado } from './pedido.ts'

/** One change of an order, as those who follow it hear of it. */
export interface Novedad {
  /** Its place in the history of all orders; grows with every change. */
  readonly secuencia: number
  readonly pedidoId: string
  readonly numero: number
  readonly clienteId: string
  readonly estado: Estado
  readonly motivo: string | null
  /** Milliseconds since the epoch. */
  readonly en: number
}

/** A piece of the history: after `desde`, up to and with `hasta`. */
export interface Trozo {
  /** Whose orders, or null for everybody's. */
  readonly clienteId: string | null
  readonly desde: number
  readonly hasta: number
  readonly limite: number
}

/**
 * The history of all orders, oldest first. Whoever has read up to some place and later reads on
 * from there has missed nothing: a change becomes visible only after all that stand before it.
 */
export interface Historial {
  /** The place of the last change, or 0. */
  ultima(): Promise<number>
  leer(trozo: Trozo): Promise<readonly Novedad[]>
}
