import type { Estado } from './estado.ts'

export const tiposEvento = [
  'envio.preparado',
  'pedido.anulado',
  'pedido.pagado',
  'pedido.asegurado',
  'pedido.vencido',
  'pedido.reapartado',
  'pedido.abonado',
  'cobro.abierto',
  'cobro.disputado',
  'reembolso.hecho',
  'reembolso.fallido',
] as const
/**
 * What can happen to an order beside becoming something else. Not a union by name, which the client's types
 * could not write out.
 */
export type TipoEvento = (typeof tiposEvento)[number]

/**
 * One entry of the history of orders: a change that callers can see. `actor` is a user's or service's
 * id, or `sistema`; `en` is in milliseconds since the epoch.
 */
export interface Evento {
  readonly estado: Estado
  readonly motivo: string | null
  readonly actor: string
  readonly en: number
  /** What happened to an order that stays what it is; without it, it became `estado`. */
  readonly tipo?: TipoEvento
}

/** As it stands in the database. */
export type FilaEvento<E extends Evento | EventoSeguido = Evento> = Omit<E, 'tipo'> & {
  readonly tipo: TipoEvento | null
}

/** What most events don't say is not there. */
export function aEvento<E extends { readonly tipo: TipoEvento | null }>(fila: E) {
  const { tipo, ...evento } = fila
  return tipo === null ? evento : { ...evento, tipo }
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
