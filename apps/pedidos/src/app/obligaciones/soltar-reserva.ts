import { LocalRefusalError } from '@encargo/circuit-breaker'
import { Background } from '@encargo/service-kit/async/background'
import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import { type Obligation, noData } from '@encargo/service-kit/obligations/obligation'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { PeerMisfitError } from '@encargo/service-kit/peer/peer-fit'
import { graciaMs, type Deps } from '../deps.ts'

const tipo = 'soltar-reserva'
/** How many discards may run beside the requests; the sweep finds the others. */
const simultaneos = 16

/**
 * Gives back the stock of orders that never came to be. First it is on disk that this id will
 * never be an order, so that no late writer makes it one; only then is inventario told.
 */
export function createDescartador({ store, clock, logger }: Deps, cumplidor: Fulfiller) {
  const background = new Background(logger, simultaneos)

  async function descartar(id: string, motivo: string): Promise<void> {
    const call = backgroundCall()
    const ahora = clock.epochMs()
    const descarte = { ids: [id], motivo, ahora, proximaEn: ahora + graciaMs, traza: call.traceId }
    const claves = await store.descartar(descarte)
    for (const clave of claves) {
      const deuda = { tipo, clave, datos: {}, intentos: 0 }
      // What fails is owed, and told of where it is no outage.
      await cumplidor.fulfil(deuda, call).catch(() => undefined)
    }
  }

  return {
    /** In the background; does not reject. What is left undone, the driver does. */
    descartar: (id: string, motivo: string) =>
      background.run('discarding a reservation', () => descartar(id, motivo)),
    /** Resolves when nothing runs in the background any more. */
    stop: () => background.idle(),
  }
}
export type Descartador = ReturnType<typeof createDescartador>

/** Lets go of what is reserved for an id that will never be an order. */
export const soltarReserva = ({ store, reservas, logger }: Deps) =>
  ({
    tipo,
    datos: noData,
    peer: 'inventario',
    async attempt(deuda, { call }) {
      const { clave: id } = deuda
      const fin = await reservas.liberar(id, call)
      // Only a restored backup can lead here; the audit shows it.
      if (fin === 'confirmada') {
        logger.error('stock has left for an order that is not there', { id })
      }
      await store.cerrar(deuda)
      return 'done'
    },
  }) satisfies Obligation<typeof noData>

/** Whether a failed request may have had its effect: not if it never left this process, or was refused. */
export function pudoActuar(error: unknown): boolean {
  if (error instanceof PeerMisfitError) return false
  return !(error instanceof PeerUnavailableError && error.cause instanceof LocalRefusalError)
}
