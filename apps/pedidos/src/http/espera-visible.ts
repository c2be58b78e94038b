import { Gauge, type Registry } from 'prom-client'
import { propositos } from '../domain/pedido.ts'
import type { SinPedido } from '../app/barrido.ts'
import type { Espera } from '../ports/store.ts'

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/**
 * What waits for another service, since when and why, for `/readyz`. `borradosLeidosEn` says as of
 * when it is known who was erased, null before that was first asked; `reservasSinPedido` waits for a
 * person.
 */
export function verEspera(
  espera: Espera,
  borradosLeidosEn: number | null,
  sinPedido: SinPedido | null,
) {
  const { intenciones, porLiberar, porBorrar, desde, ultimoError } = espera
  return {
    ...intenciones,
    reservasPorLiberar: porLiberar,
    reservasSinPedido: sinPedido?.cuantas ?? 0,
    clientesPorBorrar: porBorrar,
    borradosLeidosEn: iso(borradosLeidosEn),
    desde: iso(desde),
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

/** What waits for a person to say whether it may go. */
export const addSinPedidoMetrics =
  (driver: { readonly sinPedido: SinPedido | null }) =>
  (registry: Registry): void => {
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_unclaimed_reservations',
        help: 'Reservations without an order that are kept until somebody says that they may go.',
        registers: [],
        collect() {
          this.set(driver.sinPedido?.cuantas ?? 0)
        },
      }),
    )
  }

/** Erased accounts: how many are left to do, and as of when the list of them is known. */
export const addBorradosMetrics =
  (driver: { readonly espera: Espera; readonly borradosLeidosEn: number | null }) =>
  (registry: Registry): void => {
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_pending_erasures',
        help: 'Erased accounts whose orders may still hold personal data.',
        registers: [],
        collect() {
          this.set(driver.espera.porBorrar)
        },
      }),
    )
    registry.registerMetric(
      new Gauge({
        name: 'pedidos_erasures_read_timestamp_seconds',
        help: 'When the list of erased accounts was last read to its end; 0 before the first time.',
        registers: [],
        collect() {
          this.set((driver.borradosLeidosEn ?? 0) / 1000)
        },
      }),
    )
  }
