import type { Clock } from '@encargo/service-kit/async/clock'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { Cupos } from '../domain/cupo.ts'
import type { Pagos } from '../ports/pagos.ts'
import type { Catalogo, Clientes, Reservas } from '../ports/peers.ts'
import type { Enlaces } from '../ports/enlaces.ts'
import type { Correo } from '../ports/correo.ts'
import type { PedidosStore } from '../ports/store.ts'

/** What use cases work with. */
export interface Deps {
  readonly store: PedidosStore
  readonly clientes: Clientes
  readonly catalogo: Catalogo
  readonly reservas: Reservas
  readonly pagos: Pagos
  readonly enlaces: Enlaces
  readonly correo: Correo
  readonly logger: Logger
  readonly clock: Clock
  readonly uuid: () => string
  /** In [0, 1). */
  readonly random: () => number
  /** Begins what was just written down, which else waits for the driver's next round. */
  readonly enseguida: (deuda: Deuda) => void
  readonly moneda: string
  readonly cupos: Cupos
}

/**
 * How long the driver leaves an order to the request that is at it, in milliseconds: longer than
 * any request may take.
 */
export const graciaMs = 15_000
