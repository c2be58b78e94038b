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
const multipart = 'multipart/form-data'

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

/** The generator names three media types for every body; our parser takes JSON and flat forms. */
function requestMedia(content: Content): Content {
  const { [multipart]: _multipart, [form]: asForm, ...rest } = content
  if (asForm === undefined) return content
  return isRecord(asForm) && onlyTexts(asForm['schema']) ? { ...rest, [form]: asForm } : rest
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

function corrected(operation: Operation): Operation {
  const { requestBody, responses } = operation
  const copy = { ...operation }
  if (requestBody?.content) {
    copy.requestBody = { ...requestBody, content: requestMedia(requestBody.content) }
  }
  if (responses) {
    copy.responses = Object.fromEntries(
      Object.entries(responses).map(([status, one]) => [status, problemMedia(status, one)]),
    )
  }
  return copy
}

/**
 * What the generator can't know of our answers: refusals are `application/problem+json` (RFC 9457),
 * bodies are JSON, or forms where every field is a text.
 */
export function asServed<D extends Document>(document: D): D {
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, corrected(operation)]),
    ),
  ])
  return { ...document, paths: Object.fromEntries(paths) }
}
