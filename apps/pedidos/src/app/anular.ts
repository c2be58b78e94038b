import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { anulacionDe, impedimento, type SinAnular } from '../domain/anulacion.ts'
import { idDeAnulacion } from '../domain/identidad-pedido.ts'
import type { Pedido } from '../domain/pedido.ts'
import { graciaMs, type Deps } from './deps.ts'

export type Anulado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'no-encontrado' }
  | { readonly tipo: 'no-se-anula'; readonly porque: SinAnular }

/**
 * Voids a sale that was a mistake. That it is, and that its units are owed to the stock, is on disk at
 * once; they are there at once as well if inventario can be had, or else as soon as it can.
 *
 * @throws PeerUnavailableError when nobody knows the shop's time zone; nothing was done then
 */
export async function anular(
  { store, clientes, clock }: Deps,
  cumplidor: Fulfiller,
  { id, actor, motivo }: { readonly id: string; readonly actor: string; readonly motivo: string },
  call: CallContext,
): Promise<Anulado> {
  const pedido = await store.porId(id)
  if (!pedido) return { tipo: 'no-encontrado' }
  if (anulacionDe(pedido)) return { tipo: 'hecho', pedido }
  const ahora = clock.epochMs()
  const porque = impedimento(pedido, await clientes.zona(call), ahora)
  if (porque) return { tipo: 'no-se-anula', porque }
  const que = { numero: pedido.numero, pedidoId: id, id: idDeAnulacion(id), actor, motivo, ahora }
  await store.anular({ ...que, proximaEn: ahora + graciaMs, traza: call.traceId })
  // What fails is owed, and told of where it is no outage.
  await cumplidor
    .fulfil({ tipo: 'reponer', clave: id, datos: {}, intentos: 0 }, call)
    .catch(() => undefined)
  const despues = await store.porId(id)
  return despues ? { tipo: 'hecho', pedido: despues } : { tipo: 'no-encontrado' }
}
