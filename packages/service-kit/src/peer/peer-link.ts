import { type BreakerMetrics, createResilientFetch } from '@encargo/circuit-breaker'
import type { Logger } from '../run/logger.ts'
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

export interface PeerLinkOptions {
  readonly name: string
  readonly origin: string
  readonly logger: Logger
  /** The fetch underneath; in one process, an app's own `handle`. */
  readonly fetch?: typeof fetch
}

/** One breaker for each target, with the defaults of the resilient fetch; its transitions are logged. */
export function connectPeer(options: PeerLinkOptions): PeerLink {
  const fetcher = createResilientFetch({
    target: options.name,
    ...(options.fetch ? { fetch: options.fetch } : {}),
    onEvent(event) {
      if (event.type !== 'state') return
      options.logger.warn('circuit changed', { peer: options.name, from: event.from, to: event.to })
    },
  })
  const { name, origin, logger } = options
  return { name, origin, fetcher, metrics: () => fetcher.metrics(), fit: new PeerFit(name, logger) }
}

export function peerStatus(link: PeerLink): PeerStatus {
  const { state, retryAfterMs } = link.metrics()
  const seen = { circuito: state, reintentaEnMs: Math.ceil(retryAfterMs) }
  const { wrong } = link.fit
  return wrong.length === 0 ? seen : { ...seen, impedimentos: wrong }
}
