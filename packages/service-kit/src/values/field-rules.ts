import { type Static, Type } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'

/**
 * What a field can have against it, for programs: whoever shows it in words of their own (another
 * language) says it by this and `limite`, and falls back to `mensaje` for a rule they do not know.
 */
export const reglasDeCampo = [
  'obligatorio',
  'vacio',
  'no-admitido',
  'texto',
  'entero',
  'numero',
  'si-o-no',
  'lista',
  'objeto',
  'nulo',
  'opcion',
  'repetidos',
  'algun-cambio',
  'minimo',
  'maximo',
  'minimo-caracteres',
  'maximo-caracteres',
  'minimo-elementos',
  'maximo-elementos',
  'formato',
  'texto-limpio',
  'uuid',
  'correo',
  'telefono',
  'cedula',
  'pais',
  'fecha',
  'direccion-web',
  'color',
  'zona-horaria',
  'imagen-inexistente',
  'impuesto-desconocido',
  'momento-pasado',
  'password-personal',
  'password-comun',
  'password-facil',
] as const
export type ReglaDeCampo = (typeof reglasDeCampo)[number]

/** `limite` is the bound that the rule names: characters, elements, or the number itself. */
export interface FieldRule {
  readonly regla: ReglaDeCampo
  readonly limite?: number
}

/** One broken field of a 422. Refusals that no schema made may leave the rule out. */
export const ErrorDeCampo = Type.Object({
  campo: Type.String(),
  mensaje: Type.String(),
  // One list for every route of an OpenAPI document: an enum is a quarter of a union's length.
  regla: Type.Optional(Type.Unsafe<ReglaDeCampo>(Type.String({ enum: [...reglasDeCampo] }))),
  limite: Type.Optional(Type.Integer()),
})
export type ErrorDeCampo = Static<typeof ErrorDeCampo>

type Schema = ValueError['schema']

const kinds: Partial<Record<ValueErrorType, ReglaDeCampo>> = {
  [ValueErrorType.ObjectRequiredProperty]: 'obligatorio',
  [ValueErrorType.ObjectAdditionalProperties]: 'no-admitido',
  [ValueErrorType.Never]: 'no-admitido',
  [ValueErrorType.Object]: 'objeto',
  [ValueErrorType.Array]: 'lista',
  [ValueErrorType.String]: 'texto',
  [ValueErrorType.Integer]: 'entero',
  [ValueErrorType.Number]: 'numero',
  [ValueErrorType.Boolean]: 'si-o-no',
  [ValueErrorType.Null]: 'nulo',
  [ValueErrorType.Literal]: 'opcion',
  [ValueErrorType.ArrayUniqueItems]: 'repetidos',
  [ValueErrorType.ObjectMinProperties]: 'algun-cambio',
}

const bounds: Partial<Record<ValueErrorType, readonly [regla: ReglaDeCampo, keyword: string]>> = {
  [ValueErrorType.StringMinLength]: ['minimo-caracteres', 'minLength'],
  [ValueErrorType.StringMaxLength]: ['maximo-caracteres', 'maxLength'],
  [ValueErrorType.IntegerMinimum]: ['minimo', 'minimum'],
  [ValueErrorType.IntegerMaximum]: ['maximo', 'maximum'],
  [ValueErrorType.NumberMinimum]: ['minimo', 'minimum'],
  [ValueErrorType.NumberMaximum]: ['maximo', 'maximum'],
  [ValueErrorType.ArrayMinItems]: ['minimo-elementos', 'minItems'],
  [ValueErrorType.ArrayMaxItems]: ['maximo-elementos', 'maxItems'],
}

/** What a union is of; nothing where a schema is none. */
export const optionsOf = (schema: Schema): readonly Schema[] => {
  const options: unknown = schema['anyOf']
  return Array.isArray(options) ? options : []
}

/** What is wrong with a value that may also be null, and is not: what its other schema has against it. */
export function insideNullable(error: ValueError): ValueError | undefined {
  const options = optionsOf(error.schema)
  const other = options.findIndex((option) => option['type'] !== 'null')
  if (options.length !== 2 || options[1 - other]?.['type'] !== 'null') return undefined
  const [first] = error.errors[other] ?? []
  return first
}

/** The bound of a number in a query, which is a union of text and number, is in the number. */
function boundIn(schema: Schema, keyword: string): number | undefined {
  const value = [schema, ...optionsOf(schema)].find((one) => typeof one[keyword] === 'number')
  return value?.[keyword]
}

function kindOfUnion(schema: Schema): ReglaDeCampo | undefined {
  const options = optionsOf(schema)
  const has = (type: string) => options.some((option) => option['type'] === type)
  if (has('integer')) return 'entero'
  if (has('number')) return 'numero'
  if (has('boolean')) return 'si-o-no'
  const literal = options.length > 0 && options.every((option) => option['const'] !== undefined)
  return literal ? 'opcion' : undefined
}

const isRule = (value: unknown): value is ReglaDeCampo =>
  reglasDeCampo.some((regla) => regla === value)

/** The rule that a broken field breaks; a schema names its own form with `x-regla`. */
export function ruleFor(error: ValueError): FieldRule {
  const { schema, type } = error
  const [regla, keyword = ''] = bounds[type] ?? []
  if (regla !== undefined) {
    const limite = boundIn(schema, keyword)
    if (regla === 'minimo-caracteres' && limite === 1) return { regla: 'vacio' }
    return limite === undefined ? { regla } : { regla, limite }
  }
  const own: unknown = schema['x-regla']
  const named = isRule(own) ? own : undefined
  return { regla: kinds[type] ?? kindOfUnion(schema) ?? named ?? 'formato' }
}
