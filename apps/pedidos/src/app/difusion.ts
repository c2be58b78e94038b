import type { Clock } from '@encargo/service-kit/async/clock'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import type { Timer } from '@encargo/service-kit/async/timer'
import { type Loop, loop } from '@encargo/service-kit/async/loop'
import { type Share, Shares } from '@encargo/service-kit/async/shares'
import type { EventoSeguido } from '../domain/evento.ts'
import type { Historial } from '../ports/store.ts'
import { Flujo } from './flujo.ts'

export interface DifusionOptions {
  readonly historial: Historial
  readonly timer: Timer
  readonly logger: Logger
  readonly clock: Pick<Clock, 'epochMs'>
  /** The time between two signs of life to every reader, in milliseconds. */
  readonly latidoMs?: number
  /** How often the history is looked at without being told to: another instance may write, too. */
  readonly sondeoMs?: number
  /** How many streams may be open in this process: in all, for one user, and for one address. */
  readonly maximo?: number
  readonly maximoPorUsuario?: number
  readonly maximoPorDireccion?: number
  readonly maxEnCola?: number
}

export interface PeticionFlujo {
  readonly usuarioId: string
  /** The network that it comes from, where it came by a connection. */
  readonly red?: string | undefined
  /** Whose orders, or undefined for everybody's. */
  readonly clienteId: string | undefined
  /** The place from which to go on, or undefined for now. */
  readonly desde: number | undefined
  /** When the reader's token ends, in milliseconds since the epoch. */
  readonly hastaMs: number
  /** Whether that token is still good: a stream must not outlive what let its reader in. */
  readonly vigente: () => Promise<boolean>
}

export interface Negado {
  readonly tipo: 'demasiados' | 'demasiados-en-su-red' | 'lleno' | 'cerrado'
}

export type Apertura = { readonly tipo: 'abierto'; readonly flujo: Flujo } | Negado

/** How many events are handed out in one go. */
const lote = 500

/**
 * Tells the events of orders to those who follow them. The history is read once for all live
 * readers: right after each commit, and every `sondeoMs` in case somebody else wrote. Does nothing
 * while nobody listens.
 */
export class Difusion {
  readonly #options: Required<DifusionOptions>
  /** And whether each may go on. */
  readonly #flujos = new Map<Flujo, PeticionFlujo['vigente']>()
  readonly #porCliente = new Map<string | undefined, Set<Flujo>>()
  readonly #usuarios: Shares
  readonly #redes: Shares
  readonly #lectura: Loop
  /** Which run only while somebody listens. */
  #relojes: readonly Loop[] = []
  #ultima = 0
  #cerrada = false

