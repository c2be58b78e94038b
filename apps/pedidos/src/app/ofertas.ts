import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { clienteDePaso } from '../domain/compra.ts'
import type { Encargado, Oferta } from '../domain/cotizacion.ts'
import type { Deps } from './deps.ts'

/**
 * What the shop offers for an order now. A method is taxed by a class of productos, which is asked for it.
 * @throws PeerUnavailableError, PeerProtocolError
 */
export async function ofertaDe(
  { store, catalogo, clock }: Pick<Deps, 'store' | 'catalogo' | 'clock'>,
  { metodoEnvio, cupon, cliente }: Omit<Encargado, 'pedidas' | 'lugar'>,
  clienteId: string | undefined,
  call: CallContext,
): Promise<Oferta> {
  const conocido = cliente === 'con-cuenta' && clienteId !== clienteDePaso
  const [ofrecido, gravamenes] = await Promise.all([
    store.ofrecido({ cupon, clienteId: conocido ? clienteId : undefined }),
    metodoEnvio === undefined ? new Map() : catalogo.gravamenes(call),
  ])
  return { ...ofrecido, gravamenes, ahora: clock.epochMs() }
}
