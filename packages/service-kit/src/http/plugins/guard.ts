import { type AnyElysia, Elysia } from 'elysia'
import { type NombreRegla, permite, reglas } from '../../identity/access.ts'
import { bearerOf } from '../../identity/bearer.ts'
import { detailOf, globalRoutes } from '../repairs/global-routes.ts'
import type { LogFields, Logger } from '../../run/logger.ts'
import { loggedPath } from '../edge/pathname.ts'
import { notNow, problemError } from '../problems.ts'
import type { Identidad, TokenVerifier } from '../../identity/tokens.ts'
import { callContextOf } from './tracing.ts'

const identities = new WeakMap<Request, Identidad>()

/** RFC 6750, 3.1: the challenge says what is wrong with a token that was sent. */
function unauthenticated(sent: boolean) {
  const detail = sent
    ? 'El token falta, está caducado o no es válido. Vuelve a iniciar sesión.'
    : 'Envía Authorization: Bearer con un token de acceso.'
  const challenge = sent ? 'Bearer error="invalid_token"' : 'Bearer'
  return problemError('no-autenticado', { detail }, { 'www-authenticate': challenge })
}

type Identified = Identidad | 'unknown-now'
type Known = Identidad | Promise<Identified>

interface Checks {
  readonly verifier: TokenVerifier
  readonly logger: Logger
}

/** What a refusal leaves in the log: where and why, never the token. */
function whereOf(request: Request): LogFields {
  const { traceId } = callContextOf(request)
  return { traceId, method: request.method, path: loggedPath(request) }
}

/** Who sends the token, at once when it verified before: then nothing needs to be waited for. */
function identify(checks: Checks, request: Request, header: string): Known {
  const token = bearerOf(header)
  return (token && checks.verifier.known(token)) || verify(checks, request, token)
}

async function verify(
  { verifier, logger }: Checks,
  request: Request,
  token: string | undefined,
): Promise<Identified> {
  const verdict = token === undefined ? unreadable : await verifier.verify(token)
  if (verdict.ok) return verdict.identidad
  if (verdict.reason === 'keys-unavailable') return 'unknown-now'
  logger.info('token refused', { ...whereOf(request), reason: verdict.reason })
  throw unauthenticated(true)
}

const unreadable = { ok: false, reason: 'invalid' } as const

function unknownNow() {
  const detail = 'Ahora mismo no se puede comprobar quién eres. Inténtalo en unos segundos.'
  return notNow(detail, 1_000)
}

function identified(request: Request): Identidad {
  const identidad = identities.get(request)
  if (!identidad) throw new Error('a guarded route ran without its guard')
  return identidad
}

/** @throws ProblemError 403, 503 for whoever a line of `reglas` does not let in */
function admitAs(checks: Checks, nombre: NombreRegla, request: Request, identidad: Identified) {
  if (identidad === 'unknown-now') throw unknownNow()
  if (!permite(reglas[nombre], identidad)) {
    const quien = { acceso: nombre, quien: identidad.id }
    checks.logger.info('forbidden', { ...whereOf(request), ...quien })
    throw problemError('prohibido', { detail: 'Tu cuenta no tiene permiso para esto.' })
  }
  identities.set(request, identidad)
}

/**
 * Lets in whom a line of `reglas` lets in; a promise only where it has to be found out who it is.
 * @throws ProblemError 401, 403, 503
 */
function admit(checks: Checks, nombre: NombreRegla, request: Request): Promise<void> | void {
  const authorization = request.headers.get('authorization')
  if (authorization === null) throw unauthenticated(false)
  const known = identify(checks, request, authorization)
  if (!(known instanceof Promise)) return admitAs(checks, nombre, request, known)
  return known.then((identidad) => admitAs(checks, nombre, request, identidad))
}

const isRule = (name: unknown): name is NombreRegla =>
  typeof name === 'string' && Object.hasOwn(reglas, name)

/** Which line of `reglas` each route names, as `POST /path`; known when the first request comes. */
function rulesByRoute(plugin: AnyElysia): ReadonlyMap<string, NombreRegla> {
  return new Map(
    globalRoutes(plugin).flatMap((route) => {
      const rule = detailOf(route)['x-acceso']
      return isRule(rule) ? [[`${route.method} ${route.path}`, rule] as const] : []
    }),
  )
}

/**
 * Two macros, and every route uses one of them: `acceso` names a line of `reglas` and gives the
 * handler `identidad`; `publico` lets anyone in and gives `identidad` or null. Both refuse before
 * anything of the request is validated, so a stranger learns nothing of the schema, and `acceso`
 * before a byte of its body is read, so a stranger's body costs nothing. `con-basic` is
 * `publico` where the handler itself looks at `Authorization`, for HTTP Basic (RFC 7617).
 *
 * @example
 * app.use(guard({ verifier, logger }))
 *   .get('/me', ({ identidad }) => identidad.id, { acceso: 'usuario' })
 */
export const guard = (checks: Checks) => {
  const plugin = new Elysia({ name: 'encargo/guard', seed: crypto.randomUUID() })
  let rules: ReadonlyMap<string, NombreRegla> | undefined
  // Before the parser that comes after it: a body of nobody's is not waited for.
  plugin.onParse({ as: 'global' }, ({ request, route }) => {
    rules ??= rulesByRoute(plugin)
    const nombre = rules.get(`${request.method} ${route}`)
    return nombre === undefined ? undefined : admit(checks, nombre, request)
  })
  return plugin.macro({
    acceso: (nombre: NombreRegla) => ({
      detail: { security: [{ bearer: [] }], 'x-acceso': nombre },
      async transform({ request }) {
        if (!identities.has(request)) await admit(checks, nombre, request)
      },
      resolve: ({ request }) => ({ identidad: identified(request) }),
    }),
    publico: (open: true | 'con-basic') => ({
      detail: { security: [], 'x-acceso': 'publico' },
      async transform({ request }) {
        const authorization = request.headers.get('authorization')
        if (authorization === null) return
        if (open === 'con-basic') return
        const known = identify(checks, request, authorization)
        const identidad = known instanceof Promise ? await known : known
        // What is open to all stays open to those who can't be told apart for a moment.
        if (identidad !== 'unknown-now') identities.set(request, identidad)
      },
      resolve: ({ request }) => ({ identidad: identities.get(request) ?? null }),
    }),
  })
}
