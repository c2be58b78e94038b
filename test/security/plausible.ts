import { pick, texts } from './rubbish.ts'

type Schema = Readonly<Record<string, unknown>>

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

const numberOf = (value: unknown, otherwise: number) =>
  typeof value === 'number' ? value : otherwise

function alternatives(schema: Schema): Schema[] {
  for (const key of ['anyOf', 'oneOf']) {
    const options = schema[key]
    if (Array.isArray(options)) return options.filter(isSchema)
  }
  return []
}

/** Odd texts that fit the length; where there is a pattern, something that has a chance. */
function text(random: () => number, schema: Schema, ids: readonly string[]): string {
  const { pattern, format } = schema
  if (format === 'uuid' || String(pattern).includes('-')) {
    return ids[Math.floor(random() * ids.length)] ?? Bun.randomUUIDv7()
  }
  if (format === 'email' || String(pattern).includes('@')) {
    return `a${Math.floor(random() * 1e9)}'--@correo.example`
  }
  if (typeof pattern === 'string') {
    const digits = String(Math.floor(random() * 1e8))
    return pick(random, [`SKU-${digits}`, digits, 'USD', 'abc', '1'])
  }
  const longest = numberOf(schema['maxLength'], 200)
  const shortest = numberOf(schema['minLength'], 0)
  return pick(random, texts).slice(0, longest).padEnd(shortest, 'x')
}

/**
 * A value that a JSON schema allows, more often than not, of the oddest sort that it allows: so that
 * rubbish gets past the schemas to where it is searched for, stored and sorted by.
 */
export function plausible(random: () => number, schema: unknown, ids: readonly string[]): unknown {
  if (!isSchema(schema)) return null
  if ('const' in schema) return schema['const']
  const options = alternatives(schema)
  const [first, ...others] = options
  if (first) return plausible(random, pick(random, [first, ...others]), ids)
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  switch (schema['type']) {
    case 'object':
      return object(random, schema, ids)
    case 'array':
      return Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        plausible(random, schema['items'], ids),
      )
    case 'integer':
    case 'number': {
      const least = numberOf(schema['minimum'], 0)
      return pick(random, [least, least + 1, numberOf(schema['maximum'], least + 100)])
    }
    case 'boolean':
      return random() < 0.5
    case 'null':
      return null
    default:
      return text(random, schema, ids)
  }
}

function object(random: () => number, schema: Schema, ids: readonly string[]) {
  const { properties, required } = schema
  const needed = new Set(Array.isArray(required) ? required : [])
  const fields = Object.entries(isSchema(properties) ? properties : {})
  const chosen = fields.filter(([name]) => needed.has(name) || random() < 0.5)
  return Object.fromEntries(chosen.map(([name, one]) => [name, plausible(random, one, ids)]))
}
