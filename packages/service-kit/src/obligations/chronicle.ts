import type { Clock } from '../async/clock.ts'
import type { Intento, Paso } from '../values/attempts.ts'

/** Keeps the steps of one run while it goes on. */
export class Chronicle {
  /** In the order in which they began; a hole for one that has not ended. */
  readonly #steps: (Paso | undefined)[] = []
  readonly #clock: Pick<Clock, 'monoMs'>
  readonly #began: number

  constructor(clock: Pick<Clock, 'monoMs'>) {
    this.#clock = clock
    this.#began = clock.monoMs()
  }

  /** Runs a step and notes how it ended; `result` says it in a word. */
  async step<T>(paso: string, work: () => Promise<T>, result: (value: T) => string): Promise<T> {
    const began = this.#clock.monoMs()
    const place = this.#steps.push(undefined) - 1
    try {
      const value = await work()
      this.#steps[place] = { paso, resultado: result(value), us: this.#us(began) }
      return value
    } catch (error) {
      const detalle = error instanceof Error ? error.name : 'Error'
      this.#steps[place] = { paso, resultado: 'fallo', us: this.#us(began), detalle }
      throw error
    }
  }

  /** The run so far, with what else there is to say of it. */
  run<const T extends object>(said: T): T & Pick<Intento, 'us' | 'pasos'> {
    const pasos = this.#steps.filter((paso) => paso !== undefined)
    return { ...said, us: this.#us(this.#began), pasos }
  }

  #us(began: number): number {
    return Math.max(0, Math.round((this.#clock.monoMs() - began) * 1000))
  }
}
