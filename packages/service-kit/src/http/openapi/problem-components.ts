import { type TSchema, Type } from '@sinclair/typebox'
import { type Codigo, problemas } from '../../values/problem-registry.ts'
import { isRecord, type Json } from './json.ts'
import { cleanSchema } from './schema.ts'

/** `stock-insuficiente` is `ProblemaStockInsuficiente` among the schemas. */
export const nameOf = (codigo: Codigo) =>
  `Problema${codigo.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`

/** The refusal of one code, with the members that it carries (RFC 9457, 3). */
export function problemComponent(codigo: Codigo): unknown {
  const entry = problemas[codigo]
  const extra: Record<string, TSchema> = 'extra' in entry ? entry.extra : {}
  const schema = Type.Object(
    {
      type: Type.Literal(`urn:encargo:problema:${codigo}`),
      title: Type.String({ examples: [entry.title] }),
      status: Type.Literal(entry.status),
      detail: Type.String({
        description: 'Qué pasó y qué se puede hacer',
        examples: [`${entry.title}.`],
      }),
      instance: Type.Optional(Type.String()),
      codigo: Type.Literal(codigo),
      ...extra,
    },
    { description: entry.title },
  )
  return cleanSchema(JSON.parse(JSON.stringify(schema)))
}

const isCodigo = (value: unknown): value is Codigo =>
  typeof value === 'string' && Object.hasOwn(problemas, value)

/** The codes that a response's schema lists; undefined for what is no refusal, such as a report. */
export function codesOf(schema: unknown): readonly Codigo[] | undefined {
  const properties = isRecord(schema) ? schema['properties'] : undefined
  const codigo = isRecord(properties) ? properties['codigo'] : undefined
  if (!isRecord(codigo)) return undefined
  const values: unknown = codigo['enum'] ?? [codigo['const']]
  const codes = Array.isArray(values) ? values.filter(isCodigo) : []
  return codes.length > 0 ? codes : undefined
}

const refOf = (codigo: Codigo) => `#/components/schemas/${nameOf(codigo)}`

/** Which refusal it is, a program reads in `codigo`. */
export function problemSchema(codes: readonly Codigo[]): Json {
  const [only, ...others] = codes
  if (only !== undefined && others.length === 0) return { $ref: refOf(only) }
  return {
    oneOf: codes.map((codigo) => ({ $ref: refOf(codigo) })),
    discriminator: {
      propertyName: 'codigo',
      mapping: Object.fromEntries(codes.map((codigo) => [codigo, refOf(codigo)])),
    },
  }
}

export const problemText = (codes: readonly Codigo[]) =>
  codes.map((codigo) => `\`${codigo}\`: ${problemas[codigo].title}`).join('. ')
