import { describeError } from '@encargo/service-kit/run/logger'
import type { SagaDeps } from './deps.ts'

/** How long one follower's turn takes, so that a first start of a large shop is not one long round. */
const seguirMs = 200

/**
 * Keeps what is derived from the history up to it, so that who asks for a figure or searches finds
 * little left to take in. A follower that fails keeps nobody else from their turn.
 */
export class Seguimiento {
  readonly #deps: Pick<SagaDeps, 'store' | 'logger'>

  constructor(deps: Pick<SagaDeps, 'store' | 'logger'>) {
    this.#deps = deps
  }

  /** A turn for each, until `parar` says so. Does not reject: what fails is logged and due again. */
  async ronda(parar: () => boolean): Promise<void> {
    const { store, logger } = this.#deps
    const ritmo = { maxMs: seguirMs, parar }
    for (const seguidor of store.seguidores) {
      try {
        await seguidor.alDia(ritmo)
      } catch (error) {
        logger.warn('the history could not be followed', { error: describeError(error) })
      }
    }
  }
}
