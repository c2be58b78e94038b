import { describe, expect, test } from 'bun:test'
import { type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { cerrado, Dinero, edicion, texto, Uuid } from '../src/http/schemas.ts'
import { fieldErrors, fieldPath } from '../src/values/validation-messages.ts'

const told = (schema: TSchema, value: unknown) =>
  fieldErrors(TypeCompiler.Compile(schema).Errors(value), 'cuerpo')
const mensaje = (schema: TSchema, value: unknown) => told(Type.Object({ x: schema }), value)[0]

describe('a broken field is told in Spanish', () => {
  const cases: [string, TSchema, unknown, string][] = [
    ['missing', Type.String(), {}, 'es obligatorio'],
    ['no text', Type.String(), { x: 1 }, 'debe ser un texto'],
    ['no whole number', Type.Integer(), { x: 0.5 }, 'debe ser un número entero'],
    ['text for a number', Type.Integer(), { x: '1e3' }, 'debe ser un número entero'],
    ['no number', Type.Number(), { x: 'a' }, 'debe ser un número'],
    ['no boolean', Type.Boolean(), { x: 'true' }, 'debe ser true o false'],
    ['no list', Type.Array(Type.String()), { x: 'a' }, 'debe ser una lista'],
    ['no object', Type.Object({}), { x: 'a' }, 'debe ser un objeto'],
    ['not null', Type.Null(), { x: 0 }, 'debe ser null'],
    ['too small', Dinero, { x: -1 }, 'debe ser como mínimo 0'],
    ['too large', Dinero, { x: 1e12 + 1 }, 'debe ser como máximo 1000000000000'],
    ['too small a number', Type.Number({ minimum: 2 }), { x: 1.5 }, 'debe ser como mínimo 2'],
    ['too large a number', Type.Number({ maximum: 2 }), { x: 2.5 }, 'debe ser como máximo 2'],
    ['empty', Type.String({ minLength: 1 }), { x: '' }, 'no puede estar vacío'],
    ['too short', Type.String({ minLength: 8 }), { x: 'a' }, 'debe tener al menos 8 caracteres'],
    ['too long', Type.String({ maxLength: 1 }), { x: 'ab' }, 'debe tener como máximo 1 caracteres'],
    [
      'a list too short',
      Type.Array(Type.String(), { minItems: 1 }),
      { x: [] },
      'debe tener al menos 1 elementos',
    ],
    [
      'a list too long',
      Type.Array(Type.String(), { maxItems: 1 }),
      { x: ['a', 'b'] },
      'debe tener como máximo 1 elementos',
    ],
    [
      'repeated',
      Type.Array(Type.String(), { uniqueItems: true }),
      { x: ['a', 'a'] },
      'tiene elementos repetidos',
    ],
    [
      'none of the values',
      Type.Union([Type.Literal('a'), Type.Literal('b')]),
      { x: 'c' },
      'debe ser uno de "a", "b"',
    ],
    [
      'of an unknown form, where null would do',
      Type.Union([Uuid, Type.Null()]),
      { x: 'b' },
      'debe ser un UUID',
    ],
    [
      'in words of its own, where null would do',
      Type.Union([Uuid, Type.Null()], { error: 'no vale' }),
      { x: 'b' },
      'no vale',
    ],
    ['not the value', Type.Literal('a'), { x: 'c' }, 'debe ser "a"'],
    [
      'nothing changed',
      edicion({ y: Type.Optional(Type.String()) }),
      { x: {} },
      'debe traer al menos un campo',
    ],
    ['no UUID', Uuid, { x: '1' }, 'debe ser un UUID'],
    [
      'control characters',
      texto(10),
      { x: 'a\u0000' },
      'debe ser un texto de 1 a 10 caracteres, sin caracteres de control',
    ],
    [
      'of an unknown form',
      Type.String({ pattern: '^a$' }),
      { x: 'b' },
      'no tiene el formato debido',
    ],
  ]
  for (const [why, schema, value, sentence] of cases) {
    test(`${why}: ${sentence}`, () => {
      expect(mensaje(schema, value)).toMatchObject({ campo: 'x', mensaje: sentence })
    })
  }

  test('not admitted: no se admite', () => {
    expect(told(cerrado({ a: Type.Integer() }), { a: 1, precio: 1 })).toEqual([
      { campo: 'precio', mensaje: 'no se admite', regla: 'no-admitido' },
    ])
  })
})

describe('its path', () => {
  test('is dotted, with the place in a list', () => {
    const Pedido = cerrado({ lineas: Type.Array(cerrado({ cantidad: Type.Integer() })) })
    expect(told(Pedido, { lineas: [{ cantidad: 1 }, { cantidad: 'x' }] })).toEqual([
      { campo: 'lineas.1.cantidad', mensaje: 'debe ser un número entero', regla: 'entero' },
    ])
  })

  test('undoes the escapes of a JSON pointer in the right order', () => {
    expect(fieldPath('/a~1b/c~0d/~01', 'cuerpo')).toBe('a/b.c~d.~1')
  })

  test('of the whole is called by what it is', () => {
    expect(told(Type.Object({}), 'x')).toEqual([
      { campo: '(cuerpo)', mensaje: 'debe ser un objeto', regla: 'objeto' },
    ])
  })
})

describe('the list of broken fields', () => {
  test('says one thing of each field', () => {
    expect(told(Type.Object({ x: Type.String({ minLength: 1 }) }), {})).toHaveLength(1)
  })

  test('ends after 50, however much rubbish arrived', () => {
    const rubbish = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`campo${n}`, 1]))
    expect(told(cerrado({}), rubbish)).toHaveLength(50)
  })
})
