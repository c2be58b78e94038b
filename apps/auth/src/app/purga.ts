import type { Clock } from '@encargo/service-kit/async/clock'
import { type Loop, loop } from '@encargo/service-kit/async/loop'
import type { Timer } from '@encargo/service-kit/async/timer'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import type { AuthStore } from '../ports/store.ts'

/** How often what is long over is forgotten. */
const everyMs = 60 * 60 * 1000

interface PurgaDeps {
  readonly store: Pick<
    AuthStore,
    'sesiones' | 'frenos' | 'restablecimientos' | 'confirmaciones' | 'correos'
  >
  /** Whether it is for this process to do, of those that share the data. */
  readonly toca: () => Promise<boolean>
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Logger
}

/**
 * Forgets what is long over when it is woken, and then once an hour, a batch after the other until
 * nothing is left.
 */
export function createPurga({ store, toca, clock, timer, logger }: PurgaDeps): Loop {
  const { sesiones, frenos, restablecimientos, confirmaciones, correos } = store
  const all = [sesiones, frenos, restablecimientos, confirmaciones, correos]

  async function batch(): Promise<number> {
    const now = clock.epochMs()
    return Math.max(...(await Promise.all(all.map((one) => one.purgar(now)))))
  }

  return loop(
    { timer, everyMs, firstMs: Infinity },
    async (wanted) => {
      let gone = (await toca()) ? 1 : 0
      while (gone > 0 && wanted()) gone = await batch()
    },
    (error) =>
      logger.error('purging failed; it is tried again in an hour', { error: describeError(error) }),
  )
}
