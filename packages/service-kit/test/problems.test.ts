import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { type Codigo, codigosComunes, problemas } from '../src/values/problem-registry.ts'
import { problema, problemError, rechazar, rechazos } from '../src/http/problems.ts'

const codigos = Object.keys(problemas) as Codigo[]

describe('the registry', () => {
  for (const codigo of codigos) {
    test(`has a status, a title and a stable name for ${codigo}`, () => {
      const { status, title } = problemas[codigo]
      expect(codigo).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(600)
      expect(title).toMatch(/^[A-ZÁÉÍÓÚ][^.]+$/)
    })
  }

  test('calls nothing retryable that a repetition would not mend', () => {
    const retryable = codigos.filter((codigo) => 'retryable' in problemas[codigo])
    expect(retryable.map((codigo) => problemas[codigo].status).sort()).toEqual([
      408, 409, 409, 429, 429, 503, 503,
    ])
  })

  test('has each title once, so that a person can tell two refusals apart', () => {
    const titles = codigos.map((codigo) => problemas[codigo].title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe('the response schemas of a route', () => {
  const schemas = rechazos('no-encontrado', 'stock-insuficiente', 'precio-cambiado')

  test('are grouped by status, what any route may answer included', () => {
    const common = codigosComunes.map((codigo) => String(problemas[codigo].status))
    const expected = [...new Set([...common, '404', '409'])].sort()
    expect(Object.keys(schemas).sort()).toEqual(expected)
  })

  test('take the refusals of their status and no others', () => {
    const faltantes = [{ productoId: 'p', solicitado: 2, disponible: 1 }]
    const refused = problema('stock-insuficiente', { detail: 'Faltan.', faltantes })
    expect(Value.Check(schemas[409], refused)).toBe(true)
    expect(Value.Check(schemas[409], { ...refused, codigo: 'sku-en-uso' })).toBe(false)
    expect(Value.Check(schemas[409], { ...refused, faltantes: 'muchos' })).toBe(false)
    expect(Value.Check(schemas[404], refused)).toBe(false)
  })

  test('say in words what each code means, for the OpenAPI page', () => {
    expect(schemas[409]).toHaveProperty(
      'description',
      '`stock-insuficiente`: No hay existencias suficientes. `precio-cambiado`: El precio cambió',
    )
  })

  test('do not repeat a code that is named and common as well', () => {
    expect(Object.keys(rechazos('datos-invalidos'))).toEqual(Object.keys(rechazos()))
  })
})

describe('a refusal', () => {
  test('bears type, title and status from the registry', () => {
    expect(problema('no-encontrado', { detail: 'No hay pedido.' })).toEqual({
      type: 'urn:encargo:problema:no-encontrado',
      title: 'No existe',
      status: 404,
      codigo: 'no-encontrado',
      detail: 'No hay pedido.',
    })
  })

  test('returned carries its status for Elysia', () => {
    expect(rechazar('sku-en-uso', { detail: 'Ya existe.' })).toMatchObject({
      code: 409,
      response: { codigo: 'sku-en-uso', status: 409 },
    })
  })

  test('thrown is an Error that says what it is', () => {
    const error = problemError('prohibido', { detail: 'No puedes.' }, { 'x-a': 'b' })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'ProblemError',
      message: 'prohibido: No puedes.',
      headers: { 'x-a': 'b' },
      problema: { status: 403 },
    })
  })
})
