import { cors } from '@elysiajs/cors'
import { Elysia } from 'elysia'
import type { Registry } from 'prom-client'
import type { Logger } from './logger.ts'
import { apiDocs } from './plugins/api-docs.ts'
import { bodyParser } from './plugins/body.ts'
import { errors } from './plugins/errors.ts'
import { guard } from './plugins/guard.ts'
import { type PeerLink, peerStatus } from './peer-link.ts'
import { createMetrics, requestMetrics } from './plugins/metrics.ts'
import { addPeerMetrics } from './plugins/peer-metrics.ts'
import { type HealthSources, operations } from './plugins/operations.ts'
import { requestLog } from './plugins/request-log.ts'
import { tracing } from './plugins/tracing.ts'
import type { TokenVerifier } from './tokens.ts'

export interface ServiceOptions {
  readonly name: string
  /** One sentence for the OpenAPI page. */
  readonly description: string
  readonly logger: Logger
  readonly verifier: TokenVerifier
  readonly health: Omit<HealthSources, 'peers'>
  /** The peers this service calls; they show in `/readyz` and `/metrics`. */
  readonly peers?: readonly PeerLink[]
  readonly corsOrigins: readonly string[]
  /** Adds the service's own metrics to those that every service has. */
  readonly addMetrics?: (registry: Registry) => void
}

/** What a browser's page may send beyond the headers that are always allowed. */
const requestHeaders = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'traceparent',
  'x-deadline-ms',
] as const

/** What every service needs and none is about; each app starts with `new Elysia(appOptions).use(…)`. */
export const appOptions = { normalize: false } as const

/**
 * Errors, tracing, body limits, logs, metrics, health, CORS, OpenAPI and the guard's macros.
 * Hooks cover only routes that come later, so an app uses this first.
 */
export function service(options: ServiceOptions) {
  const peers = options.peers ?? []
  const metrics = createMetrics(options.name)
  addPeerMetrics(metrics.registry, peers)
  options.addMetrics?.(metrics.registry)
  const statusOfPeers = () => Object.fromEntries(peers.map((peer) => [peer.name, peerStatus(peer)]))
  return new Elysia({ name: 'encargo/service', seed: crypto.randomUUID() })
    .use(errors(options.logger))
    .use(tracing)
    .use(
      cors({
        origin: [...options.corsOrigins],
        credentials: true,
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
        allowedHeaders: [...requestHeaders],
        maxAge: 600,
        exposeHeaders: ['ETag', 'Location', 'Retry-After', 'X-Request-Id', 'Idempotency-Replayed'],
      }),
    )
    .use(bodyParser)
    .use(requestLog(options.logger))
    .use(requestMetrics(metrics))
    .use(operations({ ...options.health, peers: statusOfPeers }))
    .use(apiDocs(options))
    .use(guard(options.verifier))
}
