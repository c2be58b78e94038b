import type { Espera } from '@encargo/service-kit/obligations/port'

export interface EsperaPedidos extends Espera {
  /** Reservations that no order stands behind, where they are too many to be let go of without asking. */
  readonly sinPedido?: number | undefined
}

/** The mark that says how many reservations are kept because no order stands behind them; none for none. */
export const marcaSinPedido = 'reservas-sin-pedido'
