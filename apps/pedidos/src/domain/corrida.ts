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

/** A run, without what it is an attempt at. */
export type Intento = Omit<Corrida, 'operacion' | 'actor'>
