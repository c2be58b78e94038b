import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { describeError } from '@encargo/service-kit/run/logger'
import { reservaDe } from '../domain/cobranza/de-pedido.ts'
import type { HistoriaPedido } from '../domain/explicacion.ts'
import type { Reserva } from '../ports/peers.ts'
import type { Deps } from './deps.ts'

// What is told of orders with the help of other services: while those are away, less, but not nothing.

/** Customers whose name, e-mail or telephone somebody looks for; none while auth is away. */
export async function llamados({ clientes, logger }: Deps, q: string, call: CallContext) {
  try {
    return await clientes.hallar(q, call)
  } catch (error) {
    if (!(error instanceof PeerUnavailableError)) {
      logger.warn('customers could not be searched', { error: describeError(error) })
    }
    return []
  }
}

export interface Explicado {
  readonly historia: HistoriaPedido
  /** As it is now, if there is one. */
  readonly reserva: Reserva | undefined
  readonly inventarioResponde: boolean
}

/** The story of an order, if there is such an order. */
export async function explicar(
  { store, reservas, logger }: Deps,
  id: string,
  call: CallContext,
): Promise<Explicado | undefined> {
  const historia = await store.historia(id)
  if (!historia) return undefined
  try {
    const reserva = await reservas.consultar(reservaDe(historia.pedido), call)
    return { historia, reserva, inventarioResponde: true }
  } catch (error) {
    logger.warn('a story is told without inventario', { error: describeError(error) })
    return { historia, reserva: undefined, inventarioResponde: false }
  }
}
