import type { Clock } from '@encargo/service-kit/async/clock'
import { auditRoutes } from '@encargo/service-kit/http/audit-routes'
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import { ajustesRoutes } from './ajustes.ts'
import { avisosRoutes } from './avisos.ts'
import { verEspera } from './espera-visible.ts'
import { addMetricas } from './metricas.ts'
import type { Difusion } from '../app/difusion.ts'
import { acciones } from '../domain/auditoria.ts'
import { anulacionRoutes } from './anulacion.ts'
import { cambioRoutes } from './cambio.ts'
import { cobrosRoutes } from './cobros.ts'
import { compraRoutes } from './compra.ts'
import { cotizacionRoutes } from './cotizacion.ts'
import { cuponesRoutes } from './cupones.ts'
import { eventosRoutes } from './eventos.ts'
import { exportacionRoutes } from './exportacion.ts'
import { metodosRoutes } from './metodos.ts'
import { notasRoutes } from './notas.ts'
import { pedidosRoutes } from './pedidos.ts'
import { preparadoRoutes } from './preparado.ts'
import { prorrogaRoutes } from './prorroga.ts'
import { saldosRoutes } from './saldos.ts'
import { resumenRoutes } from './resumen.ts'
import { seguimientoRoutes } from './seguimiento.ts'
import type { CasosDeUso } from '../app/index.ts'

export interface PedidosDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly casos: CasosDeUso
  readonly eventos: Difusion
  /** The machine's: where the service's own is doubted, whoever watches must have an answer. */
  readonly clock: Pick<Clock, 'epochMs'>
}

/** The orders service. Acts on nothing but what it is given, so one process can hold several. */
export function createApp(deps: PedidosDeps) {
  const { casos, eventos } = deps
  const base = service({
    ...deps,
    name: 'pedidos',
    description: 'Los pedidos: quién compró qué, a qué precio y en qué quedó.',
    health: { ...deps.health, pending: () => verEspera(casos) },
    addMetrics: (registry) => addMetricas(registry, casos, eventos, deps.clock.epochMs),
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(compraRoutes(base, casos))
    .use(cotizacionRoutes(base, casos.deps))
    .use(metodosRoutes(base, casos.deps))
    .use(cuponesRoutes(base, casos.deps))
    .use(pedidosRoutes(base, casos.deps))
    .use(resumenRoutes(base, casos.deps))
    .use(exportacionRoutes(base, casos.deps))
    .use(notasRoutes(base, casos.deps))
    .use(cambioRoutes(base, casos.deps, casos.cumplidor))
    .use(prorrogaRoutes(base, casos.deps))
    .use(cobrosRoutes(base, casos.deps))
    .use(saldosRoutes(base, casos.deps, casos.cumplidor))
    .use(anulacionRoutes(base, casos.deps, casos.cumplidor))
    .use(preparadoRoutes(base, casos.deps))
    .use(seguimientoRoutes(base, casos))
    .use(auditRoutes(base, { listar: casos.deps.store.auditoria, acciones }))
    .use(avisosRoutes(base, casos.deps))
    .use(ajustesRoutes(base, casos))
    .use(eventosRoutes(base, eventos, deps.verifier))
}

export type PedidosApp = ReturnType<typeof createApp>
