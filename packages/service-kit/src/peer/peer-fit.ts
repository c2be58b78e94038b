import type { Logger } from '../run/logger.ts'
import { PeerUnavailableError } from './peer.ts'

/** Nobody mends a setting within seconds, and whoever has mended it should not wait for long. */
const retryAfterMs = 5_000

/**
 * A peer that answers, but to whom this service does not belong, or the other way round: a secret, an
 * address, a currency or a database that is not the right one. Waiting does not mend it, a person does.
 */
export class PeerMisfitError extends PeerUnavailableError {
  override readonly name = 'PeerMisfitError'
  /** What is wrong and which setting mends it, for those who run the services. */
  readonly sentence: string

  constructor(peer: string, sentence: string) {
    super(peer, retryAfterMs)
    this.message = sentence
    this.sentence = sentence
  }
}

/** What was compared with a peer. */
export type FitTopic = 'servicio' | 'moneda' | 'identidad' | 'token' | 'instalacion'

/**
 * Whether a peer is the one that it should be. What is wrong stands here until it is right, for
 * `/readyz`, and is said in the log once, not at every call that fails for it.
 */
export class PeerFit {
  readonly #wrong = new Map<FitTopic, string>()
  readonly #peer: string
  readonly #logger: Logger

  constructor(peer: string, logger: Logger) {
    this.#peer = peer
    this.#logger = logger
  }

  /** Notes what is wrong; answers the error to throw. */
  refuse(topic: FitTopic, sentence: string): PeerMisfitError {
    if (this.#wrong.get(topic) !== sentence) {
      this.#wrong.set(topic, sentence)
      this.#logger.error('a peer does not fit', { peer: this.#peer, motivo: sentence })
    }
    return new PeerMisfitError(this.#peer, sentence)
  }

  /** As seen now, this is right. */
  settle(topic: FitTopic): void {
    if (this.#wrong.size === 0 || !this.#wrong.delete(topic)) return
    this.#logger.info('a peer fits again', { peer: this.#peer, topic })
  }

  get wrong(): string[] {
    return [...this.#wrong.values()]
  }
}
