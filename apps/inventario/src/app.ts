import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import type { ProductosClient } from './clients.ts'
import { existenciasRoutes } from './routes/existencias.ts'
import { instalacionRoutes } from './routes/instalacion.ts'
import { movimientosRoutes } from './routes/movimientos.ts'
import { prorrogaRoutes } from './routes/prorroga.ts'
import { recuentoRoutes } from './routes/recuento.ts'
import { reservasRoutes } from './routes/reservas.ts'
import { reservasDeRoutes } from './routes/reservas-de.ts'
import { reservasJuntasRoutes } from './routes/reservas-juntas.ts'
import type { InventarioStore } from './store/port.ts'

export type { EstadoReserva, Linea } from './domain/reserva.ts'
export type { Faltante } from './domain/existencia.ts'
export type { TipoMovimiento } from './domain/movimiento.ts'
export type { ProductosClient } from './clients.ts'
export type { InventarioStore } from './store/port.ts'

export interface InventarioDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly store: InventarioStore
  readonly productos: ProductosClient
  readonly now: () => Date
  /** How long a reservation lasts whose request does not say, in seconds. */
  readonly plazoSegundos: number
}

/** The stock service. Acts on nothing but what it is given, so one process can hold several. */
export function createApp(deps: InventarioDeps) {
  const base = service({
    ...deps,
    name: 'inventario',
    description: 'Las existencias: qué hay, qué está prometido y cada movimiento.',
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(existenciasRoutes(base, deps))
    .use(movimientosRoutes(base, deps))
    .use(recuentoRoutes(base, deps))
    .use(reservasDeRoutes(base, deps))
    .use(instalacionRoutes(base, deps))
    .use(reservasRoutes(base, deps))
    .use(reservasJuntasRoutes(base, deps))
    .use(prorrogaRoutes(base, deps))
}

export type InventarioApp = ReturnType<typeof createApp>
