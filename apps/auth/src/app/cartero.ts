import type { Clock } from '@encargo/service-kit/async/clock'
import { type Loop, loop } from '@encargo/service-kit/async/loop'
import type { Timer } from '@encargo/service-kit/async/timer'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import {
  type EnviarMensaje,
  type FalloEnvio,
  type Mensaje,
  sendMs,
} from '@encargo/service-kit/mail/message'
import { type CorreoDebido, esperaTras, type ResultadoCorreo, trasFallo } from '../domain/correo.ts'
import type { CorreoStore } from '../ports/correos.ts'

/** How often what is owed is looked at when nobody tells, in milliseconds: the clock may have moved. */
const lookMs = 60_000

export interface CarteroOptions {
  readonly correos: CorreoStore
  readonly redactar: (correo: CorreoDebido) => Promise<Mensaje>
  readonly enviar: EnviarMensaje
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Logger
  /** After each attempt. */
  readonly observar?: (resultado: ResultadoCorreo['tipo']) => void
}

/**
 * Sends what is owed, one message after the other. An attempt is written down after it was made, so a
 * process that dies in between makes it again: the same message twice at worst, never none. Nothing is
 * sent before it is woken.
 */
export class Cartero {
  readonly #options: CarteroOptions
  readonly #loop: Loop
  readonly #stopping = new AbortController()
  #unwritten: { readonly id: string; readonly resultado: ResultadoCorreo } | undefined
  /** How often in a row the server could not be talked to, and when to try it again. */
  #away = { times: 0, until: 0 }

  constructor(options: CarteroOptions) {
    this.#options = options
    this.#loop = loop(
      { timer: options.timer, everyMs: lookMs, firstMs: Infinity },
      () => this.#pass(),
      (error) =>
        options.logger.error('mails could not be read or written down', {
          error: describeError(error),
        }),
    )
  }

  /** Something is owed: a pass begins, or another follows the running one. Never rejects. */
  despertar(): Promise<void> {
    return this.#loop.wake()
  }

  /** Breaks off what is under way, which stays owed. */
  parar(): Promise<void> {
    this.#stopping.abort()
    return this.#loop.stop()
  }

  async #pass(): Promise<number> {
    const { correos, clock } = this.#options
    for (;;) {
      await this.#write()
      if (this.#stopping.signal.aborted || this.#away.until > clock.epochMs()) break
      const correo = await correos.siguiente(clock.epochMs())
      if (!correo) break
      const resultado = await this.#attempt(correo)
      if (!resultado) break
      this.#unwritten = { id: correo.id, resultado }
    }
    const due = await correos.proximoEn()
    const from = Math.max(due ?? Number.POSITIVE_INFINITY, this.#away.until)
    return Math.min(Math.max(0, from - clock.epochMs()), lookMs)
  }

  /** Writes down what came of the last attempt; a disk that is full does not make it be sent again. */
  async #write(): Promise<void> {
    if (!this.#unwritten) return
    const { correos, clock, observar } = this.#options
    const { id, resultado } = this.#unwritten
    await correos.anotar(id, resultado, clock.epochMs())
    this.#unwritten = undefined
    observar?.(resultado.tipo)
  }

  /** Undefined when it was broken off. */
  async #attempt(correo: CorreoDebido): Promise<ResultadoCorreo | undefined> {
    const { enviar, redactar, clock, logger } = this.#options
    const { id, tipo, intentos } = correo
    if (clock.epochMs() >= correo.caducaEn) {
      logger.error('a mail was given up: what it brings is no use any more', { id, tipo, intentos })
      return { tipo: 'abandonado', fallo: 'caducado' }
    }
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(sendMs)])
    const envio = await enviar(await redactar(correo), signal)
    if (envio.tipo === 'enviado') {
      this.#away = { times: 0, until: 0 }
      return envio
    }
    if (this.#stopping.signal.aborted) return undefined
    this.#learn(envio)
    const resultado = trasFallo(correo, envio, clock.epochMs())
    const told = { id, tipo, intentos: intentos + 1, fallo: envio.codigo }
    if (resultado.tipo === 'abandonado') logger.error('a mail was refused for good', told)
    else logger.warn('a mail was not taken; it is tried again', told)
    return resultado
  }

  /** A server that can't be talked to is left alone for a while, whatever else is owed. */
  #learn({ tipo }: FalloEnvio): void {
    const times = tipo === 'sin-servidor' ? this.#away.times + 1 : 0
    const waitMs = Math.min(esperaTras(times), lookMs)
    this.#away = { times, until: times === 0 ? 0 : this.#options.clock.epochMs() + waitMs }
  }
}
