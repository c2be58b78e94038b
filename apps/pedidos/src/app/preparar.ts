import type { Pedido } from '../domain/pedido.ts'
import type { Deps } from './deps.ts'

export type Preparado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'no-encontrado' }
  /** It has ended, or is about to. */
  | { readonly tipo: 'terminado' }

const estaListo = ({ historial }: Pedido) =>
  historial.some(({ tipo }) => tipo === 'envio.preparado')

/** Says that an order is ready to be fetched or sent; once, however often it is said. */
export async function preparar(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { id, actor }: { readonly id: string; readonly actor: string },
): Promise<Preparado> {
  const antes = await store.porId(id)
  if (!antes) return { tipo: 'no-encontrado' }
  if (antes.estado !== 'Pendiente') return { tipo: 'terminado' }
  if (!estaListo(antes)) {
    await store.preparar({ numero: antes.numero, actor, ahora: clock.epochMs() })
  }
  const pedido = await store.porId(id)
  // Somebody may have ended it meanwhile.
  return pedido && estaListo(pedido) ? { tipo: 'hecho', pedido } : { tipo: 'terminado' }
}
