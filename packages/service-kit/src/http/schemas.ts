import {
  type SchemaOptions,
  type Static,
  type TObject,
  type TSchema,
  Type,
} from '@sinclair/typebox'
import { t } from 'elysia'
import { emailPattern } from '../values/email-pattern.ts'
import type { ReglaDeCampo } from '../values/field-rules.ts'
import { invisibles } from '../values/identity-key.ts'
import { importeMaximo } from '../values/importes.ts'
import { problemError } from './problems.ts'
import { telefonoPatron } from '../values/telephone.ts'

const uuidPattern = '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$'
const uuidFormat = new RegExp(uuidPattern)
const uuidMessage = 'debe ser un UUID'

/** A UUID as it was written, for bodies so hot that their route lower-cases: decoding costs 1 us. */
export const UuidEscrito = Type.String({
  pattern: uuidPattern,
  error: uuidMessage,
  'x-regla': 'uuid',
  examples: ['0198c0de-7f00-7000-8000-00000000002a'],
})

/** A UUID of any version, as text. One that is asked with comes lower-cased, as ids are kept. */
export const Uuid = Type.Transform(UuidEscrito)
  .Decode((id) => id.toLowerCase())
  .Encode((id) => id)

/** Money in the currency's minor unit: `1999` is 19,99. */
export const Dinero = Type.Integer({ minimum: 0, maximum: importeMaximo, examples: [1250] })

/** How many of a product one line takes. */
export const Cantidad = Type.Integer({ minimum: 1, maximum: 1_000_000, examples: [2] })

/** ISO 8601 in UTC with milliseconds. */
export const Instante = Type.String({
  description: 'ISO 8601 en UTC con milisegundos',
  examples: ['2026-01-15T12:00:00.000Z'],
})

/** An ISO 4217 code. */
export const Moneda = Type.String({ description: 'Código ISO 4217', examples: ['USD'] })

export const oNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One of a few words. */
export const unaDe = <const T extends string>(
  palabras: readonly T[],
  options: SchemaOptions = {},
) =>
  Type.Unsafe<T>(
    Type.Union(
      palabras.map((una) => Type.Literal(una)),
      {
        error: `debe ser uno de ${palabras.join(', ')}`,
        'x-regla': 'opcion',
        examples: [palabras[0]],
        ...options,
      },
    ),
  )

/** Text of a person: something to see, no control characters but tab and line breaks. */
export const texto = (maxLength: number, minLength = 1, ejemplo = 'Un texto') =>
  Type.String({
    examples: [ejemplo],
    minLength,
    maxLength,
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    pattern:
      minLength > 0
        ? `^(?=[\\s\\S]*[^\\s${invisibles}])[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$`
        : '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$',
    error: `debe ser un texto de ${minLength} a ${maxLength} caracteres, sin caracteres de control`,
    'x-regla': 'texto-limpio',
  })

/** A telephone number however it is written; `telefonoLimpio` is what is kept of it. */
export const Telefono = Type.String({
  maxLength: 100,
  pattern: telefonoPatron,
  error: 'debe ser un teléfono de 5 a 17 cifras, como +593 99 000 0101 o (02) 200-0101',
  'x-regla': 'telefono',
  examples: ['+593 99 000 0101'],
})

/** An e-mail as people type or copy it; `textoLimpio` is what is kept of it. */
export const Email = Type.String({
  maxLength: 254,
  pattern: emailPattern,
  error: 'debe ser un correo como nombre@ejemplo.com, de hasta 254 caracteres',
  'x-regla': 'correo',
  examples: ['rosa@correo.example'],
})

/** A country, ISO 3166-1 alpha-2. */
export const Pais = Type.String({
  pattern: '^[A-Z]{2}$',
  error: 'debe ser un código ISO 3166-1 de dos letras mayúsculas, como EC',
  'x-regla': 'pais',
  examples: ['EC'],
})

/** An object that refuses fields it does not know; `title` is its name in OpenAPI. */
export const cerrado = <T extends Record<string, TSchema>>(
  properties: T,
  title?: string,
  /** Where those of the properties don't go together. */
  example?: unknown,
) =>
  Type.Object(properties, {
    additionalProperties: false,
    ...(title ? { title } : {}),
    ...(example ? { examples: [example] } : {}),
  })

/** The same, for an edit: every field optional, at least one present. */
export const edicion = <T extends Record<string, TSchema>>(properties: T, title?: string) =>
  Type.Object(properties, {
    additionalProperties: false,
    minProperties: 1,
    ...(title ? { title } : {}),
  })

/** The path parameter `:id`. */
export const ConId = Type.Object({ id: Uuid })

/**
 * Headers that a route reads. The others pass, at run time and in the types of its callers, who
 * send `authorization` and the like beside them.
 */
export const cabeceras = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Unsafe<Static<TObject<T>> & Record<string, string | undefined>>(
    Type.Object(properties, { additionalProperties: true }),
  )

export const etiqueta = Type.Optional(
  Type.String({ maxLength: 1024, description: 'El `ETag` de la versión que se tiene o se cambia' }),
)

/** For a write that must not come too late: RFC 9110, 13.1.1. */
export const ConIfMatch = cabeceras({ 'if-match': etiqueta })

/** For a read of what the caller may have already: RFC 9110, 13.1.2. */
export const ConIfNoneMatch = cabeceras({ 'if-none-match': etiqueta })

/** How many a page has when nobody says. */
export const limitePorDefecto = 50

/** Query members of every list. */
export const paginacion = {
  // Without a `default`, which Elysia would fill in for the handler but ask of typed callers.
  limite: Type.Optional(
    t.Integer({
      minimum: 1,
      maximum: 200,
      description: `De 1 a 200; si falta, ${limitePorDefecto}`,
    }),
  ),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
} as const

/** A query that refuses members it does not know, so that a typo is not ignored. */
export const consulta = <T extends Record<string, TSchema>>(properties: T) =>
  t.Object(properties, { additionalProperties: false })

export const pagina = <T extends TSchema>(item: T) =>
  Type.Object({
    datos: Type.Array(item),
    siguiente: Type.Union([Type.String(), Type.Null()], { examples: [null] }),
  })

/** As many ids as one question may name. */
export const maxIds = 200

/** The query member `ids` of a list of exactly those, as text for `parseIds`. */
export const Ids = Type.String({
  minLength: 1,
  maxLength: 8000,
  description: `Hasta ${maxIds} ids separados por comas`,
})

/**
 * `ids=a,b,c` as a list without repeats, in the order given.
 * @throws ProblemError 422 naming `ids` when one is not a UUID or there are more than `max`
 */
export function parseIds(text: string, max = maxIds): string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim().toLowerCase()))].filter(Boolean)
  const wrong = ids.find((id) => !uuidFormat.test(id))
  if (wrong === undefined && ids.length <= max) return ids
  const mensaje =
    wrong === undefined
      ? `admite hasta ${max} identificadores`
      : `${JSON.stringify(wrong.slice(0, 60))} no es un UUID`
  throw problemError('datos-invalidos', {
    detail: `Revisa: ids ${mensaje}.`,
    errores: [{ campo: 'ids', mensaje }],
  })
}

/** A refusal of one field that no schema can express. */
export function fieldProblem(campo: string, mensaje: string, regla?: ReglaDeCampo) {
  return problemError('datos-invalidos', {
    detail: `Revisa: ${campo} ${mensaje}.`,
    errores: [{ campo, mensaje, ...(regla === undefined ? {} : { regla }) }],
  })
}
