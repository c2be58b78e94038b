import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { describeError } from '@encargo/service-kit/run/logger'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { Cronista } from './cronista.ts'
import type { CausaFallo, Intencion } from '../domain/pedido.ts'
import { caminos, type Desenlace, desenlace } from '../domain/transiciones.ts'
import type { EnMarcha } from '../ports/store.ts'
import type { SagaDeps } from './deps.ts'
import { esperaMs } from './espera.ts'

/** An outage passes by itself; an answer that nobody foresaw is not asked for again that soon. */
const plazos = {
  'servicio-no-disponible': { baseMs: 500, topeMs: 10_000 },
  'respuesta-inesperada': { baseMs: 2_000, topeMs: 600_000 },
} as const

export function causaDe(error: unknown): CausaFallo {
  return error instanceof PeerUnavailableError ? 'servicio-no-disponible' : 'respuesta-inesperada'
}

/** When to try again after `fallos` failures before this one, in milliseconds since the epoch. */
export function proximoIntento(deps: SagaDeps, causa: CausaFallo, fallos: number): number {
  return deps.clock.epochMs() + esperaMs(fallos, deps.random, plazos[causa])
}

/**
 * Takes orders with a purpose to their end: tells inventario, then writes what became of them. All
 * of it can be repeated, by this process or another, after a crash at any point.
 */
export class Terminador {
  readonly #deps: SagaDeps
  /** What this process is at already, by order number. */
  readonly #enMarcha = new Map<number, Promise<void>>()

  constructor(deps: SagaDeps) {
    this.#deps = deps
  }

  /**
   * Resolves when the order has ended, here or elsewhere. Rejects with PeerUnavailableError when
   * inventario can't be had, and after any other failure; the driver then tries again.
   */
  async terminar(pedido: EnMarcha, call: CallContext): Promise<void> {
    const running = this.#enMarcha.get(pedido.numero)
    if (running) return await running
    const work = this.#intentar(pedido, call).finally(() => this.#enMarcha.delete(pedido.numero))
    this.#enMarcha.set(pedido.numero, work)
    await work
  }

  async #intentar({ numero, id, intencion }: EnMarcha, call: CallContext): Promise<void> {
    const cronista = new Cronista(this.#deps.clock)
    const inicio = this.#deps.clock.epochMs()
    const corrida = (resultado: string) =>
      cronista.corrida({
        operacion: intencion.proposito,
        actor: intencion.actor,
        traza: call.traceId,
        resultado,
        en: inicio,
      })
    let fin: Desenlace
    try {
      fin = await this.#preguntar(id, intencion, cronista, call)
    } catch (error) {
      await this.#anotar(numero, intencion, error, corrida(`fallo: ${causaDe(error)}`))
      throw error
    }
    const ahora = this.#deps.clock.epochMs()
    const { proposito } = intencion
    const final = { numero, proposito, ...fin, ahora, corrida: corrida(fin.estado) }
    await crashAround('pedidos.final.escribir', () => this.#deps.store.terminar(final))
  }

  /** Asks inventario for what the purpose takes; what it answers counts, whatever was intended. */
  async #preguntar(
    id: string,
    intencion: Intencion,
    cronista: Cronista,
    call: CallContext,
  ): Promise<Desenlace> {
    const { reservas } = this.#deps
    const liberar = () =>
      cronista.paso(
        'inventario: liberar',
        () => crashAround('pedidos.liberar.llamar', () => reservas.liberar(id, call)),
        (resultado) => resultado,
      )
    if (caminos[intencion.proposito].pide === 'liberar')
      return desenlace(intencion, await liberar())
    const respuesta = await cronista.paso(
      'inventario: confirmar',
      () => crashAround('pedidos.confirmar.llamar', () => reservas.confirmar(id, call)),
      (resultado) => resultado,
    )
    // Nothing is reserved, as after a restore. Releasing it keeps it so.
    if (respuesta === 'inexistente') await liberar()
    return desenlace(intencion, respuesta)
  }

  /** A failure that can't be written down is not lost: the order's turn comes all the same. */
  async #anotar(
    numero: number,
    { proposito, intentos }: Intencion,
    error: unknown,
    corrida: ReturnType<Cronista['corrida']>,
  ): Promise<void> {
    const causa = causaDe(error)
    const { logger, store } = this.#deps
    if (causa === 'respuesta-inesperada') {
      logger.error('an order could not be ended', {
        numero,
        proposito,
        error: describeError(error),
      })
    }
    const proximoIntentoEn = proximoIntento(this.#deps, causa, intentos)
    const fallo = { numero, proposito, causa, proximoIntentoEn, corrida }
    try {
      await crashAround('pedidos.fallo.escribir', () => store.anotarFallo(fallo))
    } catch (cause) {
      logger.warn('a failed attempt was not recorded', { numero, error: describeError(cause) })
    }
  }
}
