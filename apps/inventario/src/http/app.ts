import type { Clock } from '@encargo/service-kit/async/clock'
import { auditRoutes } from '@encargo/service-kit/http/audit-routes'
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import { acciones } from '../domain/auditoria.ts'
import { devolucionesRoutes } from './devoluciones.ts'
import { existenciasRoutes } from './existencias.ts'
import { instalacionRoutes } from './instalacion.ts'
import { movimientosRoutes } from './movimientos.ts'
import { recuentoRoutes } from './recuento.ts'
import { reservasRoutes } from './reservas.ts'
import { reservasDeRoutes } from './reservas-de.ts'
import { reservasJuntasRoutes } from './reservas-juntas.ts'
import type { Instalacion } from '../app/instalacion.ts'
import type { Catalogo, InventarioStore } from '../ports.ts'

export interface InventarioDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly store: InventarioStore
  readonly catalogo: Catalogo
  readonly instalacion: Instalacion
  readonly clock: Pick<Clock, 'epochMs'>
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
    .use(devolucionesRoutes(base, deps))
    .use(auditRoutes(base, { listar: deps.store.auditoria, acciones }))
}

export type InventarioApp = ReturnType<typeof createApp>
