import { type AnyElysia, Elysia } from 'elysia'
import { noBody, takeNoBodyAway } from '../repairs/no-body.ts'
import { detailOf, globalRoutes } from '../repairs/global-routes.ts'
import { formMark } from '../openapi/document.ts'
import { isTooDeep, maxJsonDepth } from '../edge/json-depth.ts'
import { problemError } from '../problems.ts'
import { maxBodyMs, readBody } from '../edge/read-body.ts'
import { singleFields } from '../edge/single-fields.ts'

/** The largest JSON or form body, in bytes. */
export const maxBodyBytes = 1024 * 1024

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

/** Which routes have a mark in their `detail`, as `POST /path`; known when the first request comes. */
function markedRoutes(plugin: AnyElysia, mark: string): ReadonlySet<string> {
  const marked = globalRoutes(plugin).filter((route) => mark in detailOf(route))
  return new Set(marked.map(({ method, path }) => `${method} ${path}`))
}

/**
 * Parses JSON (also where no content type is named), and forms on the routes that say so in their
 * `detail` (`x-formulario`), bounded; refuses everything else.
 * A body of no bytes is no body. Leaves the bodies of routes with `cuerpoCrudo` unread.
 *
 * @example app.use(bodyParser()).post('/', ({ body }) => body)
 */
export const bodyParser = ({ maxMs = maxBodyMs }: BodyOptions = {}) => {
  const plugin = new Elysia({ name: 'encargo/body', seed: crypto.randomUUID() })
  let raw: ReadonlySet<string> | undefined
  let forms: ReadonlySet<string> | undefined
  return plugin
    .onParse({ as: 'global' }, async ({ request, route }) => {
      raw ??= markedRoutes(plugin, rawMark)
      const here = `${request.method} ${route}`
      if (raw.has(here)) return noBody
      const type = mediaTypeOf(request) ?? 'application/json'
      if (type === 'application/json') {
        const text = decode(await readBody(request, { maxBytes: maxBodyBytes, maxMs }))
        return text === '' ? noBody : parseJson(text)
      }
      forms ??= markedRoutes(plugin, formMark)
      if (type === 'application/x-www-form-urlencoded' && forms.has(here)) {
        const text = decode(await readBody(request, { maxBytes: maxBodyBytes, maxMs }))
        return singleFields(text)
      }
      const esperado = forms.has(here)
        ? 'application/x-www-form-urlencoded o application/json'
        : 'application/json'
      throw problemError('tipo-no-admitido', {
        detail: `Se espera ${esperado} y llegó ${JSON.stringify(type)}.`,
      })
    })
    .onTransform({ as: 'global' }, takeNoBodyAway)
}
