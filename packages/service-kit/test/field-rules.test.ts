import { describe, expect, test } from 'bun:test'
import { type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { t } from 'elysia'
import { cerrado, Dinero, edicion, texto, Uuid } from '../src/http/schemas.ts'
import { problemas } from '../src/values/problem-registry.ts'
import { rechazos } from '../src/http/problems.ts'
import { type ReglaDeCampo, reglasDeCampo } from '../src/values/field-rules.ts'
import { reglasDeFila } from '../src/values/row-rules.ts'
import { rangeErrors } from '../src/http/repairs/range-errors.ts'
import { fieldErrors } from '../src/values/validation-messages.ts'
import { createProbe } from './fixture.ts'

function ruleOf(schema: TSchema, value: unknown) {
  const errors = TypeCompiler.Compile(Type.Object({ x: schema })).Errors(
    value === undefined ? {} : { x: value },
  )
  const [first] = fieldErrors(errors, 'cuerpo')
  return [first?.regla, first?.limite]
}

const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()], { error: 'otro texto' })
const own = Type.String({ pattern: '^a$', 'x-regla': 'telefono' })
const unknown = Type.String({ pattern: '^a$', 'x-regla': 'no hay tal' })

describe('a broken field names its rule for programs', () => {
  const cases: [string, TSchema, unknown, ReglaDeCampo, number?][] = [
    ['missing', Type.String(), undefined, 'obligatorio'],
    ['of no form, where null would do', Type.Union([own, Type.Null()]), 'b', 'telefono'],
    ['no text', Type.String(), 1, 'texto'],
    ['no whole number', Type.Integer(), 0.5, 'entero'],
    ['no number', Type.Number(), 'a', 'numero'],
    ['no boolean', Type.Boolean(), 'a', 'si-o-no'],
    ['no list', Type.Array(Type.String()), 'a', 'lista'],
    ['no object', Type.Object({}), 'a', 'objeto'],
    ['not null', Type.Null(), 0, 'nulo'],
    ['below the least', Dinero, -1, 'minimo', 0],
    ['above the most', Type.Number({ maximum: 7 }), 8, 'maximo', 7],
    ['empty', texto(10), '', 'vacio'],
    ['too short', Type.String({ minLength: 8 }), 'a', 'minimo-caracteres', 8],
    ['too long, whatever the sentence', texto(3), 'abcd', 'maximo-caracteres', 3],
    ['blank', texto(3), ' ', 'texto-limpio'],
    ['too few', Type.Array(Type.String(), { minItems: 2 }), [], 'minimo-elementos', 2],
    ['too many', Type.Array(Type.String(), { maxItems: 1 }), ['a', 'b'], 'maximo-elementos', 1],
    ['repeated', Type.Array(Type.String(), { uniqueItems: true }), ['a', 'a'], 'repetidos'],
    ['nothing changed', edicion({ y: Type.Optional(Type.String()) }), {}, 'algun-cambio'],
    ['none of the values', Type.Union([Type.Literal('a'), Type.Literal('b')]), 'c', 'opcion'],
    ['not the value', Type.Literal('a'), 'c', 'opcion'],
    ['a form with a name', Uuid, 'a', 'uuid'],
    ['a form that the schema names', own, 'b', 'telefono'],
    ['a form that nobody named', Type.String({ pattern: '^a$' }), 'b', 'formato'],
    ['a name that is none', unknown, 'b', 'formato'],
    ['too long, where null would do', orNull(texto(3)), 'abcd', 'maximo-caracteres', 3],
    ['a form with a name, where null would do', orNull(own), 'b', 'telefono'],
    ['a number of a query that is none', t.Integer({ minimum: 1 }), 'a', 'entero'],
    ['a boolean of a query that is none', t.Boolean(), 'a', 'si-o-no'],
  ]
  for (const [why, schema, value, regla, limite] of cases) {
    test(`${why}: ${regla}`, () => {
      expect(ruleOf(schema, value)).toEqual([regla, limite])
    })
  }

  test('a number of a query that is out of range names its bound', () => {
    const query = t.Object({ limite: t.Integer({ minimum: 1, maximum: 200 }) })
    for (const [text, regla, limite] of [
      ['0', 'minimo', 1],
      ['201', 'maximo', 200],
    ] as const) {
      const [first] = fieldErrors(rangeErrors(query, { limite: text }), 'consulta')
      expect(first).toMatchObject({ campo: 'limite', regla, limite })
    }
  })

  test('a field that is not known is not admitted', () => {
    const errors = TypeCompiler.Compile(cerrado({})).Errors({ precio: 1 })
    expect(fieldErrors(errors, 'cuerpo')).toMatchObject([{ regla: 'no-admitido' }])
  })
})

describe('the rules', () => {
  test('travel in the answer and stand in OpenAPI', async () => {
    const probe = await createProbe()
    const headers = { 'content-type': 'application/json', ...(await probe.as({ rol: 'admin' })) }
    const answer = await probe.call('POST', '/cosas', { body: '{"a":0}', headers })
    expect(JSON.parse(await answer.text())).toMatchObject({
      codigo: 'datos-invalidos',
      errores: [{ campo: 'a', regla: 'minimo', limite: 1 }],
    })
    expect(JSON.stringify(rechazos()[422])).toContain(`"enum":${JSON.stringify(reglasDeCampo)}`)
  })

  test('are no promise of refusals that no schema made', () => {
    const { properties } = problemas['datos-invalidos'].extra.errores.items
    expect(Object.keys(properties)).toEqual(['campo', 'mensaje', 'regla', 'limite'])
    expect(problemas['datos-invalidos'].extra.errores.items.required).toEqual(['campo', 'mensaje'])
  })

  test('are listed in docs/errors.md, each of them and no other', async () => {
    const page = await Bun.file(`${import.meta.dir}/../../../docs/errors.md`).text()
    const listed = (section: string) => {
      const text = page.slice(page.indexOf(`## ${section}`)).split('\n## ', 1)[0] ?? ''
      const cells = text
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .map((line) => line.split('|')[2] ?? '')
      return cells.slice(1).flatMap((cell) => cell.match(/(?<=`)[a-z-]+(?=`)/g) ?? [])
    }
    expect(listed('Fields').toSorted()).toEqual([...reglasDeCampo].toSorted())
    const all = [...listed('Fields'), ...listed('Rows of a file')]
    expect(all.toSorted()).toEqual([...reglasDeFila].toSorted())
  })
})
