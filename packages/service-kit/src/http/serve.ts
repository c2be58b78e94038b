import { cannotListen } from './address.ts'
import { Admission } from './edge/admission.ts'
import { Arrivals } from './edge/arrivals.ts'
import { compressed } from './edge/compress.ts'
import { undeclaredRoutes } from './declared-routes.ts'
import { describeError, type Logger } from '../run/logger.ts'
import { ProblemError, problemError } from './problems.ts'
import { refused } from './edge/refused.ts'
import { behindProxy, rememberServer } from './edge/remote-address.ts'
import type { GlobalRoute } from './repairs/global-routes.ts'
import { requestWithTarget } from './edge/request-target.ts'
import type { TrustedProxies } from '../values/trusted-proxies.ts'

/** What `serve` needs of an Elysia app. */
export interface Servable {
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly routes?: readonly GlobalRoute[]
}

export interface ServeOptions {
  readonly name: string
  readonly hostname: string
  readonly port: number
  readonly logger: Logger
  /** What a stop waits for before it begins, while everything is served as before. */
  readonly beforeStop?: () => Promise<unknown>
  /** When stopping begins: end what has no end of its own, such as event streams. */
  readonly onStop?: () => void
  /** After the last request: stop drivers, close the database. */
  readonly close: () => Promise<void>
  /** How many requests may be under way at once; beyond it 503 at once. */
  readonly maxConcurrent?: number
  /** Whether answers are compressed for those who take it; by default they are. */
  readonly compress?: boolean | undefined
  /** The reverse proxies in front that are believed when they name the callers' addresses. */
  readonly trustProxy?: TrustedProxies
  /**
   * How long a connection may lie idle, in whole seconds; also for the rest of a slow request. Bun
   * looks every four seconds, so it may be up to four less: with 4 or fewer a connection may be
   * closed as soon as it is there.
   */
  readonly idleSeconds?: number
  /** How long running requests may take to finish, in milliseconds. */
  readonly drainMs?: number
}

export interface Running {
  readonly url: string
  /** No new requests, running ones finish, then `close`. Safe to call again. */
  stop(): Promise<void>
}

/** How often it is looked whether the last request is answered, in milliseconds. */
const lookMs = 20

const internal = problemError('error-interno', {
  detail: 'No es culpa tuya. El fallo quedó registrado.',
})

/** Whatever went wrong outside the app: no caller ever gets to see a stack or a bare 500. */
function failed(request: Request, error: unknown, logger: Logger): Response {
  if (error instanceof ProblemError) return refused(request, error)
  logger.error('request failed', { method: request.method, error: describeError(error) })
  return refused(request, internal)
}

/**
 * Listens without `reusePort`, so that a taken port is an error and not a silent share.
 * @throws StartError when the address can't be had
 * @throws Error when a route does not say who may call it, which is a bug and opens nothing
 */
export function serve(app: Servable, options: ServeOptions): Running {
  const undeclared = undeclaredRoutes(app.routes ?? [])
  if (undeclared.length > 0) {
    throw new Error(`routes without acceso or publico: ${undeclared.join(', ')}`)
  }
  const admission = new Admission({ maxConcurrent: options.maxConcurrent ?? 256 })
  const { trustProxy } = options
  const compress = options.compress ?? true
  const answer = (request: Request) =>
    compress && request.method === 'GET'
      ? compressed(request, app.fetch(request))
      : app.fetch(request)
  const handle = admission.guard(answer)
  const arrivals = new Arrivals({ places: admission })
  let server: Bun.Server<undefined>
  try {
    server = Bun.serve({
      hostname: options.hostname,
      port: options.port,
      reusePort: false,
      development: false,
      idleTimeout: options.idleSeconds ?? 30,
      // Bodies are bounded, with a proper answer, where they are read; this only stops absurd ones.
      maxRequestBodySize: 32 * 1024 * 1024,
      async fetch(asked, server) {
        try {
          const request = requestWithTarget(asked, server.url.origin)
          const direct = { requestIP: () => server.requestIP(asked), arrivals }
          rememberServer(request, trustProxy ? behindProxy(direct, trustProxy) : direct)
          return await handle(request)
        } catch (error) {
          return failed(asked, error, options.logger)
        }
      },
    })
  } catch (error) {
    throw cannotListen(error, options)
  }
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await options.beforeStop?.()
    options.onStop?.()
    const drained = server.stop()
    const end = () => void server.stop(true)
    const late = setTimeout(end, options.drainMs ?? 8_000)
    arrivals.close()
    // What is left then has no end of its own: half a head, or an answer that came before its body.
    const work = setInterval(() => server.pendingRequests === 0 && end(), lookMs)
    await drained
    clearTimeout(late)
    clearInterval(work)
    await options.close()
  }
  return {
    url: `http://${options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname}:${server.port}`,
    stop: () => (stopping ??= stop()),
  }
}
