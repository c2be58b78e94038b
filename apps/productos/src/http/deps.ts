import type { Clock } from '@encargo/service-kit/async/clock'
import type { ProductosStore } from '../ports.ts'

/** What the routes are given. */
export interface Deps {
  readonly store: ProductosStore
  /** The ISO 4217 code of the currency that all prices are in. */
  readonly moneda: string
  readonly clock: Clock
  readonly uuid: () => string
}
