import { Elysia } from 'elysia'
import { problemError } from '../problems.ts'

/** The largest JSON or form body, in bytes. */
export const maxBodyBytes = 1024 * 1024

function tooLarge(limit: number) {
  return problemError('cuerpo-demasiado-grande', {
    detail: `El cuerpo pasa de ${limit} bytes. Divide la petición en partes más pequeñas.`,
  })
}

/**
 * The whole body, never holding more than `limit` bytes of it, whatever `Content-Length` says.
 * @throws ProblemError 413
 */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw problemError('json-invalido', {
      detail: 'El cuerpo no es JSON bien formado en UTF-8. Revisa comillas, comas y llaves.',
    })
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw problemError('json-invalido', { detail: 'El cuerpo no está en UTF-8.' })
  }
}

/** Stands for a body of no bytes: to `undefined` Elysia would answer with a parser of its own. */
const noBody = Symbol('no body')

/**
 * Parses JSON (also where no content type is named) and forms, bounded; refuses everything else.
 * A body of no bytes is no body.
 *
 * @example app.use(bodyParser).post('/', ({ body }) => body)
 */
export const bodyParser = new Elysia({ name: 'encargo/body' })
  .onParse({ as: 'global' }, async ({ request, headers }) => {
    const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase()
    if (type === 'application/json') {
      const text = decode(await readBody(request, maxBodyBytes))
      return text === '' ? noBody : parseJson(text)
    }
    if (type === 'application/x-www-form-urlencoded') {
      const text = decode(await readBody(request, maxBodyBytes))
      return Object.fromEntries(new URLSearchParams(text))
    }
    throw problemError('tipo-no-admitido', {
      detail: `Se espera application/json y llegó ${JSON.stringify(type)}.`,
    })
  })
  .onTransform({ as: 'global' }, (context) => {
    if (context.body === noBody) context.body = undefined
  })
