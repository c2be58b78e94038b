import { addReadGauges, sameFromAll } from '@encargo/service-kit/http/plugins/metrics'
import type { Registry } from 'prom-client'
import type { Difusion } from '../app/difusion.ts'
import type { CasosDeUso } from '../app/index.ts'
import { propositos } from '../domain/pedido.ts'
import { cuantas, masVieja } from './espera-visible.ts'

/** What waits, and who follows orders live, read when scraped. `now` in milliseconds since the epoch. */
export function addMetricas(
  registry: Registry,
  casos: CasosDeUso,
  eventos: Difusion,
  now: () => number,
) {
  const de = (que: string) => cuantas(casos).get(que) ?? 0
  addReadGauges(registry, [
    [
      'pedidos_obligations',
      `What must happen and has not yet, by what it is. ${sameFromAll}`,
      () => cuantas(casos),
      'type',
    ],
    [
      'pedidos_obligations_failing',
      `Those of them that have failed at least once. ${sameFromAll}`,
      () => cuantas(casos, 'fallidas'),
      'type',
    ],
    [
      'pedidos_pending_intentions',
      `Orders with a purpose that is not fulfilled yet. ${sameFromAll}`,
      () => new Map(propositos.map((uno) => [uno, de(uno)])),
      'purpose',
    ],
    [
      'pedidos_pending_releases',
      `Reservations without an order that are still to be released. ${sameFromAll}`,
      () => de('soltar-reserva'),
    ],
    [
      'pedidos_pending_oldest_seconds',
      `How long the oldest of what waits has waited; 0 when nothing does. ${sameFromAll}`,
      () => Math.max(0, now() - (masVieja(casos) ?? now())) / 1000,
    ],
    [
      'pedidos_unclaimed_reservations',
      `Reservations without an order that are kept until somebody says that they may go. ${sameFromAll}`,
      () => casos.driver.espera.sinPedido ?? 0,
    ],
    [
      'pedidos_erasures_read_timestamp_seconds',
      'When this process last read the list of erased accounts to its end; 0 before the first time.',
      () => (casos.listaDeBorrados.leidaEn ?? 0) / 1000,
    ],
    [
      'pedidos_on_duty',
      'Whether this process is the one that works in the background: of all of a shop, one does.',
      () => Number(casos.driver.deGuardia),
    ],
    ['pedidos_event_streams', 'Open streams of order events.', () => eventos.abiertos],
  ])
}
