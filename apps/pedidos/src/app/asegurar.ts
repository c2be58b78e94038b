import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { apartadoDe } from '../domain/cobranza/de-pedido.ts'
import type { Pedido } from '../domain/pedido.ts'
import { cumplirLoPendiente, masVueltas, type PorTerminar } from './cambiar.ts'
import { type Deps, graciaMs } from './deps.ts'

export type Asegurado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'no-encontrado' }
  /** It has ended, or its stock is gone. */
  | { readonly tipo: 'terminado' }
  | PorTerminar

/** Has an order's stock kept until it leaves or the order is cancelled: somebody takes it as good as paid. */
export async function asegurar(
  { store, clock }: Deps,
  cumplidor: Fulfiller,
  { id, actor }: { readonly id: string; readonly actor: string },
  call: CallContext,
): Promise<Asegurado> {
  for (let vuelta = 0; vuelta < masVueltas; vuelta++) {
    const pedido = await store.porId(id)
    if (!pedido) return { tipo: 'no-encontrado' }
    if (pedido.estado !== 'Pendiente') return { tipo: 'terminado' }
    if (pedido.intencion) {
      const falta = await cumplirLoPendiente(cumplidor, pedido, call)
      if (falta) return falta
      continue
    }
    const apartado = apartadoDe(pedido)
    if (apartado === 'firme') return { tipo: 'hecho', pedido }
    if (apartado === 'vencido') return { tipo: 'terminado' }
    const ahora = clock.epochMs()
    const cuando = { ahora, proximaEn: ahora + graciaMs, traza: call.traceId }
    await store.proponerAsegurar({ ...cuando, numero: pedido.numero, actor })
  }
  throw new Error('an order with a purpose did not come to its end')
}
