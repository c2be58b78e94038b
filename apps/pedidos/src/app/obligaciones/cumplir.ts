import { SingleFlight } from '@encargo/service-kit/async/single-flight'
import { backOffMs } from '@encargo/service-kit/async/back-off'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { describeError } from '@encargo/service-kit/run/logger'
import { StorageUnavailableError } from '@encargo/storage'
import { Value } from '@sinclair/typebox/value'
import type { CausaFallo } from '../../domain/pedido.ts'
import type { Aplazo, Deuda } from '../../ports/obligaciones.ts'
import { Cronista } from '../cronista.ts'
import type { Deps } from '../deps.ts'
import {
  AplazadaError,
  type Carril,
  type Contexto,
  esObligacion,
  type Obligacion,
} from './obligacion.ts'

/** An outage passes by itself; an answer that nobody foresaw is not asked for again that soon. */
const plazos = {
  'servicio-no-disponible': { baseMs: 500, topMs: 10_000 },
  'respuesta-inesperada': { baseMs: 2_000, topMs: 600_000 },
} as const

const causaDe = (error: unknown): CausaFallo =>
  error instanceof PeerUnavailableError ? 'servicio-no-disponible' : 'respuesta-inesperada'

/** Makes attempts, of each thing that is owed one at a time, and puts off what fails. */
export class Cumplidor {
  readonly #deps: Deps
  readonly #parar: () => boolean
  readonly #obligaciones: ReadonlyMap<string, Obligacion>
  readonly #enMarcha = new SingleFlight<string, void>()

  constructor(deps: Deps, carriles: readonly Carril[], parar: () => boolean) {
    this.#deps = deps
    this.#parar = parar
    this.#obligaciones = new Map(
      carriles
        .flat()
        .filter(esObligacion)
        .map((una) => [una.tipo, una]),
    )
  }

  /**
   * Resolves when it is done, here or elsewhere, or is to be gone on with. Rejects with
   * PeerUnavailableError when its service can't be had, and after any other failure; it is due again.
   */
  cumplir(deuda: Deuda, call: CallContext): Promise<void> {
    return this.#enMarcha.run(`${deuda.tipo} ${deuda.clave}`, () => this.#intentar(deuda, call))
  }

  async #intentar(deuda: Deuda, call: CallContext): Promise<void> {
    const { clock, logger, random } = this.#deps
    const cronista = new Cronista(clock)
    const en = clock.epochMs()
    const intento = (resultado: string) => cronista.corrida({ traza: call.traceId, resultado, en })
    const contexto = { call, cronista, intento, parar: this.#parar }
    try {
      if ((await this.#hacer(deuda, contexto)) === 'hecha') return
    } catch (error) {
      // What can't be written is not lost: its turn comes all the same.
      if (error instanceof StorageUnavailableError) throw error
      const causa = causaDe(error)
      const proximaEn = clock.epochMs() + backOffMs(plazos[causa], deuda.intentos, random)
      if (causa === 'respuesta-inesperada' && !(error instanceof AplazadaError)) {
        const { tipo, clave } = deuda
        logger.error('what is owed could not be done', { tipo, clave, error: describeError(error) })
      }
      await this.#aplazar(deuda, { proximaEn, causa, intento: intento(`fallo: ${causa}`) })
      throw error
    }
    await this.#aplazar(deuda, { proximaEn: clock.epochMs(), intento: intento('aplazada') })
  }

  async #hacer(deuda: Deuda, contexto: Contexto) {
    const obligacion = this.#obligaciones.get(deuda.tipo)
    if (!obligacion || !Value.Check(obligacion.datos, deuda.datos)) {
      throw new Error('its data are not those of its kind')
    }
    return await obligacion.hacer(deuda, contexto)
  }

  async #aplazar(deuda: Deuda, aplazo: Aplazo): Promise<void> {
    const { store, logger } = this.#deps
    try {
      await store.aplazar(deuda, aplazo)
    } catch (error) {
      const { tipo, clave } = deuda
      logger.warn('what is owed was not put off', { tipo, clave, error: describeError(error) })
    }
  }
}
