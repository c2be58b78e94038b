import { propositos } from './pedido.ts'

/** What is done to an order. */
export const operaciones = ['comprar', ...propositos, 'prorrogar'] as const
export type Operacion = (typeof operaciones)[number]

/** One step of a run: who was asked what, what came of it, and how long it took, in microseconds. */
export interface Paso {
  readonly paso: string
  readonly resultado: string
  readonly us: number
  readonly detalle?: string
}

/** One attempt at an operation on an order, as it is told in the order's story. */
export interface Corrida {
  readonly operacion: Operacion
  /** Whose wish it is: a user's or service's id, or `sistema`. */
  readonly actor: string
  /** W3C trace id of the request, or of the driver's own round. */
  readonly traza: string
  readonly resultado: string
  readonly en: number
  readonly us: number
  readonly pasos: readonly Paso[]
}

/** Keeps the steps of one run while it goes on. `reloj` is in monotonic milliseconds. */
export class Cronista {
  /** In the order in which they began; a hole for one that has not ended. */
  readonly #pasos: (Paso | undefined)[] = []
  readonly #reloj: () => number
  readonly #inicio: number

  constructor(reloj: () => number) {
    this.#reloj = reloj
    this.#inicio = reloj()
  }

  /** Runs a step and notes how it ended; `resultado` says it in a word. */
  async paso<T>(
    paso: string,
    trabajo: () => Promise<T>,
    resultado: (valor: T) => string,
  ): Promise<T> {
    const inicio = this.#reloj()
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

  corrida(datos: Omit<Corrida, 'us' | 'pasos'>): Corrida {
    const pasos = this.#pasos.filter((paso) => paso !== undefined)
    return { ...datos, us: this.#us(this.#inicio), pasos }
  }

  #us(inicio: number): number {
    return Math.max(0, Math.round((this.#reloj() - inicio) * 1000))
  }
}
