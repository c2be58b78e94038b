import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { PeerProtocolError, PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { StorageUnavailableError } from '@encargo/storage'
import type { EstadoFinal, Pedido } from '../domain/pedido.ts'
import { propositoDe } from '../domain/transiciones.ts'
import type { EnMarcha } from '../ports/store.ts'
import type { SagaDeps } from './deps.ts'
import { graciaMs } from './deps.ts'
import { PorTerminarError } from './por-terminar.ts'
import type { Terminador } from './terminar.ts'

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
  | { readonly resultado: 'hecho'; readonly pedido: Pedido }
  | { readonly resultado: 'no-encontrado' | 'version-distinta' }
  | { readonly resultado: 'transicion-invalida'; readonly estado: EstadoFinal }

/**
 * Ends an order as asked, or says why not. Its purpose is on disk before inventario hears of it,
 * so whatever fails here, the driver finishes it. A purpose that somebody else wrote first is
 * fulfilled before this one is judged.
 *
 * @throws PorTerminarError when inventario or the disk can't be had after the purpose was written
 */
export async function cambiar(
  deps: SagaDeps,
  terminador: Terminador,
  peticion: Peticion,
  call: CallContext,
): Promise<Cambio> {
  // At the most: see it free, lose the race for it, fulfil the other's purpose, judge.
  for (let vuelta = 0; vuelta < 4; vuelta++) {
    const pedido = await deps.store.porId(peticion.id)
    if (!pedido || !peticion.ve(pedido)) return { resultado: 'no-encontrado' }
    if (pedido.estado === peticion.estado) return { resultado: 'hecho', pedido }
    if (pedido.estado !== 'Pendiente') {
      return { resultado: 'transicion-invalida', estado: pedido.estado }
    }
    const { numero, id, intencion } = pedido
    if (intencion) {
      await terminar(terminador, { numero, id, intencion }, call)
      continue
    }
    if (!peticion.admite(pedido.version)) return { resultado: 'version-distinta' }
    await proponer(deps, numero, peticion)
  }
  throw new Error('an order with a purpose did not come to its end')
}

/** What inventario answered was not understood; the driver asks again, in milliseconds. */
const sinEntenderMs = 2_000

async function terminar(terminador: Terminador, pedido: EnMarcha, call: CallContext) {
  try {
    await terminador.terminar(pedido, call)
  } catch (error) {
    if (error instanceof PeerProtocolError) throw new PorTerminarError(sinEntenderMs, error)
    const waits = error instanceof PeerUnavailableError || error instanceof StorageUnavailableError
    throw waits ? new PorTerminarError(error.retryAfterMs, error) : error
  }
}

async function proponer({ clock, store }: SagaDeps, numero: number, peticion: Peticion) {
  const ahora = clock.epochMs()
  const propuesta = {
    numero,
    proposito: propositoDe[peticion.estado],
    actor: peticion.actor,
    motivo: peticion.motivo,
    ahora,
    proximoIntentoEn: ahora + graciaMs,
  }
  await crashAround('pedidos.intencion.escribir', () => store.proponer(propuesta))
}
