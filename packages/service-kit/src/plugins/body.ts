import { type AnyElysia, Elysia } from 'elysia'
import { globalRoutes } from '../global-routes.ts'
import { isTooDeep, maxJsonDepth } from '../json-depth.ts'
import { problemError } from '../problems.ts'
import { cameByConnection } from '../remote-address.ts'

/** The largest JSON or form body, in bytes. */
export const maxBodyBytes = 1024 * 1024

function tooLarge(limit: number) {
  return problemError('cuerpo-demasiado-grande', {
    detail: `El cuerpo pasa de ${limit} bytes. Divide la petición en partes más pequeñas.`,
  })
}

/** The longest a body may take to arrive, in milliseconds. */
export const maxBodyMs = 15_000

/** The rest of the body is not waited for, so its connection can serve nothing more. */
function tooSlow(ms: number) {
  const detail = `El cuerpo no llegó entero en ${Math.ceil(ms / 1000)} s. Inténtalo de nuevo.`
  return problemError('peticion-lenta', { detail }, { connection: 'close' })
}

/** What a body may cost whoever reads it. */
export interface BodyLimits {
  /** The largest body, in bytes. */
  readonly maxBytes: number
  /** The longest it may take to arrive, in milliseconds. */
  readonly maxMs: number
}

/** @throws ProblemError 413 for a body that says itself that it is too large */
export function refuseTooLarge(request: Request, maxBytes: number): void {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

/** A promise that is rejected with 408 when the time is over, and what stops its clock. */
function deadline(maxMs: number) {
  const late = Promise.withResolvers<never>()
  // Nobody may be waiting for it just then.
  late.promise.catch(() => {})
  const timer = setTimeout(() => late.reject(tooSlow(maxMs)), maxMs)
  return { late: late.promise, stop: () => clearTimeout(timer) }
}

/**
 * The whole body, never holding more than `limit` bytes of it, whatever `Content-Length` says, and
 * never waiting longer than `maxMs`, however steadily it drips.
 * @throws ProblemError 413, 408
 */
export async function readBody(
  request: Request,
  limit: number,
  maxMs = maxBodyMs,
): Promise<Uint8Array> {
  refuseTooLarge(request, limit)
  // The server's parser hands over exactly as many bytes as a connection's request announces, so
  // these need no stream to be counted; a stream costs several times the reading itself.
  if (request.headers.has('content-length') && cameByConnection(request)) {
    const { late, stop } = deadline(maxMs)
    return await Promise.race([request.bytes(), late]).finally(stop)
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of streamBody(request, { maxBytes: limit, maxMs })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * The body piece by piece as it arrives, under the same bounds. The time of whoever takes the
 * pieces counts as well. What is not taken is not read.
 * @throws ProblemError 413, 408, at the piece that goes too far
 */
export async function* streamBody(
  request: Request,
  { maxBytes, maxMs }: BodyLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  refuseTooLarge(request, maxBytes)
  if (!request.body) return
  const reader = request.body.getReader()
  const { late, stop } = deadline(maxMs)
  let size = 0
  let ended = false
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) {
        ended = true
        return
      }
      size += value.byteLength
      if (size > maxBytes) throw tooLarge(maxBytes)
      yield value
    }
  } finally {
    stop()
    if (!ended) void reader.cancel().catch(() => {})
  }
}

function parseJson(text: string): unknown {
  if (isTooDeep(text)) {
    const detail = `El JSON tiene más de ${maxJsonDepth} niveles. Ninguna operación espera tantos.`
    throw problemError('json-invalido', { detail })
  }
  try {
    return JSON.parse(text)
  } catch {
    throw problemError('json-invalido', {
      detail: 'El cuerpo no es JSON bien formado en UTF-8. Revisa comillas, comas y llaves.',
    })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw problemError('json-invalido', { detail: 'El cuerpo no está en UTF-8.' })
  }
}

/** Stands for a body of no bytes: to `undefined` Elysia would answer with a parser of its own. */
const noBody = Symbol('no body')

export interface BodyOptions {
  /** The longest a body may take to arrive, in milliseconds. */
  readonly maxMs?: number
}

/** The media type without its parameters, in lower case. */
export function mediaTypeOf(request: Request): string | undefined {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
}

/** In a route's `detail`: its handler reads the body itself. See `rawBody`. */
export const rawMark = 'x-cuerpo-crudo'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Which routes read their bodies themselves, as `POST /path`; known when the first request comes. */
function rawRoutes(plugin: AnyElysia): ReadonlySet<string> {
  const raw = globalRoutes(plugin).filter(({ hooks }) =>
    isRecord(hooks.detail) ? rawMark in hooks.detail : false,
  )
  return new Set(raw.map(({ method, path }) => `${method} ${path}`))
}

/**
 * Parses JSON (also where no content type is named) and forms, bounded; refuses everything else.
 * A body of no bytes is no body. Leaves the bodies of routes with `cuerpoCrudo` unread.
 *
 * @example app.use(bodyParser()).post('/', ({ body }) => body)
 */
export const bodyParser = ({ maxMs = maxBodyMs }: BodyOptions = {}) => {
  const plugin = new Elysia({ name: 'encargo/body', seed: crypto.randomUUID() })
  let raw: ReadonlySet<string> | undefined
  return plugin
    .onParse({ as: 'global' }, async ({ request, route }) => {
      raw ??= rawRoutes(plugin)
      if (raw.has(`${request.method} ${route}`)) return noBody
      const type = mediaTypeOf(request) ?? 'application/json'
      if (type === 'application/json') {
        const text = decode(await readBody(request, maxBodyBytes, maxMs))
        return text === '' ? noBody : parseJson(text)
      }
      if (type === 'application/x-www-form-urlencoded') {
        const text = decode(await readBody(request, maxBodyBytes, maxMs))
        return Object.fromEntries(new URLSearchParams(text))
      }
      throw problemError('tipo-no-admitido', {
        detail: `Se espera application/json y llegó ${JSON.stringify(type)}.`,
      })
    })
    .onTransform({ as: 'global' }, (context) => {
      if (context.body === noBody) context.body = undefined
    })
}
