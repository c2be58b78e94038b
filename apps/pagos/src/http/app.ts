import type { Clock } from '@encargo/service-kit/async/clock'
import { auditRoutes } from '@encargo/service-kit/http/audit-routes'
import { addReadGauges, sameFromAll } from '@encargo/service-kit/http/plugins/metrics'
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import { Counter, type Registry } from 'prom-client'
import type { CasosDeUso } from '../app/index.ts'
import { acciones } from '../domain/auditoria.ts'
import { type Llegada, avisosRoutes } from './avisos.ts'
import { ajenosRoutes } from './ajenos.ts'
import { capturasRoutes } from './capturas.ts'
import { cobrosRoutes } from './cobros.ts'
import { consultaRoutes } from './consulta.ts'
import { dineroRoutes } from './dinero.ts'
import { eventosRoutes } from './eventos.ts'
import { metodosRoutes } from './metodos.ts'

export interface PagosDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly casos: CasosDeUso
  /** The machine's: where the service's own is doubted, whoever watches must have an answer. */
  readonly clock: Pick<Clock, 'epochMs'>
  /** The origins that a shopper may be sent back to. */
  readonly retornos: readonly string[]
}

/** What waits, by kind; the oldest since when. */
const verEspera = ({ driver }: CasosDeUso) => {
  const { pendientes, ultimoError } = driver.espera
  const desde = pendientes.map((una) => una.desde).toSorted((a, b) => a - b)[0]
  return {
    ...Object.fromEntries(pendientes.map(({ que, cuantas }) => [que, cuantas])),
    deGuardia: driver.deGuardia,
    desde: desde === undefined ? null : new Date(desde).toISOString(),
    motivo: ultimoError ?? null,
  }
}

function addMetricas(registry: Registry, casos: CasosDeUso) {
  const pendientes = (campo: 'cuantas' | 'fallidas') =>
    new Map(casos.driver.espera.pendientes.map((una) => [una.que, una[campo]] as const))
  addReadGauges(registry, [
    [
      'pagos_obligations',
      `What must happen and has not yet, by what it is. ${sameFromAll}`,
      () => pendientes('cuantas'),
      'type',
    ],
    [
      'pagos_obligations_failing',
      `Those of them that have failed at least once. ${sameFromAll}`,
      () => pendientes('fallidas'),
      'type',
    ],
    [
      'pagos_on_duty',
      'Whether this process is the one that works in the background: of all of a shop, one does.',
      () => Number(casos.driver.deGuardia),
    ],
  ])
}

/** The payments service. Acts on nothing but what it is given, so one process can hold several. */
export function createApp(deps: PagosDeps) {
  const { casos, retornos } = deps
  let avisos: Counter<'provider' | 'result'> | undefined
  const contar = (provider: string, result: Llegada) => avisos?.inc({ provider, result })
  const base = service({
    ...deps,
    name: 'pagos',
    description: 'Los cobros: cómo se puede pagar y qué pasó con cada dinero.',
    health: { ...deps.health, pending: () => verEspera(casos) },
    addMetrics(registry) {
      addMetricas(registry, casos)
      avisos = new Counter({
        name: 'pagos_notices_total',
        help: 'Notices of providers, by what came of them; firma-invalida is kept nowhere.',
        labelNames: ['provider', 'result'],
        registers: [registry],
      })
    },
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(metodosRoutes(base, { ...casos.deps, encendidos: casos.deps.proveedores }))
    .use(cobrosRoutes(base, casos, retornos))
    .use(consultaRoutes(base, casos))
    .use(capturasRoutes(base, casos))
    .use(dineroRoutes(base, casos))
    .use(ajenosRoutes(base, casos))
    .use(avisosRoutes(base, casos, contar))
    .use(eventosRoutes(base, casos))
    .use(auditRoutes(base, { listar: casos.deps.store.auditoria, acciones }))
}

export type PagosApp = ReturnType<typeof createApp>
