import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import {
  type ErrorDeCampo,
  type FieldRule,
  insideNullable,
  type ReglaDeCampo,
  ruleFor,
} from './field-rules.ts'
import { nearestShape } from './validation-shapes.ts'

type Schema = ValueError['schema']

/** How each rule reads behind the name of a field; what is left out, by the schema's own words. */
const sentences: Partial<Record<ReglaDeCampo, string | ((limit: number) => string)>> = {
  obligatorio: 'es obligatorio',
  vacio: 'no puede estar vacío',
  'no-admitido': 'no se admite',
  objeto: 'debe ser un objeto',
  lista: 'debe ser una lista',
  texto: 'debe ser un texto',
  entero: 'debe ser un número entero',
  numero: 'debe ser un número',
  'si-o-no': 'debe ser true o false',
  nulo: 'debe ser null',
  repetidos: 'tiene elementos repetidos',
  'algun-cambio': 'debe traer al menos un campo',
  'minimo-caracteres': (limit) => `debe tener al menos ${limit} caracteres`,
  'maximo-caracteres': (limit) => `debe tener como máximo ${limit} caracteres`,
  minimo: (limit) => `debe ser como mínimo ${limit}`,
  maximo: (limit) => `debe ser como máximo ${limit}`,
  'minimo-elementos': (limit) => `debe tener al menos ${limit} elementos`,
  'maximo-elementos': (limit) => `debe tener como máximo ${limit} elementos`,
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

const ownText = ({ schema }: ValueError): string | undefined =>
  typeof schema['error'] === 'string' ? schema['error'] : undefined

/** A Spanish sentence fragment for one broken field. */
function messageFor(error: ValueError, { regla, limite }: FieldRule): string {
  if (Array.isArray(error.schema['anyOf'])) {
    const range = integerRange(error.schema)
    if (range !== undefined) return range
    const values = literals(error.schema)
    if (values) return `debe ser uno de ${values.join(', ')}`
    if (regla !== 'si-o-no') return 'no tiene ninguna de las formas admitidas'
  }
  if (error.type === ValueErrorType.Literal)
    return `debe ser ${JSON.stringify(error.schema['const'])}`
  const sentence = sentences[regla]
  if (typeof sentence === 'function' && limite !== undefined) return sentence(limite)
  return typeof sentence === 'string' ? sentence : 'no tiene el formato debido'
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
    // What a union has against a value can be read once.
    const inside = insideNullable(error) ?? error
    const rule = ruleFor(inside)
    const mensaje = ownText(error) ?? ownText(inside) ?? messageFor(inside, rule)
    found.set(campo, { campo, mensaje, ...rule })
  }
  return [...found.values()]
}
