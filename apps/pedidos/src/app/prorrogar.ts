import { Chronicle } from '@encargo/service-kit/obligations/chronicle'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { margenDe, reservaDe } from '../domain/cobranza/de-pedido.ts'
import { type Pedido, plazoMaximoMs } from '../domain/pedido.ts'
import type { Deps } from './deps.ts'

export interface PeticionProrroga {
  readonly id: string
  readonly actor: string
  /** Milliseconds since the epoch. */
  readonly expiraEn: number
}

export type Prorroga =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'no-encontrado' }
  /** Further ahead than inventario holds stock. */
  | { readonly tipo: 'demasiado-lejos' }
  /** It has ended, or is about to. */
  | { readonly tipo: 'terminado' }

/**
 * Has an order's stock held until a later moment: first inventario, then it is written here. Who dies in
 * between leaves a reservation that lasts longer than its order, which gives it back when its own time
 * is over; asking again makes up for it.
 *
 * @throws PeerUnavailableError, PeerProtocolError; the order is then as it was
 */
export async function prorrogar(
  { store, reservas, clock }: Deps,
  { id, actor, expiraEn }: PeticionProrroga,
  call: CallContext,
): Promise<Prorroga> {
  const maximo = clock.epochMs() + plazoMaximoMs
  if (expiraEn > maximo) return { tipo: 'demasiado-lejos' }
  const pedido = await store.porId(id)
  if (!pedido) return { tipo: 'no-encontrado' }
  if (pedido.estado !== 'Pendiente' || pedido.intencion) return { tipo: 'terminado' }
  if (expiraEn <= pedido.expiraEn) return { tipo: 'hecho', pedido }
  const margen = margenDe(pedido)
  const guardada = Math.min(expiraEn + margen, maximo)
  const cronista = new Chronicle(clock)
  const prorroga = await cronista.step(
    'inventario: prorrogar',
    () => reservas.prorrogar(reservaDe(pedido), guardada, call),
    ({ tipo }) => tipo,
  )
  if (prorroga.tipo === 'cerrada') return { tipo: 'terminado' }
  const ahora = clock.epochMs()
  const corrida = cronista.run({
    operacion: 'prorrogar',
    actor,
    traza: call.traceId,
    resultado: 'Pendiente',
    en: ahora,
  })
  const hasta = Math.max(expiraEn, prorroga.expiraEn - margen)
  await store.prorrogar({ numero: pedido.numero, expiraEn: hasta, ahora, corrida })
  const despues = await store.porId(id)
  // Somebody may have ended it meanwhile, and what they intend counts; or had it held for longer yet.
  return despues && despues.expiraEn >= hasta
    ? { tipo: 'hecho', pedido: despues }
    : { tipo: 'terminado' }
}
