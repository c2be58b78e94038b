import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerProtocolError, PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { StorageUnavailableError } from '@encargo/storage'
import type { EstadoFinal, Pedido } from '../domain/pedido.ts'
import { propositoDe } from '../domain/transiciones.ts'
import type { Autor } from '../domain/auditoria.ts'
import { graciaMs, type Deps } from './deps.ts'
import { loQueFaltaPagar } from './guardia-de-pago.ts'
import { finDe } from './obligaciones/terminar-pedido.ts'

/** Somebody wants an order to end. */
export interface Peticion {
  readonly id: string
  readonly actor: string
  readonly estado: EstadoFinal
  readonly motivo: string | null
  /** Whether the caller may see this order at all. */
  readonly ve: (pedido: Pedido) => boolean
  /** Whether the caller's precondition lets a change of this version through. */
  readonly admite: (version: number) => boolean
  /** Completed although it may not be paid, and by whom that is. */
  readonly forzado?: Autor | undefined
}

/** It is on disk and will be done without anybody's help, but inventario or the disk can't be had now. */
export interface PorTerminar {
  readonly tipo: 'por-terminar'
  readonly retryAfterMs: number
}

export type Cambio =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'no-encontrado' | 'version-distinta' }
  | { readonly tipo: 'transicion-invalida'; readonly estado: EstadoFinal }
  /** It is to be paid before it leaves. */
  | { readonly tipo: 'pago-pendiente' }
  | PorTerminar

/**
 * See it free, lose the race for it, fulfil the other's purpose, judge: and where money sets an order out for
 * one thing after the other, as for new stock when the old is gone, that more than once.
 */
export const masVueltas = 10

/**
 * Ends an order as asked, or says why not. Its purpose is on disk before inventario hears of it,
 * so whatever fails here, the driver finishes it. A purpose that somebody else wrote first is
 * fulfilled before this one is judged.
 */
export async function cambiar(
  deps: Deps,
  cumplidor: Fulfiller,
  peticion: Peticion,
  call: CallContext,
): Promise<Cambio> {
  for (let vuelta = 0; vuelta < masVueltas; vuelta++) {
    const pedido = await deps.store.porId(peticion.id)
    if (!pedido || !peticion.ve(pedido)) return { tipo: 'no-encontrado' }
    if (pedido.estado === peticion.estado) return { tipo: 'hecho', pedido }
    if (pedido.estado !== 'Pendiente') {
      return { tipo: 'transicion-invalida', estado: pedido.estado }
    }
    if (pedido.intencion) {
      const falta = await cumplirLoPendiente(cumplidor, pedido, call)
      if (falta) return falta
      continue
    }
    if (!peticion.admite(pedido.version)) return { tipo: 'version-distinta' }
    if (peticion.estado === 'Completado' && !peticion.forzado) {
      const cobro = await loQueFaltaPagar(deps, pedido, call)
      if (cobro === 'pendiente') return { tipo: 'pago-pendiente' }
      // What was promised is being taken: it is looked at again, whatever version that made of it.
      if (cobro === 'tomado') return await cambiar(deps, cumplidor, { ...peticion, admite }, call)
    }
    await proponer(deps, pedido, peticion)
  }
  throw new Error('an order with a purpose did not come to its end')
}

/** Any version: what was asked for has been let through. */
const admite = () => true

/** Fulfils what an order has set out for; answers what keeps it from that. */
export async function cumplirLoPendiente(
  cumplidor: Fulfiller,
  pedido: Pedido,
  call: CallContext,
): Promise<PorTerminar | undefined> {
  if (!pedido.intencion) return undefined
  try {
    await cumplidor.fulfil(finDe(pedido, pedido.intencion), call)
    return undefined
  } catch (error) {
    return { tipo: 'por-terminar', retryAfterMs: retryAfterMs(error) }
  }
}

/** What inventario answered was not understood; the driver asks again, in milliseconds. */
const sinEntenderMs = 2_000

/** @throws what is neither an absence nor an answer that was not understood */
function retryAfterMs(error: unknown): number {
  if (error instanceof PeerProtocolError) return sinEntenderMs
  if (error instanceof PeerUnavailableError || error instanceof StorageUnavailableError) {
    return error.retryAfterMs
  }
  throw error
}

async function proponer({ clock, store }: Deps, { numero, id }: Pedido, peticion: Peticion) {
  const { actor, motivo, estado, forzado } = peticion
  const ahora = clock.epochMs()
  const cuando = { ahora, proximaEn: ahora + graciaMs }
  if (forzado && motivo !== null) {
    await store.forzar({ ...cuando, numero, pedidoId: id, motivo, actor, por: forzado })
    return
  }
  const propuesta = { numero, proposito: propositoDe[estado], actor, motivo, ...cuando }
  await store.proponer(propuesta)
}
