import { Elysia } from 'elysia'
import { Counter, type Registry } from 'prom-client'
import type { Logger } from '../run/logger.ts'
import { apiDocs } from './plugins/api-docs.ts'
import { bodyParser } from './plugins/body.ts'
import { cors } from './plugins/cors.ts'
import { errors } from './plugins/errors.ts'
import { guard } from './plugins/guard.ts'
import { type PeerLink, peerStatus } from '../peer/peer-link.ts'
import { createMetrics, requestMetrics } from './plugins/metrics.ts'
import { addPeerMetrics } from './plugins/peer-metrics.ts'
import { type HealthSources, operations } from './plugins/operations.ts'
import { rateLimit, type RateLimitOptions } from './plugins/rate-limit.ts'
import { rawBody } from './plugins/raw-body.ts'
import { requestLog } from './plugins/request-log.ts'
import { securityHeadersPlugin } from './plugins/security-headers.ts'
import { singleQuery } from './plugins/single-query.ts'
import { tracing } from './plugins/tracing.ts'
import type { TokenVerifier } from '../identity/tokens.ts'

export interface ServiceOptions {
  readonly name: string
  /** One sentence for the OpenAPI page. */
  readonly description: string
  readonly logger: Logger
  readonly verifier: TokenVerifier
  readonly health: Omit<HealthSources, 'peers' | 'identity'>
  /** The currency of the amounts that this service keeps, if it does: peers compare theirs with it. */
  readonly moneda?: string | undefined
  /** The peers this service calls; they show in `/readyz` and `/metrics`. */
  readonly peers?: readonly PeerLink[]
  readonly corsOrigins: readonly string[]
  /** Bounds how often each caller may ask; off where nothing is said, so that tests need no pace. */
  readonly rateLimit?: 'on' | 'off' | Omit<RateLimitOptions, 'verifier' | 'onRefused'>
  /** The longest a body may take to arrive, in milliseconds. */
  readonly maxBodyMs?: number
  /** Adds the service's own metrics to those that every service has. */
  readonly addMetrics?: (registry: Registry) => void
}

/** What every service needs and none is about; each app starts with `new Elysia(appOptions).use(…)`. */
export const appOptions = {
  normalize: false,
  // Answers are as they shall be: held to their schema, they need not be walked through once more.
  encodeSchema: false,
  // Elysia looks for the path only behind the eleventh character of a URL unless it is told that
  // names of one to three characters are names too.
  handler: { standardHostname: false },
} as const

function limiter({ rateLimit: chosen = 'off', verifier }: ServiceOptions, registry: Registry) {
  if (chosen === 'off') return new Elysia()
  const refused = new Counter({
    name: 'http_rate_limited_total',
    help: 'Requests refused because their caller was over its rate.',
    registers: [registry],
  })
  const settings = chosen === 'on' ? {} : chosen
  return rateLimit({ ...settings, verifier, onRefused: () => refused.inc() })
}

const identityOf = ({ name, moneda }: ServiceOptions) =>
  moneda === undefined ? { servicio: name } : { servicio: name, moneda }

/**
 * Errors, tracing, security headers, rate and body limits, logs, metrics, health, CORS, OpenAPI and
 * the guard's macros. Hooks cover only routes that come later, so an app uses this first.
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
    .use(securityHeadersPlugin)
    .use(cors(options.corsOrigins))
    .use(limiter(options, metrics.registry))
    .use(guard(options))
    .use(singleQuery)
    .use(bodyParser(options.maxBodyMs === undefined ? {} : { maxMs: options.maxBodyMs }))
    .use(requestLog(options.logger))
    .use(requestMetrics(metrics))
    .use(operations({ ...options.health, peers: statusOfPeers, identity: identityOf(options) }))
    .use(apiDocs(options))
    .use(rawBody())
}
