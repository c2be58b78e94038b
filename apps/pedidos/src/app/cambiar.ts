import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerProtocolError, PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { StorageUnavailableError } from '@encargo/storage'
import type { EstadoFinal, Pedido } from '../domain/pedido.ts'
import { propositoDe } from '../domain/transiciones.ts'
import { graciaMs, type Deps } from './deps.ts'
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
}

export type Cambio =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'no-encontrado' | 'version-distinta' }
  | { readonly tipo: 'transicion-invalida'; readonly estado: EstadoFinal }
  /** It is on disk and will be done without anybody's help, but inventario or the disk can't be had now. */
  | { readonly tipo: 'por-terminar'; readonly retryAfterMs: number }

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
  // At the most: see it free, lose the race for it, fulfil the other's purpose, judge.
  for (let vuelta = 0; vuelta < 4; vuelta++) {
    const pedido = await deps.store.porId(peticion.id)
    if (!pedido || !peticion.ve(pedido)) return { tipo: 'no-encontrado' }
    if (pedido.estado === peticion.estado) return { tipo: 'hecho', pedido }
    if (pedido.estado !== 'Pendiente') {
      return { tipo: 'transicion-invalida', estado: pedido.estado }
    }
    const { numero, id, intencion } = pedido
    if (intencion) {
      try {
        await cumplidor.fulfil(finDe({ numero, id, intencion }), call)
      } catch (error) {
        return { tipo: 'por-terminar', retryAfterMs: retryAfterMs(error) }
      }
      continue
    }
    if (!peticion.admite(pedido.version)) return { tipo: 'version-distinta' }
    await proponer(deps, numero, peticion)
  }
  throw new Error('an order with a purpose did not come to its end')
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

async function proponer({ clock, store }: Deps, numero: number, peticion: Peticion) {
  const { actor, motivo, estado } = peticion
  const ahora = clock.epochMs()
  const cuando = { ahora, proximaEn: ahora + graciaMs }
  const propuesta = { numero, proposito: propositoDe[estado], actor, motivo, ...cuando }
  await store.proponer(propuesta)
}
