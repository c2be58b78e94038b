import type { Estado } from './pedido.ts'

/**
 * One entry of the history of orders: a change that callers can see. `actor` is a user's or service's
 * id, or `sistema`; `en` is in milliseconds since the epoch.
 */
export interface Evento {
  readonly estado: Estado
  readonly motivo: string | null
  readonly actor: string
  readonly en: number
}

/** The same among those of all orders, as who follows them hears of it. */
export interface EventoSeguido extends Omit<Evento, 'actor'> {
  /** Its place in the history of all orders; grows with every event. */
  readonly secuencia: number
  readonly pedidoId: string
  readonly numero: number
  readonly clienteId: string
}

/** A stretch of the history: after the place `desde`, up to and with `hasta`. */
export interface Trecho {
  readonly desde: number
  readonly hasta: number
}
