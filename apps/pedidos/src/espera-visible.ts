import { Gauge, type Registry } from 'prom-client'
import { propositos } from './domain/pedido.ts'
import type { Espera } from './store/port.ts'

/** What waits for another service, since when and why, for `/readyz`. */
export function verEspera({ intenciones, porLiberar, desde, ultimoError }: Espera) {
  return {
    ...intenciones,
    reservasPorLiberar: porLiberar,
    desde: desde === null ? null : new Date(desde).toISOString(),
    motivo: ultimoError,
  }
}

/** The same for `/metrics`, read when scraped. `now` in milliseconds since the epoch. */
export const addEsperaMetrics =
  (leer: () => Espera, now: () => number) =>
  (registry: Registry): void => {
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_pending_intentions',
        help: 'Orders with a purpose that is not fulfilled yet.',
        labelNames: ['purpose'],
        registers: [],
        collect() {
          const { intenciones } = leer()
          for (const uno of propositos) this.set({ purpose: uno }, intenciones[uno])
        },
      }),
    )
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_pending_releases',
        help: 'Reservations without an order that are still to be released.',
        registers: [],
        collect() {
          this.set(leer().porLiberar)
        },
      }),
    )
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_pending_oldest_seconds',
        help: 'How long the oldest of what waits has waited; 0 when nothing does.',
        registers: [],
        collect() {
          const { desde } = leer()
          this.set(desde === null ? 0 : Math.max(0, now() - desde) / 1000)
        },
      }),
    )
  }
