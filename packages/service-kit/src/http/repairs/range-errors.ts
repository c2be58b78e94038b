import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { ValueError } from '@sinclair/typebox/errors'

// Elysia 1.4.30: numbers of queries and paths are checked twice, and the second error has lost its field.

/** The number in `t.Integer()` and `t.Numeric()`, which are unions of text and number. */
function numberIn(schema: TSchema): TSchema | undefined {
  const options: unknown = schema['anyOf']
  const all: TSchema[] = Array.isArray(options) ? options : [schema]
  return all.find(({ type }: TSchema) => type === 'integer' || type === 'number')
}

/**
 * The numbers of a query or path that are out of range, by field. Elysia checks these only while it
 * turns text into numbers, and its error then no longer knows the field.
 *
 * @param schema of the whole query or path, if the route has one
 */
export function rangeErrors(schema: unknown, values: Record<string, unknown>): ValueError[] {
  const { properties } = (schema ?? {}) as { properties?: Record<string, TSchema> }
  return Object.entries(properties ?? {}).flatMap(([name, property]) => {
    const number = numberIn(property)
    const value = values[name]
    if (!number || value === undefined) return []
    return [...Value.Errors(number, Number(value))].map((error) => {
      return { ...error, path: `/${name}`, schema: property }
    })
  })
}
