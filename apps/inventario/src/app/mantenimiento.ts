import type { Clock } from '@encargo/service-kit/async/clock'
import { type Loop, loop } from '@encargo/service-kit/async/loop'
import type { Timer } from '@encargo/service-kit/async/timer'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import type { InventarioStore } from '../ports.ts'

export interface MantenimientoDeps {
  readonly store: Pick<InventarioStore, 'deGuardia' | 'expirarVencidas' | 'olvidarClaves'>
  readonly clock: Pick<Clock, 'epochMs'>
  readonly timer: Timer
  readonly logger: Logger
  /** The most that one transaction closes or forgets, so that live requests are never held up. */
  readonly lote?: number
}

/**
 * What happens without anybody asking: reservations whose time has run out give their stock back, at
 * once if that was while nobody was there, and idempotency keys are forgotten after their 24 hours.
 * All of it a round, batch by batch, by one process of those that share the database; where it goes on for
 * longer than it was told to, another may begin, and neither does what is done.
 */
export function startMantenimiento(deps: MantenimientoDeps): Loop {
  const { store, clock, timer, logger, lote = 50 } = deps
  return loop(
    { timer, everyMs: 1_000 },
    async (wanted) => {
      if (!(await store.deGuardia())) return
      let expiradas = 0
      for (let done = lote; done === lote && wanted(); expiradas += done) {
        done = await store.expirarVencidas(clock.epochMs(), lote)
      }
      if (expiradas > 0) logger.info('reservations expired', { expiradas })
      while (wanted() && (await store.olvidarClaves(clock.epochMs(), lote)) === lote);
    },
    (error) => logger.warn('maintenance failed, tries again', { error: describeError(error) }),
  )
}
