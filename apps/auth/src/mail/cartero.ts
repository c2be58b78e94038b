import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import {
  type CorreoDebido,
  esperaTras,
  type FalloEnvio,
  type ResultadoCorreo,
  trasFallo,
} from '../domain/correo.ts'
import type { CorreoStore } from '../store/port.ts'
import type { Correo, EnviarCorreo } from './mailer.ts'

/** The longest that one message may take, in milliseconds. */
const sendMs = 45_000
/** How often what is owed is looked at when nobody tells, in milliseconds: the clock may have moved. */
const lookMs = 60_000

export interface CarteroOptions {
  readonly correos: CorreoStore
  readonly redactar: (correo: CorreoDebido) => Correo
  readonly enviar: EnviarCorreo
  readonly falloDe: (error: unknown) => FalloEnvio
  readonly now: () => Date
  readonly logger: Logger
  /** After each attempt. */
  readonly observar?: (resultado: ResultadoCorreo['tipo']) => void
}

/**
 * Sends what is owed, one message after the other. An attempt is written down after it was made, so a
 * process that dies in between makes it again: the same message twice at worst, never none.
 */
export class Cartero {
  readonly #options: CarteroOptions
  readonly #stopping = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #again = false
  #unwritten: { readonly id: string; readonly resultado: ResultadoCorreo } | undefined
  /** How often in a row the server could not be talked to, and when to try it again. */
  #away = { times: 0, until: 0 }

  constructor(options: CarteroOptions) {
    this.#options = options
  }

  /** Something is owed: a pass begins, or another follows the running one. Never rejects. */
  despertar(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve()
    this.#again = true
    this.#running ??= this.#passes().finally(() => {
      this.#running = undefined
      // Told while it was looking when the next one is due.
      if (this.#again) void this.despertar()
    })
    return this.#running
  }

  /** Breaks off what is under way, which stays owed. */
  async parar(): Promise<void> {
    this.#stopping.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  async #passes(): Promise<void> {
    clearTimeout(this.#timer)
    let leastMs = 0
    try {
      while (this.#again && !this.#stopping.signal.aborted) {
        this.#again = false
        await this.#pass()
      }
    } catch (error) {
      leastMs = lookMs
      this.#options.logger.error('mails could not be read or written down', {
        error: describeError(error),
      })
    }
    await this.#sleep(leastMs)
  }

  async #pass(): Promise<void> {
    const { correos, now } = this.#options
    for (;;) {
      await this.#write()
      if (this.#stopping.signal.aborted || this.#away.until > now().getTime()) return
      const correo = await correos.siguiente(now().getTime())
      if (!correo) return
      const resultado = await this.#attempt(correo)
      if (!resultado) return
      this.#unwritten = { id: correo.id, resultado }
    }
  }

  /** Writes down what came of the last attempt; a disk that is full does not make it be sent again. */
  async #write(): Promise<void> {
    if (!this.#unwritten) return
    const { correos, now, observar } = this.#options
    const { id, resultado } = this.#unwritten
    await correos.anotar(id, resultado, now().getTime())
    this.#unwritten = undefined
    observar?.(resultado.tipo)
  }

  /** Undefined when it was broken off. */
  async #attempt(correo: CorreoDebido): Promise<ResultadoCorreo | undefined> {
    const { enviar, redactar, falloDe, now, logger } = this.#options
    const { id, tipo, intentos } = correo
    if (now().getTime() >= correo.caducaEn) {
      logger.error('a mail was given up: what it brings is no use any more', { id, tipo, intentos })
      return { tipo: 'abandonado', fallo: 'caducado' }
    }
    try {
      const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(sendMs)])
      await crashAround('auth.correo.enviar', () => enviar(redactar(correo), signal))
      this.#away = { times: 0, until: 0 }
      return { tipo: 'enviado' }
    } catch (error) {
      if (this.#stopping.signal.aborted) return undefined
      const fallo = falloDe(error)
      this.#learn(fallo)
      const resultado = trasFallo(correo, fallo, now().getTime())
      const told = { id, tipo, intentos: intentos + 1, fallo: fallo.codigo }
      if (resultado.tipo === 'abandonado') logger.error('a mail was refused for good', told)
      else logger.warn('a mail was not taken; it is tried again', told)
      return resultado
    }
  }

  /** A server that can't be talked to is left alone for a while, whatever else is owed. */
  #learn({ tipo }: FalloEnvio): void {
    const times = tipo === 'sin-servidor' ? this.#away.times + 1 : 0
    const until =
      times === 0 ? 0 : this.#options.now().getTime() + Math.min(esperaTras(times), lookMs)
    this.#away = { times, until }
  }

  async #sleep(leastMs: number): Promise<void> {
    if (this.#stopping.signal.aborted) return
    const { correos, now } = this.#options
    const due = await correos.proximoEn().catch(() => undefined)
    const from = Math.max(due ?? Number.POSITIVE_INFINITY, this.#away.until)
    const ms = Math.min(Math.max(leastMs, from - now().getTime()), lookMs)
    this.#timer = setTimeout(() => void this.despertar(), ms)
    this.#timer.unref()
  }
}
