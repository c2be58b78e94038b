import { detailOf, type GlobalRoute } from '../repairs/global-routes.ts'
import { tokenEndpoint } from '../oauth-errors.ts'
import { Components, problemMedia } from './components.ts'
import { exampleOf } from './example.ts'
import { isRecord, type Json, mapValues } from './json.ts'
import { codesOf } from './problem-components.ts'
import { cleanSchema } from './schema.ts'

/** In a route's `detail`: its body may come as a form, as OAuth's does (RFC 6749, 4.4.2). */
export const formMark = 'x-formulario'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

const texts: Readonly<Record<string, string>> = {
  200: 'Bien',
  201: 'Creado',
  202: 'Recibido',
  204: 'Hecho; sin cuerpo',
  304: 'No ha cambiado; sin cuerpo',
}
const unsaid = /^Response for status /

function schemaOf(content: Json): unknown {
  const [first] = Object.values(content)
  return isRecord(first) ? first['schema'] : undefined
}

/** What a document says of its routes, and what is shared among them. */
class Writer {
  readonly components = new Components()

  #media(schema: unknown): Json {
    const written = this.components.shared(cleanSchema(schema))
    const example = exampleOf(written, this.components.schemas)
    return example === undefined ? { schema: written } : { schema: written, example }
  }

  /** A route with a parser of its own says itself what it takes. */
  #request(told: unknown, body: unknown, isForm: boolean): unknown {
    if (!isRecord(told)) return undefined
    const content = isRecord(told['content']) ? told['content'] : {}
    if (Object.keys(content).length > 0 || !isRecord(body)) {
      return { ...told, content: mapValues(content, (one) => this.#declared(one)) }
    }
    const media = this.#media(body)
    const optional = Symbol.for('TypeBox.Optional') in body
    return {
      ...told,
      ...(optional ? { required: false } : {}),
      content: { [json]: media, ...(isForm ? { [form]: media } : {}) },
    }
  }

  #declared(media: unknown): unknown {
    return isRecord(media) && 'schema' in media
      ? { ...media, schema: this.components.shared(cleanSchema(media['schema'])) }
      : media
  }

  #response(status: string, response: unknown, path: string | undefined): unknown {
    if (!isRecord(response)) return response
    const content = isRecord(response['content']) ? response['content'] : {}
    const schema = schemaOf(content)
    const codes = Number(status) < 400 ? undefined : codesOf(schema)
    if (codes) {
      return this.components.refusal(codes, path === tokenEndpoint ? json : problemMedia)
    }
    const told = String(response['description'] ?? '')
    const description = unsaid.test(told) ? (texts[status] ?? told) : told
    const { content: _, ...rest } = response
    // No schema: an answer without a body.
    if (!isRecord(schema)) return { ...rest, description }
    // A body that is no JSON says what it is in its schema: `contentMediaType` of JSON Schema.
    const type = schema['contentMediaType'] ?? Object.keys(content)[0] ?? json
    return { ...rest, description, content: { [String(type)]: this.#media(schema) } }
  }

  #parameter(parameter: unknown): unknown {
    if (!isRecord(parameter)) return parameter
    const schema = this.components.shared(cleanSchema(parameter['schema']))
    if (parameter['in'] === 'path') {
      const example = exampleOf(schema, this.components.schemas)
      return { ...parameter, schema, ...(example === undefined ? {} : { example }) }
    }
    // A filter that a page fills in by itself finds nothing; whoever wants it, writes it.
    const { examples: _, ...plain } = isRecord(schema) ? schema : {}
    return { ...parameter, schema: plain }
  }

  operation(told: Json, route: GlobalRoute | undefined): Json {
    const { requestBody, responses, parameters, operationId } = told
    const detail = route ? detailOf(route) : {}
    const request = this.#request(requestBody, route?.hooks?.body, formMark in detail)
    const { [formMark]: _, ...rest } = told
    return {
      security: [],
      ...rest,
      operationId: camelCase(String(operationId)),
      ...(request === undefined ? {} : { requestBody: request }),
      ...(Array.isArray(parameters)
        ? { parameters: parameters.map((one) => this.#parameter(one)) }
        : {}),
      responses: isRecord(responses)
        ? Object.fromEntries(
            Object.entries(responses).map(([status, one]) => [
              status,
              this.#response(status, one, route?.path),
            ]),
          )
        : {},
    }
  }
}

/** Generators make names of it: `get.well-knownJwks.json` is `getWellKnownJwksJson`. */
const camelCase = (id: string) =>
  id.replaceAll(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, letter: string) => letter.toUpperCase())

/** The part of an OpenAPI document that is read here. */
export interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly components?: Json
}

/**
 * The generated document as a standard one (OpenAPI 3.1), with what the generator can't know of our services:
 * refusals are `application/problem+json` (RFC 9457) but at the token endpoint, what a body may be, as the
 * parser is one for all routes, examples, and each shared schema once, under its title.
 */
export function asServed(document: Document, routes: readonly GlobalRoute[]): Json {
  const known = new Map(
    routes.map((route) => [
      `${route.method.toLowerCase()} ${route.path.replaceAll(/:([^/]+)/g, '{$1}')}`,
      route,
    ]),
  )
  const writer = new Writer()
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        writer.operation(operation, known.get(`${method} ${path}`)),
      ]),
    ),
  ])
  const { schemas, responses } = writer.components
  return {
    ...document,
    // Relative to this document (OpenAPI 3.1, 4.8.5), so it also holds behind a prefix.
    servers: [{ url: '..', description: 'Este servicio' }],
    paths: Object.fromEntries(paths),
    components: { ...document.components, schemas, responses },
  }
}
