import { Gauge, type Registry } from 'prom-client'
import type { Difusion } from '../app/difusion.ts'

/** How many follow orders live, read when scraped. */
export const addEventosMetrics =
  (eventos: Difusion) =>
  (registry: Registry): void => {
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_event_streams',
        help: 'Open streams of order events.',
        registers: [],
        collect() {
          this.set(eventos.abiertos)
        },
      }),
    )
  }
