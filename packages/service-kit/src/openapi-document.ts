import type { GlobalRoute } from './global-routes.ts'

type Content = Record<string, unknown>
interface Media {
  content?: Content
}
interface Operation {
  requestBody?: Media
  responses?: Record<string, Media>
}

/** The part of an OpenAPI document that is corrected here. */
export interface Document {
  paths?: Record<string, Record<string, Operation>>
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A form carries nothing but texts, so only a body of texts can come as one. */
function onlyTexts(schema: unknown): boolean {
  if (!isRecord(schema)) return false
  const options = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(options)) return options.every(onlyTexts)
  const properties = schema['properties']
  if (!isRecord(properties)) return schema['type'] === 'string' || 'const' in schema
  return Object.values(properties).every(onlyTexts)
}

/** Our parser takes JSON, and forms of texts. A route with a parser of its own says itself what it takes. */
function requestMedia(content: Content, body: unknown): Content {
  if (Object.keys(content).length > 0 || !isRecord(body)) return content
  const asJson = { [json]: { schema: body } }
  return onlyTexts(body) ? { ...asJson, [form]: { schema: body } } : asJson
}

function problemMedia(status: string, response: Media): Media {
  const { content } = response
  if (Number(status) < 400 || content === undefined || !(json in content)) return response
  const { [json]: schema, ...rest } = content
  // `/readyz` answers 503 with its own report, not with a problem.
  const isProblem = JSON.stringify(schema).includes('"codigo"')
  return isProblem
    ? { ...response, content: { ...rest, 'application/problem+json': schema } }
    : response
}

/** A body that is no JSON says what it is in its schema: `contentMediaType` of JSON Schema. */
function declaredMedia(response: Media): Media {
  const { content = {} } = response
  const [schema] = Object.values(content)
  const inner: unknown = isRecord(schema) ? schema['schema'] : undefined
  const type = isRecord(inner) ? inner['contentMediaType'] : undefined
  return typeof type === 'string' ? { ...response, content: { [type]: schema } } : response
}

function corrected(operation: Operation, body: unknown): Operation {
  const { requestBody, responses } = operation
  const copy = { ...operation }
  if (requestBody?.content) {
    copy.requestBody = { ...requestBody, content: requestMedia(requestBody.content, body) }
  }
  if (responses) {
    copy.responses = Object.fromEntries(
      Object.entries(responses).map(([status, one]) => [
        status,
        problemMedia(status, declaredMedia(one)),
      ]),
    )
  }
  return copy
}

/**
 * What the generator can't know of our service: refusals are `application/problem+json` (RFC 9457),
 * and what a body may be, as the parser is one for all routes.
 */
export function asServed<D extends Document>(document: D, routes: readonly GlobalRoute[]): D {
  const bodies = new Map(
    routes.map(({ method, path, hooks }) => [
      `${method.toLowerCase()} ${path.replaceAll(/:([^/]+)/g, '{$1}')}`,
      hooks.body,
    ]),
  )
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        corrected(operation, bodies.get(`${method} ${path}`)),
      ]),
    ),
  ])
  return { ...document, paths: Object.fromEntries(paths) }
}
