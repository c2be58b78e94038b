import type { Intento } from '@encargo/service-kit/values/attempts'
import { propositos } from './pedido.ts'

/** What is done to an order. */
export const operaciones = ['comprar', ...propositos, 'prorrogar'] as const
export type Operacion = (typeof operaciones)[number]

/** One attempt at an operation on an order, as it is told in the order's story. */
export interface Corrida extends Intento {
  readonly operacion: Operacion
  /** Whose wish it is: a user's or service's id, or `sistema`. */
  readonly actor: string
}
