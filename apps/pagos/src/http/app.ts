import type { Clock } from '@encargo/service-kit/async/clock'
import { auditRoutes } from '@encargo/service-kit/http/audit-routes'
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import { acciones } from '../domain/auditoria.ts'
import type { IdProveedor } from '../domain/cobro.ts'
import type { PagosStore } from '../ports/store.ts'
import { metodosRoutes } from './metodos.ts'

export interface PagosDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly store: PagosStore
  readonly clock: Pick<Clock, 'epochMs'>
  /** The providers that the shop has an account with. */
  readonly encendidos: ReadonlySet<IdProveedor>
}

/** The payments service. Acts on nothing but what it is given, so one process can hold several. */
export function createApp(deps: PagosDeps) {
  const base = service({
    ...deps,
    name: 'pagos',
    description: 'Los cobros: cómo se puede pagar y qué pasó con cada dinero.',
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(metodosRoutes(base, deps))
    .use(auditRoutes(base, { listar: deps.store.auditoria, acciones }))
}

export type PagosApp = ReturnType<typeof createApp>
