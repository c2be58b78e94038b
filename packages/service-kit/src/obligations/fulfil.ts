import { StorageUnavailableError } from '@encargo/storage'
import { Value } from '@sinclair/typebox/value'
import { backOffMs } from '../async/back-off.ts'
import type { Clock } from '../async/clock.ts'
import { SingleFlight } from '../async/single-flight.ts'
import type { CallContext } from '../peer/call-context.ts'
import { PeerUnavailableError } from '../peer/peer.ts'
import { describeError, type Logger } from '../run/logger.ts'
import type { CausaFallo } from '../values/attempts.ts'
import { Chronicle } from './chronicle.ts'
import {
  type Attempt,
  isObligation,
  type Lane,
  type Obligation,
  PutOffError,
} from './obligation.ts'
import type { Aplazo, Deuda, Obligaciones } from './port.ts'

/** An outage passes by itself; an answer that nobody foresaw is not asked for again that soon. */
const pauses = {
  'servicio-no-disponible': { baseMs: 500, topMs: 10_000 },
  'respuesta-inesperada': { baseMs: 2_000, topMs: 600_000 },
} as const

const causeOf = (error: unknown): CausaFallo =>
  error instanceof PeerUnavailableError ? 'servicio-no-disponible' : 'respuesta-inesperada'

export interface FulfillerOptions {
  readonly store: Pick<Obligaciones, 'aplazar'>
  readonly clock: Clock
  readonly logger: Logger
  /** In [0, 1). */
  readonly random: () => number
  readonly lanes: readonly Lane[]
  /** Whether the process is about to stop. */
  readonly stopping: () => boolean
}

/** Makes attempts, of each thing that is owed one at a time, and puts off what fails. */
export class Fulfiller {
  readonly #options: FulfillerOptions
  readonly #obligations: ReadonlyMap<string, Obligation>
  readonly #running = new SingleFlight<string, void>()

  constructor(options: FulfillerOptions) {
    this.#options = options
    const obligations = options.lanes.flat().filter(isObligation)
    this.#obligations = new Map(obligations.map((one) => [one.tipo, one]))
  }

  /**
   * Resolves when it is done, here or elsewhere, or is to be gone on with. Rejects with
   * PeerUnavailableError when its service can't be had, and after any other failure; it is due again.
   */
  fulfil(owed: Deuda, call: CallContext): Promise<void> {
    return this.#running.run(`${owed.tipo} ${owed.clave}`, () => this.#try(owed, call))
  }

  async #try(owed: Deuda, call: CallContext): Promise<void> {
    const { clock, logger, random, stopping } = this.#options
    const chronicle = new Chronicle(clock)
    const en = clock.epochMs()
    const soFar = (resultado: string) => chronicle.run({ traza: call.traceId, resultado, en })
    try {
      if ((await this.#attempt(owed, { call, chronicle, soFar, stopping })) === 'done') return
    } catch (error) {
      // What can't be written is not lost: its turn comes all the same.
      if (error instanceof StorageUnavailableError) throw error
      const causa = causeOf(error)
      const proximaEn = clock.epochMs() + backOffMs(pauses[causa], owed.intentos, random)
      if (causa === 'respuesta-inesperada' && !(error instanceof PutOffError)) {
        const { tipo, clave } = owed
        logger.error('what is owed could not be done', { tipo, clave, error: describeError(error) })
      }
      await this.#putOff(owed, { proximaEn, causa, intento: soFar(`fallo: ${causa}`) })
      throw error
    }
    await this.#putOff(owed, { proximaEn: clock.epochMs(), intento: soFar('aplazada') })
  }

  async #attempt(owed: Deuda, attempt: Attempt) {
    const obligation = this.#obligations.get(owed.tipo)
    if (!obligation || !Value.Check(obligation.datos, owed.datos)) {
      throw new Error('its data are not those of its kind')
    }
    return await obligation.attempt(owed, attempt)
  }

  async #putOff(owed: Deuda, aplazo: Aplazo): Promise<void> {
    const { store, logger } = this.#options
    try {
      await store.aplazar(owed, aplazo)
    } catch (error) {
      const { tipo, clave } = owed
      logger.warn('what is owed was not put off', { tipo, clave, error: describeError(error) })
    }
  }
}
