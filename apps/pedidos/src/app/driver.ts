import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { describeError } from '@encargo/service-kit/run/logger'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { Timer } from '@encargo/service-kit/async/timer'
import type { Espera } from '../ports/store.ts'
import type { Barrido, SinPedido } from './barrido.ts'
import type { Borrados } from './borrados.ts'
import type { SagaDeps } from './deps.ts'
import type { Descartador } from './descartar.ts'
import { esperaMs } from './espera.ts'
import type { Seguimiento } from './seguimiento.ts'
import type { Terminador } from './terminar.ts'

export interface DriverOptions extends SagaDeps {
  readonly terminador: Terminador
  readonly descartador: Descartador
  readonly barrido: Barrido
  readonly borrados: Borrados
  readonly seguimiento: Seguimiento
  readonly timer: Timer
  /** The pause between two rounds, in milliseconds. */
  readonly everyMs?: number
  /** The pause between two sweeps and two clean-ups, in milliseconds. */
  readonly sweepMs?: number
}

/** How much one transaction may do, so that live requests are never held up. */
const lote = 100
/** How many orders are taken to their end side by side. */
const simultaneos = 8
/** While inventario does not answer. */
const puerta = { baseMs: 250, topeMs: 5_000 } as const

const nadaEspera: Espera = {
  intenciones: { completar: 0, cancelar: 0, expirar: 0 },
  porLiberar: 0,
  porBorrar: 0,
  desde: null,
  ultimoError: null,
}

/** Ends a round: whatever else it wanted of inventario would fail as well. */
class RondaCortada extends Error {}

/**
 * Finishes by itself what requests left undone: purposes without an end, orders whose reservation
 * ran out, reservations without an order, personal data of erased accounts. Everything it does can
 * be repeated and is conditional in the store, so requests and other instances may be at the same
 * orders.
 */
export class Driver {
  readonly #options: DriverOptions
  #running: Promise<void> | undefined
  #cancel: (() => void) | undefined
  #stopped = false
  #espera = nadaEspera
  /** At start everything with a purpose is due: the requests that were at it are gone. */
  #primera = true
  #sweepAt = Number.NEGATIVE_INFINITY
  #fallosSeguidos = 0
  /** Not before this moment is inventario asked again, in monotonic milliseconds. */
  #puertaHasta = Number.NEGATIVE_INFINITY

  constructor(options: DriverOptions) {
    this.#options = options
  }

  /** The first round at once, the others on the timer. */
  start(): void {
    this.#schedule(0)
  }

  /** No more rounds; resolves when the running one has ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    await this.#running
  }

  /** What was waiting when the last round ended. */
  get espera(): Espera {
    return this.#espera
  }

  /** Reservations that the sweep found no orders for, too many to let go of unasked. */
  get sinPedido(): SinPedido | null {
    return this.#options.barrido.sinPedido
  }

  /** When it was last known who was erased, in milliseconds since the epoch. */
  get borradosLeidosEn(): number | null {
    return this.#options.borrados.leidoEn
  }

  /** One round, or the one that is running. Does not reject: what fails is logged and due again. */
  tick(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  #schedule(ms: number): void {
    if (this.#stopped) return
    this.#cancel = this.#options.timer(() => {
      void this.tick().finally(() => this.#schedule(this.#options.everyMs ?? 1_000))
    }, ms)
  }

  async #round(): Promise<void> {
    const { logger, store } = this.#options
    try {
      await this.#vencer()
      if (this.#puertaAbierta()) await this.#conInventario()
      await this.#limpiar()
    } catch (error) {
      if (!(error instanceof RondaCortada)) {
        logger.warn('a round of the driver failed', { error: describeError(error) })
      }
    }
    try {
      await this.#options.borrados.ronda(() => this.#stopped)
    } catch (error) {
      logger.warn('personal data could not be erased', { error: describeError(error) })
    }
    await this.#options.seguimiento.ronda(() => this.#stopped)
    try {
      this.#espera = await store.espera()
    } catch (error) {
      logger.warn('what is waiting could not be read', { error: describeError(error) })
    }
  }

  async #vencer(): Promise<void> {
    const { store, clock } = this.#options
    for (let vencidos = lote; vencidos === lote && !this.#stopped;) {
      vencidos = await crashAround('pedidos.vencer.escribir', () =>
        store.vencer(clock.epochMs(), lote),
      )
    }
  }

  #puertaAbierta(): boolean {
    const { clock, reservas } = this.#options
    return reservas.esperaMs() === 0 && clock.monoMs() >= this.#puertaHasta
  }

  async #conInventario(): Promise<void> {
    const { store, clock, terminador, descartador } = this.#options
    // What has its turn put off by a failure leaves the list, so each page is another one.
    const hasta = this.#primera ? Number.MAX_SAFE_INTEGER : clock.epochMs()
    await this.#porLotes(
      () => store.conIntencion(hasta, lote),
      (pedido) => terminador.terminar(pedido, backgroundCall()),
    )
    await this.#porLotes(
      () => store.porLiberar(hasta, lote),
      (descarte) => descartador.liberar(descarte),
    )
    this.#primera = false
    await this.#barrer()
  }

  /** Page by page, a few side by side, each at most once; stops when inventario is away. */
  async #porLotes<T extends { id: string }>(
    leer: () => Promise<readonly T[]>,
    trabajo: (uno: T) => Promise<void>,
  ): Promise<void> {
    const vistos = new Set<string>()
    for (;;) {
      const nuevos = (await leer()).filter(({ id }) => !vistos.has(id))
      if (nuevos.length === 0) return
      for (const { id } of nuevos) vistos.add(id)
      await this.#variosALaVez(nuevos, trabajo)
    }
  }

  async #variosALaVez<T>(cola: readonly T[], trabajo: (uno: T) => Promise<void>): Promise<void> {
    const pendientes = cola.values()
    let cortada = false
    const uno = async () => {
      for (const siguiente of pendientes) {
        if (cortada || this.#stopped) return
        cortada = !(await this.#intentar(() => trabajo(siguiente))) || cortada
      }
    }
    await Promise.all(Array.from({ length: simultaneos }, uno))
    if (cortada || this.#stopped) throw new RondaCortada()
  }

  /** False when inventario is away. Other failures are this order's own, and put off by its own back-off. */
  async #intentar(trabajo: () => Promise<void>): Promise<boolean> {
    try {
      await trabajo()
      this.#fallosSeguidos = 0
      return true
    } catch (error) {
      if (!(error instanceof PeerUnavailableError)) return true
      this.#cerrarPuerta()
      return false
    }
  }

  #cerrarPuerta(): void {
    const { clock, random } = this.#options
    this.#puertaHasta = clock.monoMs() + esperaMs(this.#fallosSeguidos, random, puerta)
    this.#fallosSeguidos++
  }

  async #barrer(): Promise<void> {
    const { clock, barrido, sweepMs = 60_000 } = this.#options
    if (clock.monoMs() < this.#sweepAt) return
    try {
      while (!this.#stopped && (await barrido.pagina()));
    } catch (error) {
      if (!(error instanceof PeerUnavailableError)) {
        this.#sweepAt = clock.monoMs() + sweepMs
        throw error
      }
      this.#cerrarPuerta()
      throw new RondaCortada()
    }
    this.#sweepAt = clock.monoMs() + sweepMs
  }

  async #limpiar(): Promise<void> {
    const { store, clock } = this.#options
    for (let olvidados = lote; olvidados === lote && !this.#stopped;) {
      olvidados = await crashAround('pedidos.limpiar.escribir', () =>
        store.olvidar(clock.epochMs(), lote),
      )
    }
  }
}
