import { atMost } from '@encargo/service-kit/async/at-most'
import { backOffMs } from '@encargo/service-kit/async/back-off'
import { type Loop, loop } from '@encargo/service-kit/async/loop'
import type { Timer } from '@encargo/service-kit/async/timer'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { describeError } from '@encargo/service-kit/run/logger'
import { StorageUnavailableError } from '@encargo/storage'
import type { Debida, Espera } from '../../ports/obligaciones.ts'
import { graciaMs, type Deps } from '../deps.ts'
import type { Cumplidor } from './cumplir.ts'
import { Guardia } from './guardia.ts'
import { type Carril, esObligacion, type Obligacion, type Tarea } from './obligacion.ts'

export interface DriverOptions extends Deps {
  readonly cumplidor: Cumplidor
  readonly carriles: readonly Carril[]
  readonly timer: Timer
  /** Whether the process is about to stop. */
  readonly parar: () => boolean
}

/** The pause between two rounds, in milliseconds. */
const everyMs = 1_000
/** How many are looked for at once. */
const lote = 100
/** How many of a kind that needs a service are done side by side; others hold the event loop. */
const simultaneas = 8
/** While a service can't be had: ten thousand things that need it cost a few calls. */
const puerta = { baseMs: 250, topMs: 5_000 } as const
/** However long it says that it will be away, in milliseconds. */
const masCerradaMs = 60_000

/**
 * Does by itself what is owed, whoever wrote it down and died, and what comes round. All of it can be
 * repeated, so requests and other instances may be at the same things; to spare them the work, of those that
 * share a database only the one on duty does it.
 */
export class Driver {
  readonly #options: DriverOptions
  readonly #rondas: Loop
  readonly #guardia: Guardia
  /** Services that can't be had: how often in a row, and when to ask again, in monotonic milliseconds. */
  readonly #ausentes = new Map<string, { readonly veces: number; readonly hasta: number }>()
  /** Kinds that have been gone through once: at start, who was at them is gone, and all is due. */
  readonly #empezadas = new Set<Obligacion>()
  readonly #todoVence: boolean
  /** When each periodic task has its turn, in monotonic milliseconds. */
  readonly #turnos = new Map<Tarea, number>()
  #espera: Espera = { pendientes: [] }

  constructor(options: DriverOptions) {
    this.#options = options
    const { timer, store } = options
    this.#guardia = new Guardia(options)
    // Others may be at it; what was a dead one's comes when its time is over.
    this.#todoVence = !store.compartido
    this.#rondas = loop({ timer, everyMs, firstMs: Infinity }, () => this.#ronda(), this.#fallo)
  }

  /** The first round at once, the others on the timer. */
  start(): void {
    void this.#rondas.wake()
  }

  /** No more rounds; resolves when the running one has ended. */
  stop(): Promise<void> {
    return this.#rondas.stop()
  }

  /** What was waiting when the last round ended. */
  get espera(): Espera {
    return this.#espera
  }

  /** Whether it was this process's to work when that was last asked. */
  get deGuardia(): boolean {
    return this.#guardia.mia
  }

  /** One round, or the one that is running. Does not reject: what fails is logged and due again. */
  tick(): Promise<void> {
    return this.#rondas.round().catch(this.#fallo)
  }

  readonly #fallo = (error: unknown) =>
    this.#options.logger.warn('a round of the driver failed', { error: describeError(error) })

  async #ronda(): Promise<void> {
    const { carriles, clock, store } = this.#options
    // A clock that is doubted dates nothing, and nothing is due by it.
    clock.epochMs()
    if (await this.#guardia.sigue())
      await Promise.all(carriles.map((carril) => this.#carril(carril)))
    this.#espera = await store.espera()
  }

  async #carril(carril: Carril): Promise<void> {
    const { logger, parar } = this.#options
    for (const trabajo of carril) {
      const { tipo, par } = trabajo
      if (parar() || !(await this.#guardia.sigue())) return
      if (par && !this.#esta(par)) continue
      try {
        await (esObligacion(trabajo) ? this.#debidas(trabajo) : this.#tarea(trabajo))
      } catch (error) {
        if (par && error instanceof PeerUnavailableError) this.#falta(par, error.retryAfterMs)
        else logger.warn('work of the driver failed', { tipo, error: describeError(error) })
      }
    }
  }

  #esta(par: string): boolean {
    return this.#options.clock.monoMs() >= (this.#ausentes.get(par)?.hasta ?? 0)
  }

  /** `leFaltanMs`: for how long asking is of no use, as it or its circuit says. */
  #falta(par: string, leFaltanMs: number): void {
    const { clock, random } = this.#options
    const veces = this.#ausentes.get(par)?.veces ?? 0
    const pausaMs = Math.max(backOffMs(puerta, veces, random), Math.min(leFaltanMs, masCerradaMs))
    const hasta = clock.monoMs() + pausaMs
    this.#ausentes.set(par, { veces: veces + 1, hasta })
  }

  async #tarea(tarea: Tarea): Promise<void> {
    const { clock, parar } = this.#options
    const ahora = clock.monoMs()
    if (ahora < (this.#turnos.get(tarea) ?? ahora)) return
    await tarea.turno(parar)
    // Not where its service can't be had: then it has its turn as soon as that is back.
    this.#turnos.set(tarea, ahora + (tarea.cadaMs ?? 0))
  }

  /** Page by page, a few side by side, each at most once; stops when their service is away. */
  async #debidas(obligacion: Obligacion): Promise<void> {
    const { store, clock, parar } = this.#options
    const todas = this.#todoVence && !this.#empezadas.has(obligacion)
    const hasta = todas ? Number.MAX_SAFE_INTEGER : clock.epochMs()
    const { tipo, porRonda = Infinity } = obligacion
    const vistas = new Set<string>()
    while (vistas.size < porRonda && !parar() && (await this.#guardia.sigue())) {
      // What is done or put off leaves the list, so each page is another one.
      const debidas = await store.debidas(tipo, hasta, Math.min(lote, porRonda - vistas.size))
      const nuevas = debidas.filter(({ clave }) => !vistas.has(clave))
      if (nuevas.length === 0) break
      for (const { clave } of nuevas) vistas.add(clave)
      await atMost(obligacion.par ? simultaneas : 1, nuevas, (una) => this.#tomar(una, obligacion))
    }
    this.#empezadas.add(obligacion)
  }

  /** Rejects when the service or the database can't be had: the others would fail as well. */
  async #tomar(debida: Debida, { par }: Obligacion): Promise<void> {
    const { store, clock, cumplidor, parar } = this.#options
    if (parar()) return
    const hasta = clock.epochMs() + graciaMs
    try {
      const tomada = await store.tomar(debida, hasta)
      if (!tomada) return
      await cumplidor.cumplir(debida, backgroundCall())
      if (par) this.#ausentes.delete(par)
    } catch (error) {
      const falta =
        error instanceof PeerUnavailableError || error instanceof StorageUnavailableError
      // Other failures are its own: it has been told of and put off.
      if (falta) throw error
    }
  }
}
