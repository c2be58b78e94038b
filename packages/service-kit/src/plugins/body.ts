import { Elysia } from 'elysia'
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
  const length = request.headers.get('content-length')
  if (Number(length ?? 0) > limit) throw tooLarge(limit)
  // The server's parser hands over exactly as many bytes as a connection's request announces, so
  // these need no stream to be counted; a stream costs several times the reading itself.
  const counted = length !== null && cameByConnection(request)
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(tooSlow(maxMs)), maxMs)
  try {
    if (counted) return await Promise.race([request.bytes(), late.promise])
    return request.body ? await readAll(request.body, limit, late.promise) : new Uint8Array()
  } finally {
    clearTimeout(timer)
  }
}

async function readAll(
  body: ReadableStream<Uint8Array>,
  limit: number,
  late: Promise<never>,
): Promise<Uint8Array> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return Buffer.concat(chunks)
      size += value.byteLength
      if (size > limit) throw tooLarge(limit)
      chunks.push(value)
    }
  } catch (error) {
    void reader.cancel().catch(() => {})
    throw error
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

/**
 * Parses JSON (also where no content type is named) and forms, bounded; refuses everything else.
 * A body of no bytes is no body.
 *
 * @example app.use(bodyParser()).post('/', ({ body }) => body)
 */
export const bodyParser = ({ maxMs = maxBodyMs }: BodyOptions = {}) =>
  new Elysia({ name: 'encargo/body', seed: crypto.randomUUID() })
    .onParse({ as: 'global' }, async ({ request }) => {
      const type = (request.headers.get('content-type') ?? 'application/json')
        .split(';')[0]
        ?.trim()
        .toLowerCase()
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
