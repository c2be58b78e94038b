import { isRecord, type Json, mapValues } from './json.ts'

/**
 * An example of what a schema allows, put together from the `examples` in it; undefined where a part
 * that must be there has none. References are followed in `schemas`.
 */
export function exampleOf(schema: unknown, schemas: Json): unknown {
  if (!isRecord(schema)) return undefined
  const { $ref, examples, anyOf, oneOf, type, items, properties } = schema
  if (typeof $ref === 'string') return exampleOf(schemas[$ref.split('/').at(-1) ?? ''], schemas)
  if (Array.isArray(examples)) return examples[0]
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const options = anyOf ?? oneOf
  if (Array.isArray(options)) {
    return options.map((option) => exampleOf(option, schemas)).find((one) => one !== undefined)
  }
  if (isRecord(properties)) return objectExample(schema, properties, schemas)
  if (type === 'object') return {}
  if (type === 'array') {
    const one = exampleOf(items, schemas)
    return one === undefined ? undefined : [one]
  }
  return plainExample(schema)
}

function objectExample({ required }: Json, properties: Json, schemas: Json): unknown {
  const members = mapValues(properties, (one) => exampleOf(one, schemas))
  const missing = Array.isArray(required) && required.some((name) => members[name] === undefined)
  if (missing) return undefined
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function plainExample({ type, minimum, pattern }: Json): unknown {
  const types = Array.isArray(type) ? type : [type]
  if (types.includes('null')) return null
  if (types.includes('boolean')) return true
  if (types.includes('integer') || types.includes('number')) return minimum ?? 1
  // A text under a rule needs an example of its own.
  return types.includes('string') && pattern === undefined ? 'texto' : undefined
}
