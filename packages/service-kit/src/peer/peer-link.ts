import { type BreakerMetrics, createResilientFetch } from '@encargo/circuit-breaker'
import type { Outside } from '../run/outside.ts'
import { PeerFit } from './peer-fit.ts'
import type { PeerStatus } from '../http/plugins/operations.ts'

/** A way to a peer: its origin, and a fetch that is bounded in time, retried with care and broken off. */
export interface PeerLink {
  readonly name: string
  readonly origin: string
  readonly fetcher: typeof fetch
  readonly metrics: () => BreakerMetrics
  /** Whether it is the peer that it should be. */
  readonly fit: PeerFit
}

/** One breaker for each target, with the defaults of the resilient fetch; its transitions are logged. */
export function connectPeer(
  name: string,
  origin: string,
  { fetch, logger }: Pick<Outside, 'fetch' | 'logger'>,
): PeerLink {
  const fetcher = createResilientFetch({
    target: name,
    fetch,
    onEvent(event) {
      if (event.type !== 'state') return
      logger.warn('circuit changed', { peer: name, from: event.from, to: event.to })
    },
  })
  return { name, origin, fetcher, metrics: () => fetcher.metrics(), fit: new PeerFit(name, logger) }
}

export function peerStatus(link: PeerLink): PeerStatus {
  const { state, retryAfterMs } = link.metrics()
  const seen = { circuito: state, reintentaEnMs: Math.ceil(retryAfterMs) }
  const { wrong } = link.fit
  return wrong.length === 0 ? seen : { ...seen, impedimentos: wrong }
}
