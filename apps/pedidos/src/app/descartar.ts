import { LocalRefusalError } from '@encargo/circuit-breaker'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { describeError } from '@encargo/service-kit/run/logger'
import { PeerMisfitError } from '@encargo/service-kit/peer/peer-fit'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { Descarte } from '../ports/store.ts'
import type { SagaDeps } from './deps.ts'
import { causaDe, proximoIntento } from './terminar.ts'

/** How many discards may run beside the requests; the sweep finds the others. */
const simultaneos = 16

/**
 * Gives back the stock of orders that never came to be. First it is on disk that this id will
 * never be an order, so that no late writer makes it one; only then is inventario told.
 */
export class Descartador {
  readonly #deps: SagaDeps
  readonly #running = new Set<Promise<void>>()

  constructor(deps: SagaDeps) {
    this.#deps = deps
  }

  /** In the background; does not reject. What is left undone, the driver's sweep does. */
  descartar(id: string, motivo: string): void {
    if (this.#running.size >= simultaneos) return
    const work: Promise<void> = this.#descartar(id, motivo)
      .catch((error: unknown) => {
        this.#deps.logger.warn('a reservation is left to the sweep', {
          id,
          error: describeError(error),
        })
      })
      .finally(() => this.#running.delete(work))
    this.#running.add(work)
  }

  /**
   * Releases the reservation of a discarded id and closes the discard.
   * Rejects after writing down when to try again.
   */
  async liberar({ id, intentos }: Descarte): Promise<void> {
    const { reservas, store, logger, clock } = this.#deps
    try {
      const fin = await crashAround('pedidos.descarte.llamar', () =>
        reservas.liberar(id, backgroundCall()),
      )
      // Only a restored backup can lead here; the audit shows it.
      if (fin === 'confirmada')
        logger.error('stock has left for an order that is not there', { id })
    } catch (error) {
      const causa = causaDe(error)
      const cuando = proximoIntento(this.#deps, causa, intentos)
      await crashAround('pedidos.descarte.aplazar', () => store.aplazarDescarte(id, causa, cuando))
      throw error
    }
    await crashAround('pedidos.descarte.cerrar', () => store.cerrarDescarte(id, clock.epochMs()))
  }

  /** Resolves when nothing runs in the background any more. */
  async stop(): Promise<void> {
    await Promise.all(this.#running)
  }

  async #descartar(id: string, motivo: string): Promise<void> {
    const { store, clock } = this.#deps
    const descartados = await crashAround('pedidos.descarte.escribir', () =>
      store.descartar([id], motivo, clock.epochMs()),
    )
    for (const descartado of descartados) await this.liberar({ id: descartado, intentos: 0 })
  }
}

/** Whether a failed request may have had its effect: not if it never left this process, or was refused. */
export function pudoActuar(error: unknown): boolean {
  if (error instanceof PeerMisfitError) return false
  return !(error instanceof PeerUnavailableError && error.cause instanceof LocalRefusalError)
}
