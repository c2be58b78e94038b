import type { Clock } from '@encargo/service-kit/async/clock'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import type { Timer } from '@encargo/service-kit/async/timer'
import type { InventarioStore } from '../ports.ts'

export interface MantenimientoOptions {
  readonly store: Pick<InventarioStore, 'expirarVencidas' | 'olvidarClaves'>
  readonly clock: Pick<Clock, 'epochMs'>
  readonly timer: Timer
  readonly logger: Logger
  /** The pause between two passes, in milliseconds. */
  readonly everyMs?: number
  /** The most that one transaction closes or forgets, so that live requests are never held up. */
  readonly lote?: number
}

export interface Mantenimiento {
  /** Closes what has run out by now and forgets old keys, batch by batch. Rejects as the store does. */
  pasada(): Promise<{ expiradas: number; claves: number }>
  /** No more passes; resolves when the running one has ended. */
  stop(): Promise<void>
}

/** Repeats `batch` until one is not full, or nobody wants it any more; answers the sum. */
async function drain(
  lote: number,
  batch: () => Promise<number>,
  wanted: () => boolean,
): Promise<number> {
  let total = 0
  for (let done = lote; done === lote && wanted(); total += done) done = await batch()
  return total
}

/**
 * What happens without anybody asking: reservations whose time has run out give their stock back,
 * and idempotency keys are forgotten after their 24 hours. A pass that fails is logged and the next
 * one tries again; passes never overlap.
 */
export function startMantenimiento(options: MantenimientoOptions): Mantenimiento {
  const { store, clock, timer, logger, everyMs = 1_000, lote = 50 } = options
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  // What ran out while nobody was there is closed at once.
  let cancel = timer(tick, 0)

  const wanted = () => !stopped

  async function pasada() {
    const expirar = () => store.expirarVencidas(clock.epochMs(), lote)
    const olvidar = () => store.olvidarClaves(clock.epochMs(), lote)
    const expiradas = await drain(lote, expirar, wanted)
    return { expiradas, claves: await drain(lote, olvidar, wanted) }
  }

  async function logged(): Promise<void> {
    try {
      const { expiradas } = await pasada()
      if (expiradas > 0) logger.info('reservations expired', { expiradas })
    } catch (error) {
      logger.warn('maintenance failed, tries again', { error: describeError(error) })
    }
    if (!stopped) cancel = timer(tick, everyMs)
  }

  function tick(): void {
    running = logged()
  }

  return {
    pasada,
    async stop() {
      stopped = true
      cancel()
      await running
    },
  }
}
