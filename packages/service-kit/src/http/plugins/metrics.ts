import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { callContextOf } from './tracing.ts'

export interface Metrics {
  readonly registry: Registry
  readonly observe: (method: string, route: string, code: number, seconds: number) => void
}

type Read = number | ReadonlyMap<string, number>
/** What is read when it is scraped; with the name of a label for what has several values. */
export type ReadGauge = readonly [
  name: string,
  help: string,
  read: () => Read | Promise<Read>,
  label?: string,
]

/** Ends the help of what is read from the database: there, replicas say the same. */
export const sameFromAll = 'The same from every replica: take the highest, not the sum.'

export function addReadGauges(registry: Registry, gauges: readonly ReadGauge[]): void {
  for (const [name, help, read, label = ''] of gauges) {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: label === '' ? [] : [label],
        registers: [],
        async collect() {
          const value = await read()
          if (typeof value === 'number') this.set(value)
          else for (const [one, n] of value) this.set({ [label]: one }, n)
        },
      }),
    )
  }
}

/** The names that dashboards for Prometheus clients expect; read when scraped, so without a timer. */
function addProcessMetrics(registry: Registry): void {
  addReadGauges(registry, [
    ['process_resident_memory_bytes', 'Resident memory in bytes.', () => process.memoryUsage.rss()],
    ['process_uptime_seconds', 'Seconds since the process started.', () => process.uptime()],
  ])
  registry.registerMetric(
    new Counter({
      name: 'process_cpu_seconds_total',
      help: 'Processor time used, in seconds.',
      registers: [],
      collect() {
        const { user, system } = process.cpuUsage()
        this.reset()
        this.inc((user + system) / 1_000_000)
      },
    }),
  )
}

/** One registry an app, so that an app can be created twice in a process. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  addProcessMetrics(registry)
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  return {
    registry,
    observe(method, route, code, seconds) {
      durations.observe({ method, route }, seconds)
      requests.inc({ method, route, status: String(code) })
    },
  }
}

const shown = { tags: ['operaciones'], 'x-acceso': 'publico' }

function statusOf(value: unknown, fallback: number | string | undefined): number {
  if (value instanceof Response) return value.status
  return typeof fallback === 'number' ? fallback : 200
}

/** Counts and times every answer by route template, never by path, so that labels stay bounded. */
export const requestMetrics = (metrics: Metrics) =>
  new Elysia({ name: 'encargo/metrics', seed: crypto.randomUUID() })
    .onAfterResponse({ as: 'global' }, ({ request, route, set, responseValue }) => {
      const seconds = (performance.now() - callContextOf(request).startedAt) / 1000
      metrics.observe(
        request.method,
        route || '(none)',
        statusOf(responseValue, set.status),
        seconds,
      )
    })
    .get(
      '/metrics',
      async ({ set }) => {
        set.headers['content-type'] = metrics.registry.contentType
        return await metrics.registry.metrics()
      },
      {
        response: { 200: Type.String({ contentMediaType: 'text/plain' }) },
        detail: { ...shown, summary: 'Métricas en texto de Prometheus' },
      },
    )
