import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { chooseEncoding, encodedTag } from './encodings.ts'

/** Below it, what is saved is not worth the work: it is one packet in any case. */
const minBytes = 1024

/** Above it, compressing takes a good part of a millisecond and leaves the event loop. */
const maxSyncBytes = 32 * 1024

/** Both cost about as much as sending what they save; zstd takes a third of gzip's time. */
const offered = ['zstd', 'gzip'] as const
type Offered = (typeof offered)[number]

const compressible =
  /^(?:application\/(?:[a-z.]+\+)?json|application\/javascript|text\/(?!event-stream))/
const gzipElsewhere = promisify(gzip)

function compressBytes(bytes: Uint8Array<ArrayBuffer>, encoding: Offered) {
  const small = bytes.byteLength <= maxSyncBytes
  if (encoding === 'zstd') {
    return small ? Bun.zstdCompressSync(bytes, { level: 1 }) : Bun.zstdCompress(bytes, { level: 1 })
  }
  return small ? Bun.gzipSync(bytes, { level: 4 }) : gzipElsewhere(bytes, { level: 4 })
}

function encoded(headers: Headers, encoding: Offered): Headers {
  const tag = headers.get('etag')
  headers.set('content-encoding', encoding)
  headers.delete('content-length')
  if (tag !== null) headers.set('etag', encodedTag(tag, encoding))
  return headers
}

/** A file that is written while it is read has no size to look at, and is never short. */
function compressStream(response: Response): Response {
  const body = response.body?.pipeThrough(new CompressionStream('gzip')) ?? null
  return new Response(body, { status: response.status, headers: encoded(response.headers, 'gzip') })
}

/** What the caller has is the encoded answer, if that is the tag that hit. */
function notModified(request: Request, response: Response, encoding: Offered): Response {
  const tag = response.headers.get('etag')
  const had = tag === null ? undefined : encodedTag(tag, encoding)
  if (had !== undefined && request.headers.get('if-none-match')?.includes(had)) {
    response.headers.set('etag', had)
  }
  return response
}

type Answer = Response | Promise<Response>

/**
 * The answer to a GET, compressed from 1 KiB on where the caller takes it. Answers to other methods
 * are short, and among them are all that hold a secret: nothing that an attacker can put beside a
 * token is ever compressed with it (BREACH).
 */
export async function compressed(request: Request, answer: Answer): Promise<Response> {
  const response = await answer
  const accepted = request.headers.get('accept-encoding')
  const encoding = request.method === 'GET' ? chooseEncoding(accepted, offered) : undefined
  if (encoding === undefined) return response
  const { headers, status } = response
  if (status === 304) return notModified(request, response, encoding)
  const type = headers.get('content-type') ?? ''
  if (!compressible.test(type) || headers.has('content-encoding')) return response
  if (type.startsWith('text/csv')) {
    return chooseEncoding(accepted, ['gzip']) === undefined ? response : compressStream(response)
  }
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.byteLength < minBytes) return new Response(bytes, { status, headers })
  const body = new Uint8Array(await compressBytes(bytes, encoding))
  return new Response(body, { status, headers: encoded(headers, encoding) })
}
