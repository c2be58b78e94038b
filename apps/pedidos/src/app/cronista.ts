import type { Clock } from '@encargo/service-kit/async/clock'
import type { Corrida, Paso } from '../domain/corrida.ts'

/** Keeps the steps of one run while it goes on. */
export class Cronista {
  /** In the order in which they began; a hole for one that has not ended. */
  readonly #pasos: (Paso | undefined)[] = []
  readonly #clock: Pick<Clock, 'monoMs'>
  readonly #inicio: number

  constructor(clock: Pick<Clock, 'monoMs'>) {
    this.#clock = clock
    this.#inicio = clock.monoMs()
  }

  /** Runs a step and notes how it ended; `resultado` says it in a word. */
  async paso<T>(
    paso: string,
    trabajo: () => Promise<T>,
    resultado: (valor: T) => string,
  ): Promise<T> {
    const inicio = this.#clock.monoMs()
    const orden = this.#pasos.push(undefined) - 1
    try {
      const valor = await trabajo()
      this.#pasos[orden] = { paso, resultado: resultado(valor), us: this.#us(inicio) }
      return valor
    } catch (error) {
      const detalle = error instanceof Error ? error.name : 'Error'
      this.#pasos[orden] = { paso, resultado: 'fallo', us: this.#us(inicio), detalle }
      throw error
    }
  }

  /** The run so far, with what else there is to say of it. */
  corrida<const T extends object>(datos: T): T & Pick<Corrida, 'us' | 'pasos'> {
    const pasos = this.#pasos.filter((paso) => paso !== undefined)
    return { ...datos, us: this.#us(this.#inicio), pasos }
  }

  #us(inicio: number): number {
    return Math.max(0, Math.round((this.#clock.monoMs() - inicio) * 1000))
  }
}
