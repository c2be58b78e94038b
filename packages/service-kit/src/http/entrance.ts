import { describeError, type Logger } from '../run/logger.ts'
import type { TrustedProxies } from '../values/trusted-proxies.ts'
import { Admission } from './edge/admission.ts'
import { Arrivals } from './edge/arrivals.ts'
import { compressed } from './edge/compress.ts'
import { refused } from './edge/refused.ts'
import { type AddressSource, behindProxy, rememberServer } from './edge/remote-address.ts'
import { undeclaredRoutes } from './declared-routes.ts'
import { ProblemError, problemError } from './problems.ts'
import type { GlobalRoute } from './repairs/global-routes.ts'

/** What is needed of an Elysia app. */
export interface Servable {
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly routes?: readonly GlobalRoute[]
}

export interface EntranceOptions {
  readonly logger: Logger
  /** How many requests may be under way at once; beyond it 503 at once. */
  readonly maxConcurrent?: number
  /** Whether answers are compressed for those who take it; by default they are. */
  readonly compress?: boolean | undefined
  /** The reverse proxies in front that are believed when they name the callers' addresses. */
  readonly trustProxy?: TrustedProxies
}

type AddressOf = AddressSource['requestIP']

/** What all requests to an app pass, by whichever way they come: one count, one word on who asks. */
export interface Entrance {
  /** The answer; never rejects. */
  take(request: Request, addressOf: AddressOf): Promise<Response>
  /** The answer to what went wrong before the app saw the request. */
  failed(request: Request, error: unknown): Response
  /** From now on no slow body is waited for. */
  close(): void
}

const internal = problemError('error-interno', {
  detail: 'No es culpa tuya. El fallo quedó registrado.',
})

/** @throws Error when a route does not say who may call it, which is a bug */
export function createEntrance(app: Servable, options: EntranceOptions): Entrance {
  const undeclared = undeclaredRoutes(app.routes ?? [])
  if (undeclared.length > 0) {
    throw new Error(`routes without acceso or publico: ${undeclared.join(', ')}`)
  }
  const { logger, trustProxy, compress = true, maxConcurrent = 256 } = options
  const admission = new Admission({ maxConcurrent })
  const arrivals = new Arrivals({ places: admission })
  const handle = admission.guard((request) =>
    compress && request.method === 'GET'
      ? compressed(request, app.fetch(request))
      : app.fetch(request),
  )
  /** Whatever went wrong outside the app: no caller ever gets to see a stack or a bare 500. */
  function failed(request: Request, error: unknown): Response {
    if (error instanceof ProblemError) return refused(request, error)
    logger.error('request failed', { method: request.method, error: describeError(error) })
    return refused(request, internal)
  }
  return {
    async take(request, requestIP) {
      try {
        const direct = { requestIP, arrivals }
        rememberServer(request, trustProxy ? behindProxy(direct, trustProxy) : direct)
        return await handle(request)
      } catch (error) {
        return failed(request, error)
      }
    },
    failed,
    close: () => arrivals.close(),
  }
}
