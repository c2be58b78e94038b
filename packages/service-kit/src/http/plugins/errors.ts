import { LocalRefusalError } from '@encargo/circuit-breaker'
import { StorageUnavailableError } from '@encargo/storage'
import {
  type AnyElysia,
  Elysia,
  ElysiaCustomStatusResponse,
  ParseError,
  ValidationError,
} from 'elysia'
import { allowedMethods } from '../edge/allowed-methods.ts'
import {
  describeBrokenResponse,
  validationProblem,
  type ValidationContext,
} from '../repairs/broken-fields.ts'
import { globalRoutes } from '../repairs/global-routes.ts'
import { describeError, type Logger } from '../../run/logger.ts'
import { asOAuthError, isTokenEndpoint } from '../oauth-errors.ts'
import { loggedPath, pathnameOf } from '../edge/pathname.ts'
import { PeerProtocolError, PeerUnavailableError } from '../../peer/peer.ts'
import { PeerMisfitError } from '../../peer/peer-fit.ts'
import {
  notNow,
  type Problema,
  ProblemError,
  problemas,
  problemError,
  retryAfter,
} from '../problems.ts'
import { ClockDoubtError } from '../../run/wall-clock.ts'
import { callContextOf } from './tracing.ts'

const misfit =
  'La tienda no está bien configurada y no puede hacerlo ahora. Quien la administra encuentra el motivo en /readyz.'

function unavailable(
  peer: string,
  retryAfterMs: number,
  detail = `${peer} no responde ahora mismo. Inténtalo de nuevo en unos segundos.`,
): ProblemError {
  return notNow(detail, retryAfterMs)
}

/** Nothing was done, or it will be finished; the next answer may be right again. */
const misunderstood = notNow(
  'Un servicio interno respondió algo inesperado. Inténtalo de nuevo en unos segundos.',
  5_000,
)

const clockDetail =
  'El reloj del servidor no es fiable ahora mismo; no se ha guardado nada. Avisa a la tienda.'

const storageDetail: Record<StorageUnavailableError['reason'], string> = {
  'disk-full': 'El disco está lleno; no se ha guardado nada.',
  locked: 'La base de datos está ocupada; no se ha guardado nada.',
  'read-only': 'La base de datos es de solo lectura; no se ha guardado nada.',
  io: 'El disco falló; no se ha guardado nada.',
  corrupt: 'La base de datos está dañada; no se ha guardado nada.',
  overloaded: 'Hay demasiado trabajo en espera; no se ha guardado nada.',
  closed: 'El servicio se está deteniendo; no se ha guardado nada.',
  unreachable: 'La base de datos no responde; no se ha guardado nada.',
}

/** As after an answer that was lost on its way: to ask again with the same key does it once. */
const inDoubt = 'La base de datos dejó de responder al guardar, y puede que lo haya hecho.'

/** What is known to be an operational failure, as the refusal that its caller gets. */
function expected(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error
  // Elysia wraps whatever a body parser throws.
  if (error instanceof ParseError) return expected(error.cause)
  if (error instanceof StorageUnavailableError) {
    const what = error.inDoubt ? inDoubt : storageDetail[error.reason]
    const detail = `${what} Inténtalo de nuevo en unos segundos.`
    return problemError('almacenamiento-no-disponible', { detail }, retryAfter(error.retryAfterMs))
  }
  if (error instanceof PeerMisfitError) return unavailable(error.peer, error.retryAfterMs, misfit)
  if (error instanceof PeerUnavailableError) return unavailable(error.peer, error.retryAfterMs)
  if (error instanceof PeerProtocolError) return misunderstood
  if (error instanceof ClockDoubtError) return notNow(clockDetail, error.retryAfterMs)
  if (error instanceof LocalRefusalError)
    return unavailable('Un servicio interno', error.retryAfterMs)
  return undefined
}

/** No route took the request: the path is unknown, or known with other methods. */
function unrouted(app: AnyElysia, request: Request): ProblemError {
  const pathname = pathnameOf(request)
  const allow = allowedMethods(globalRoutes(app), pathname)
  if (allow === undefined || allow.split(', ').includes(request.method)) {
    return problemError('no-encontrado', {
      detail: `No hay nada en ${request.method} ${pathname}.`,
    })
  }
  const detail = `${pathname} no admite ${request.method}, sino ${allow}.`
  return problemError('metodo-no-permitido', { detail }, { allow })
}

function fromElysia(
  code: string | number,
  error: unknown,
  app: AnyElysia,
  context: ValidationContext,
): ProblemError | undefined {
  if (error instanceof ValidationError && error.type !== 'response') {
    return validationProblem(error, app, context)
  }
  if (code === 'NOT_FOUND') return unrouted(app, context.request)
  if (code === 'PARSE')
    return problemError('json-invalido', { detail: 'El cuerpo no se puede leer.' })
  return undefined
}

const internal = problemError('error-interno', {
  detail: 'No es culpa tuya. El fallo quedó registrado; cita x-request-id si avisas de él.',
})

/**
 * RFC 9457: the body of a refusal with `instance`, as `application/problem+json`; at the token endpoint
 * as the JSON that RFC 6749 has for it.
 */
export function problemResponse(
  body: Problema,
  request: Request,
  headers: Record<string, string | number> = {},
): Response {
  const instance = pathnameOf(request)
  const oauth = isTokenEndpoint(instance)
  const all = new Headers({ 'cache-control': 'no-store' })
  for (const [name, value] of Object.entries(headers)) all.set(name, String(value))
  all.set('content-type', oauth ? 'application/json' : 'application/problem+json')
  if (body.status === 401 && !all.has('www-authenticate')) all.set('www-authenticate', 'Bearer')
  const members = oauth ? asOAuthError(body) : body
  const text = JSON.stringify({ ...members, instance })
  return new Response(text, { status: body.status, headers: all })
}

function isProblem(value: unknown): value is Problema {
  return (
    typeof value === 'object' &&
    value !== null &&
    'codigo' in value &&
    String(value.codigo) in problemas
  )
}

type PlainHeaders = Record<string, string | number>

/**
 * Turns whatever goes wrong into problem+json: broken schemas into 422, peers and storage that are
 * away, or peers that talk nonsense, into 503, and everything unforeseen into a bare 500 whose cause
 * only the log knows.
 *
 * The plugin is returned and not the chain: in the chain's type, the `Response` of these hooks would
 * join the answers of every route that comes after them.
 *
 * @example new Elysia().use(errors(logger))
 */
export const errors = (logger: Logger) => {
  const plugin = new Elysia({ name: 'encargo/errors', seed: crypto.randomUUID() })
  plugin
    // Named members and no whole context: Elysia prepares for every request what a hook might read.
    .onError({ as: 'global' }, ({ error, code, request, set, route, query, params }) => {
      const context = { request, route, query, params }
      const known = expected(error) ?? fromElysia(code, error, plugin, context)
      if (!known || known === misunderstood) {
        const { traceId } = callContextOf(request)
        const path = loggedPath(request)
        const cause =
          error instanceof ValidationError ? describeBrokenResponse(error) : describeError(error)
        logger.error('request failed', { traceId, method: request.method, path, error: cause })
      }
      const { problema, headers } = known ?? internal
      set.status = problema.status
      return problemResponse(problema, request, { ...(set.headers as PlainHeaders), ...headers })
    })
    .mapResponse({ as: 'global' }, ({ responseValue, request, set }) => {
      const body =
        responseValue instanceof ElysiaCustomStatusResponse ? responseValue.response : responseValue
      if (!isProblem(body)) return
      return problemResponse(body, request, set.headers as PlainHeaders)
    })
  return plugin
}
