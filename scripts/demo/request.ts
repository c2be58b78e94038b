import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

/** The part of `fetch` that is used here, so that a test can bring its own. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

/** A request that did not end as the contract says it may; the message says all there is to know. */
export class DemoHttpError extends Error {
  override readonly name = 'DemoHttpError'
  readonly method: string
  /** Without the host. */
  readonly path: string
  /** 0 when there was no answer. */
  readonly status: number
  /** Of the problem (RFC 9457), or empty when the answer was none. */
  readonly codigo: string
  readonly detail: string

  constructor(
    at: { method: string; path: string; status: number; codigo?: string; detail: string },
    cause?: unknown,
  ) {
    const { method, path, status, codigo = '', detail } = at
    const outcome = [status || 'no answer', codigo].filter(Boolean).join(' ')
    super(`${method} ${path}: ${outcome}: ${detail}`, { cause })
    this.method = method
    this.path = path
    this.status = status
    this.codigo = codigo
    this.detail = detail
  }
}

export interface HttpOptions {
  readonly base: string
  readonly fetch: FetchLike
  readonly sleep: (ms: number) => Promise<void>
}

export interface CallOptions {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Http {
  /** Sends JSON and answers the body of a 2xx that fits `schema`; throws `DemoHttpError` else. */
  call<T extends TSchema>(
    method: string,
    path: string,
    schema: T,
    options: CallOptions,
  ): Promise<Static<T>>
}

const TIMEOUT_MS = 15_000
const MAX_ATTEMPTS = 5
const MAX_WAIT_MS = 10_000

/**
 * A JSON client of one service. What is refused for the moment only (429, 503, and a first call
 * that still runs under the same idempotency key) is tried again after its `Retry-After`, unless
 * that is longer than ten seconds.
 */
export function createHttp({ base, fetch, sleep }: HttpOptions): Http {
  const origin = base.replace(/\/+$/, '')
  return {
    async call(method, path, schema, options) {
      for (let attempt = 1; ; attempt++) {
        const response = await send(fetch, origin, method, path, options)
        const body = await readJson(response, method, path)
        if (response.ok) return checked(schema, body, method, path, response.status)
        const { status } = response
        const { codigo, detail } = problemOf(body)
        const waitMs = isMomentary(status, codigo) ? retryAfterMs(response) : Infinity
        if (attempt === MAX_ATTEMPTS || waitMs > MAX_WAIT_MS) {
          throw new DemoHttpError({ method, path, status, codigo, detail })
        }
        await sleep(waitMs)
      }
    },
  }
}

async function send(
  fetch: FetchLike,
  origin: string,
  method: string,
  path: string,
  { token, body, headers }: CallOptions,
): Promise<Response> {
  try {
    return await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch (cause) {
    throw noAnswer(method, path, origin, cause)
  }
}

function noAnswer(method: string, path: string, where: string, cause: unknown): DemoHttpError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new DemoHttpError({ method, path, status: 0, detail: `${where}: ${reason}` }, cause)
}

/** The parsed body; undefined when there is none. */
async function readJson(response: Response, method: string, path: string): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw noAnswer(method, path, 'the answer broke off', cause)
  })
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    const detail = `the answer is not JSON: ${text.slice(0, 80)}`
    throw new DemoHttpError({ method, path, status: response.status, detail }, cause)
  }
}

function checked<T extends TSchema>(
  schema: T,
  body: unknown,
  method: string,
  path: string,
  status: number,
): Static<T> {
  if (Value.Check(schema, body)) return body
  const first = Value.Errors(schema, body).First()
  const detail = `the answer breaks the contract at ${first?.path || '/'}: ${first?.message}`
  throw new DemoHttpError({ method, path, status, detail })
}

/** The parts of a problem+json body (RFC 9457) that tell a person what went wrong. */
function problemOf(body: unknown): { codigo: string; detail: string } {
  const fields: Record<string, unknown> = typeof body === 'object' ? { ...body } : {}
  const { codigo, detail, title, errores } = fields
  const texts = [detail, title].filter((text) => typeof text === 'string' && text !== '')
  const broken = Array.isArray(errores) ? ` ${JSON.stringify(errores)}` : ''
  return {
    codigo: typeof codigo === 'string' ? codigo : '',
    detail: `${texts[0] ?? 'no detail'}${broken}`,
  }
}

function isMomentary(status: number, codigo: string): boolean {
  return status === 429 || status === 503 || codigo === 'idempotencia-en-curso'
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3); one second when it is missing or a date. */
function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 1)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000
}
