import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import { type ErrorDeCampo, insideNullable, ruleFor } from '../values/field-rules.ts'
import { nearestShape } from './validation-shapes.ts'

type Schema = ValueError['schema']

const fixed: Partial<Record<ValueErrorType, string>> = {
  [ValueErrorType.ObjectRequiredProperty]: 'es obligatorio',
  [ValueErrorType.ObjectAdditionalProperties]: 'no se admite',
  [ValueErrorType.Object]: 'debe ser un objeto',
  [ValueErrorType.Array]: 'debe ser una lista',
  [ValueErrorType.String]: 'debe ser un texto',
  [ValueErrorType.Integer]: 'debe ser un número entero',
  [ValueErrorType.Number]: 'debe ser un número',
  [ValueErrorType.Boolean]: 'debe ser true o false',
  [ValueErrorType.Null]: 'debe ser null',
  [ValueErrorType.ArrayUniqueItems]: 'tiene elementos repetidos',
  [ValueErrorType.Never]: 'no se admite',
}

const bounded: Partial<Record<ValueErrorType, (schema: Schema) => string>> = {
  [ValueErrorType.StringMinLength]: (s) =>
    s['minLength'] === 1
      ? 'no puede estar vacío'
      : `debe tener al menos ${s['minLength']} caracteres`,
  [ValueErrorType.StringMaxLength]: (s) => `debe tener como máximo ${s['maxLength']} caracteres`,
  [ValueErrorType.IntegerMinimum]: (s) => `debe ser como mínimo ${s['minimum']}`,
  [ValueErrorType.IntegerMaximum]: (s) => `debe ser como máximo ${s['maximum']}`,
  [ValueErrorType.NumberMinimum]: (s) => `debe ser como mínimo ${s['minimum']}`,
  [ValueErrorType.NumberMaximum]: (s) => `debe ser como máximo ${s['maximum']}`,
  [ValueErrorType.ArrayMinItems]: (s) => `debe tener al menos ${s['minItems']} elementos`,
  [ValueErrorType.ArrayMaxItems]: (s) => `debe tener como máximo ${s['maxItems']} elementos`,
  [ValueErrorType.ObjectMinProperties]: () => 'debe traer al menos un campo',
  [ValueErrorType.Literal]: (s) => `debe ser ${JSON.stringify(s['const'])}`,
}

/** The values that a union of literals takes, where it is one. */
function literals(schema: Schema): string[] | undefined {
  const options: unknown = schema['anyOf']
  if (!Array.isArray(options)) return undefined
  const values = options.map((option: Schema) => option['const'] as unknown)
  return values.every((value) => value !== undefined)
    ? values.map((value) => JSON.stringify(value))
    : undefined
}

/** `t.Integer()` of a query or path is a union of text and number: its bounds are in the number. */
function integerRange(schema: Schema): string | undefined {
  const options: unknown = schema['anyOf']
  if (!Array.isArray(options)) return undefined
  const integer = options.find((option: Schema) => option['type'] === 'integer') as
    Schema | undefined
  if (!integer) return undefined
  const { minimum, maximum } = integer
  const from = minimum === undefined ? '' : ` desde ${minimum}`
  return `debe ser un número entero${from}${maximum === undefined ? '' : ` hasta ${maximum}`}`
}

/** `t.Boolean()` of a query is a union of text and boolean. */
function isBoolean(schema: Schema): boolean {
  const options: unknown = schema['anyOf']
  return Array.isArray(options) && options.some((option: Schema) => option['type'] === 'boolean')
}

/** A Spanish sentence fragment for one broken field; a schema's own `error` text wins. */
export function messageFor(error: ValueError): string {
  const own: unknown = error.schema['error']
  if (typeof own === 'string') return own
  if (Array.isArray(error.schema['anyOf'])) {
    const inside = insideNullable(error)
    if (inside) return messageFor(inside)
    const range = integerRange(error.schema)
    if (range !== undefined) return range
    if (isBoolean(error.schema)) return 'debe ser true o false'
    const values = literals(error.schema)
    return values
      ? `debe ser uno de ${values.join(', ')}`
      : 'no tiene ninguna de las formas admitidas'
  }
  return fixed[error.type] ?? bounded[error.type]?.(error.schema) ?? 'no tiene el formato debido'
}

/** JSON pointer to dotted path: `/lineas/0/cantidad` -> `lineas.0.cantidad`; the whole is `(cuerpo)`. */
export function fieldPath(pointer: string, whole: string): string {
  const parts = pointer.split('/').slice(1)
  const names = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.length === 0 ? `(${whole})` : names.join('.')
}

/** At most one error a field, the first, and at most 50 fields, so that rubbish gets a short answer. */
export function fieldErrors(errors: Iterable<ValueError>, whole: string): ErrorDeCampo[] {
  const found = new Map<string, ErrorDeCampo>()
  for (const error of nearestShape(errors)) {
    if (found.size >= 50) break
    const campo = fieldPath(error.path, whole)
    if (found.has(campo)) continue
    found.set(campo, { campo, mensaje: messageFor(error), ...ruleFor(error) })
  }
  return [...found.values()]
}
