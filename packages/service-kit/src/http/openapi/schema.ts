import { isRecord, type Json } from './json.ts'

/** What only our validation reads: JSON Schema does not know it, and validators say so. */
const ours = new Set(['error'])

/** How Elysia takes numbers and truth values of a query, which are text: not what a caller should know. */
const fromText = new Set(['integer', 'numeric', 'boolean'])
const isTextForm = (option: unknown) =>
  isRecord(option) && option['type'] === 'string' && fromText.has(String(option['format']))

/** A type that any text may name: TypeBox writes it as a pattern, generators expect the plain word. */
function withPlainRecords(schema: Json): Json {
  const { patternProperties, ...rest } = schema
  if (!isRecord(patternProperties)) return schema
  const [only, ...others] = Object.entries(patternProperties)
  if (!only || others.length > 0) return schema
  const [pattern, values] = only
  if (pattern === '^(.*)$') return { ...rest, additionalProperties: values }
  // Nothing else may stand beside a pattern: the names are under a rule of their own.
  return { ...rest, propertyNames: { pattern }, additionalProperties: values }
}

/** A choice that is left with one option is that option, with what was said of the choice. */
function withoutTextForms(schema: Json): Json {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf) || !anyOf.some(isTextForm)) return schema
  const options = anyOf.filter((option) => !isTextForm(option))
  const [only] = options
  return options.length === 1 && isRecord(only) ? { ...only, ...rest } : { ...rest, anyOf: options }
}

/**
 * A schema as JSON Schema 2020-12 knows it (OpenAPI 3.1, 4.8.24): without our own keywords, without the
 * forms in which a query's numbers come as text, and without the defaults that belong to those.
 */
export function cleanSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(cleanSchema)
  if (!isRecord(schema)) return schema
  const plain = withPlainRecords(withoutTextForms(schema))
  return Object.fromEntries(
    Object.entries(plain)
      .filter(([keyword]) => !ours.has(keyword))
      .map(([keyword, value]) => [keyword, cleanIn(keyword, value)]),
  )
}

/** Under `properties` stand names that callers use, such as a field called `error`. */
function cleanIn(keyword: string, value: unknown): unknown {
  if (keyword === 'examples' || keyword === 'enum' || keyword === 'const') return value
  if (keyword !== 'properties' || !isRecord(value)) return cleanSchema(value)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleanSchema(one)]))
}