  constructor(options: DifusionOptions) {
    this.#options = {
      latidoMs: 15_000,
      sondeoMs: 250,
      maximo: 1_000,
      maximoPorUsuario: 16,
      maximoPorDireccion: 128,
      maxEnCola: 256,
      ...options,
    }
    const { maximo: total, maximoPorUsuario, maximoPorDireccion } = this.#options
    this.#usuarios = new Shares({ each: maximoPorUsuario, total })
    this.#redes = new Shares({ each: maximoPorDireccion, total })
    this.#lectura = this.#cada(Infinity, () => this.#leer())
  }

  /** How many streams are open. */
  get abiertos(): number {
    return this.#flujos.size
  }

  /** Something was committed. */
  despertar(): void {
    if (this.#flujos.size > 0) void this.#lectura.wake()
  }

  /** Ends every stream and opens no more. */
  cerrar(): void {
    this.#cerrada = true
    for (const flujo of this.#flujos.keys()) flujo.cerrar()
  }

  /**
   * Opens a stream. A place that no event has had yet counts as now: so does, after the database
   * was restored from a copy, one that was lost with it.
   */
  async seguir(peticion: PeticionFlujo): Promise<Apertura> {
    if (this.#cerrada) return { tipo: 'cerrado' }
    const sitio = this.#tomar(peticion)
    if ('tipo' in sitio) return sitio
    // All that was committed before is then handed out.
    await this.#lectura.wake()
    // It may have been closed meanwhile.
    if (!this.#cerrada) return { tipo: 'abierto', flujo: this.#abrir(peticion, sitio.dejar) }
    sitio.dejar()
    return { tipo: 'cerrado' }
  }

  /** A place for one more stream, or why there is none. */
  #tomar({ usuarioId, red }: PeticionFlujo): Negado | { readonly dejar: () => void } {
    const suyo = this.#usuarios.take(usuarioId)
    if (suyo.result !== 'taken') {
      return { tipo: suyo.result === 'own-full' ? 'demasiados' : 'lleno' }
    }
    const deSuRed: Share =
      red === undefined ? { result: 'taken', release: () => undefined } : this.#redes.take(red)
    if (deSuRed.result !== 'taken') {
      suyo.release()
      return { tipo: 'demasiados-en-su-red' }
    }
    const dejar = () => {
      suyo.release()
      deSuRed.release()
    }
    return { dejar }
  }

  #abrir({ clienteId, desde, hastaMs, vigente }: PeticionFlujo, dejar: () => void): Flujo {
    const { historial, maxEnCola, timer, clock } = this.#options
    const flujo = new Flujo({
      historial,
      clienteId,
      desde: Math.min(desde ?? this.#ultima, this.#ultima),
      ultima: () => this.#ultima,
      maxEnCola,
      alCerrar: () => {
        caducar()
        dejar()
        this.#quitar(flujo)
      },
    })
    const caducar = timer(() => flujo.cerrar(), Math.max(0, hastaMs - clock.epochMs()))
    this.#flujos.set(flujo, vigente)
    const iguales = this.#porCliente.get(clienteId) ?? new Set()
    this.#porCliente.set(clienteId, iguales.add(flujo))
    if (this.#flujos.size === 1) this.#animar()
    return flujo
  }

  #quitar(flujo: Flujo): void {
    this.#flujos.delete(flujo)
    const iguales = this.#porCliente.get(flujo.clienteId)
    iguales?.delete(flujo)
    if (iguales?.size === 0) this.#porCliente.delete(flujo.clienteId)
    if (this.#flujos.size === 0) for (const reloj of this.#relojes) void reloj.stop()
  }

  #animar(): void {
    const { latidoMs, sondeoMs } = this.#options
    this.#relojes = [
      this.#cada(sondeoMs, async () => this.despertar()),
      this.#cada(latidoMs, async () => {
        for (const [flujo, vigente] of this.#flujos) void this.#latir(flujo, vigente)
      }),
    ]
  }

  #cada(everyMs: number, trabajo: () => Promise<void>): Loop {
    const { timer, logger } = this.#options
    return loop({ timer, everyMs, firstMs: everyMs }, trabajo, (error) =>
      logger.warn('the history could not be read', { error: describeError(error) }),
    )
  }

  async #latir(flujo: Flujo, vigente: PeticionFlujo['vigente']): Promise<void> {
    flujo.latido()
    if (!(await vigente())) flujo.cerrar()
  }

  async #leer(): Promise<void> {
    const { historial } = this.#options
    if (this.#flujos.size === 0) {
      const ultima = await historial.ultima()
      // Whoever listens was opened with the place as it was known then.
      if (this.#flujos.size === 0) this.#ultima = ultima
      return
    }
    const todo = { clienteId: undefined, hasta: Number.MAX_SAFE_INTEGER, limite: lote }
    for (let leidos = lote; leidos === lote;) {
      const eventos = await historial.leer({ ...todo, desde: this.#ultima })
      for (const evento of eventos) this.#repartir(evento)
      leidos = eventos.length
    }
  }

  #repartir(evento: EventoSeguido): void {
    this.#ultima = evento.secuencia
    for (const flujo of this.#porCliente.get(evento.clienteId) ?? []) flujo.entregar(evento)
    for (const flujo of this.#porCliente.get(undefined) ?? []) flujo.entregar(evento)
  }
}
