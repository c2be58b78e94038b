import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { OrdenDeCobro } from '@encargo/service-kit/values/cobro-dicho'
import type { CobroEntero } from '../domain/registro.ts'

// What pagos asks of pedidos. All of it rejects with PeerUnavailableError when pedidos can't be had.

/** An order as far as it is to be paid. */
export interface Pedido {
  readonly id: string
  readonly numero: number
  readonly clienteId: string
  readonly moneda: string
  /** What a new charge of it may come to; 0 where it takes none. */
  readonly porCobrar: number
  /** Passed on to the provider, never kept. */
  readonly email: string | undefined
  readonly idioma: 'es' | 'en'
}

export type Contado =
  | {
      readonly tipo: 'contado'
      /** Until when the stock is held; null for without end, or where there is none to hold. */
      readonly apartadoHasta: number | null
      readonly ordenes: readonly OrdenDeCobro[]
    }
  /** The order takes no such charge. */
  | { readonly tipo: 'no-cobrable' }
  /** There is no such order. */
  | { readonly tipo: 'desconocido' }

export interface Pedidos {
  /**
   * An order as the owner of an access token sees it, or without one as this service does. Undefined: there
   * is none, or it is not theirs.
   */
  pedido(id: string, token: string | undefined, call: CallContext): Promise<Pedido | undefined>
  /** The order that a link opens. */
  deEnlace(enlace: string, call: CallContext): Promise<string | undefined>
  /** Tells all that is known of a charge. */
  contar(cobro: CobroEntero, call: CallContext): Promise<Contado>
}
