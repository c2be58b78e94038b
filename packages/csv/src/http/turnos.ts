import { BoundedQueue, QueueFullError } from '@encargo/service-kit/async/bounded-queue'
import { notNow } from '@encargo/service-kit/http/problems'

/**
 * How many imports may be under way at once in one service. Each holds its file's rows in memory, so
 * their number is what bounds it.
 */
const importacionesALaVez = 2

/** Lets so many imports in; the next is told to come back. */
export class TurnosImportacion {
  readonly #cola = new BoundedQueue({ running: importacionesALaVez, waiting: 0 })

  /** @throws ProblemError 503 with `Retry-After` when too many are under way */
  async pasar<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#cola.run(work)
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error
      const detail = 'Ya se están importando otros archivos. Inténtalo de nuevo en unos segundos.'
      throw notNow(detail, 5_000)
    }
  }
}
