import { Elysia } from 'elysia'
import { problemError } from '../problems.ts'
import {
  type BodyLimits,
  maxBodyMs,
  readBody,
  refuseUnread,
  streamBody,
} from '../edge/read-body.ts'
import { mediaTypeOf, rawMark } from './body.ts'

export interface RawBodyOptions {
  /** The media types that the route takes, in lower case and without parameters. */
  readonly tipos: readonly [string, ...string[]]
  /** The largest body, in bytes. The server itself ends requests of more than 32 MiB. */
  readonly maxBytes: number
  /** The longest the body may take to arrive, in milliseconds; by default that of every body. */
  readonly maxMs?: number
}

/** A body that nobody has read yet. It can be read once, by one of the two. */
export interface RawBody {
  /** Which of the route's media types it says it is. What it really is only its bytes tell. */
  readonly tipo: string
  /** @throws ProblemError 413, 408 at the piece that goes too far */
  readonly stream: () => AsyncGenerator<Uint8Array, void, undefined>
  /** @throws ProblemError 413, 408 */
  readonly bytes: () => Promise<Uint8Array>
}

function wrongType(request: Request, tipos: readonly string[]) {
  const sent = JSON.stringify(request.headers.get('content-type') ?? '')
  const detail = `Se espera ${tipos.join(', ')} y llegó ${sent}.`
  return problemError('tipo-no-admitido', { detail })
}

/** @throws ProblemError 415, 413, without having read anything */
function rawBodyOf(request: Request, options: RawBodyOptions): RawBody {
  const { tipos, maxBytes, maxMs = maxBodyMs } = options
  const tipo = mediaTypeOf(request)
  if (tipo === undefined || !tipos.includes(tipo)) throw wrongType(request, tipos)
  refuseUnread(request, maxBytes)
  const limits: BodyLimits = { maxBytes, maxMs }
  return {
    tipo,
    stream: () => streamBody(request, limits),
    bytes: () => readBody(request, limits),
  }
}

const binary = { type: 'string', format: 'binary' } as const

/**
 * A macro for routes whose body is neither JSON nor a form. The handler gets it unread, as `cuerpo`,
 * bounded in bytes and time; no other media type is let in (415), not even JSON. Who may call is
 * decided before a byte of it is read, whichever order the route names its macros in.
 *
 * The route declares no `body` schema; a caller through Eden sends a text and says its type itself.
 *
 * @example
 * .put('/foto', async ({ cuerpo, identidad }) => guardar(await cuerpo.bytes(), cuerpo.tipo), {
 *   acceso: 'personal',
 *   cuerpoCrudo: { tipos: ['image/png', 'image/jpeg'], maxBytes: 2 * 1024 * 1024 },
 * })
 */
export const rawBody = () =>
  new Elysia({ name: 'encargo/raw-body' }).macro({
    cuerpoCrudo: (options: RawBodyOptions) => ({
      detail: {
        [rawMark]: true,
        requestBody: {
          required: true,
          content: Object.fromEntries(options.tipos.map((tipo) => [tipo, { schema: binary }])),
        },
      },
      // After the guard, which refuses earlier, and before the handler.
      resolve: ({ request }) => ({ cuerpo: rawBodyOf(request, options) }),
    }),
  })
