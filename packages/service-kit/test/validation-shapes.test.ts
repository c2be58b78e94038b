import { expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { cerrado } from '../src/http/schemas.ts'
import { fieldErrors } from '../src/values/validation-messages.ts'

const Cantidad = Type.Integer({ minimum: 1 })
const body = TypeCompiler.Compile(
  Type.Union([
    cerrado({ tipo: Type.Literal('ENTRADA'), cantidad: Cantidad }),
    cerrado({ tipo: Type.Literal('AJUSTE'), cantidad: Type.Integer({ minimum: 0 }) }),
    cerrado({ umbralMinimo: Type.Integer() }),
  ]),
)
const campos = (value: unknown) =>
  fieldErrors(body.Errors(value), 'cuerpo').map(({ campo, mensaje }) => `${campo} ${mensaje}`)

test('names the broken field of the shape whose tag the body bears', () => {
  expect(campos({ tipo: 'ENTRADA', cantidad: 0 })).toEqual(['cantidad debe ser como mínimo 1'])
  expect(campos({ tipo: 'AJUSTE', cantidad: -1 })).toEqual(['cantidad debe ser como mínimo 0'])
  expect(campos({ umbralMinimo: 'x' })).toEqual(['umbralMinimo debe ser un número entero'])
})

test('names what the nearest shape does not know or lacks', () => {
  expect(campos({ tipo: 'AJUSTE', cantidad: 1, id: 1 })).toEqual(['id no se admite'])
  expect(campos({ tipo: 'AJUSTE' })).toEqual(['cantidad es obligatorio'])
})

test('says of what is no object at all that no shape fits', () => {
  expect(campos([])).not.toEqual([])
  expect(campos('ENTRADA')).toEqual(['(cuerpo) no tiene ninguna de las formas admitidas'])
})
