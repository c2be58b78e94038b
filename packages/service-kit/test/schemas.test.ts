import { describe, expect, test } from 'bun:test'
import { type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Elysia } from 'elysia'
import {
  cabeceras,
  Cantidad,
  consulta,
  Dinero,
  edicion,
  parseIds,
  texto,
  Uuid,
} from '../src/http/schemas.ts'
import { appOptions } from '../src/http/service.ts'
import { ProblemError } from '../src/http/problems.ts'

const takes = (schema: TSchema, values: unknown[]) => values.map((one) => Value.Check(schema, one))
const none = (values: unknown[]) => values.map(() => false)
const all = (values: unknown[]) => values.map(() => true)

test('a UUID is one of any version and case, and nothing around it', () => {
  const good = [Bun.randomUUIDv7(), crypto.randomUUID(), crypto.randomUUID().toUpperCase()]
  expect(takes(Uuid, good)).toEqual(all(good))
  const uuid = crypto.randomUUID()
  const around = [` ${uuid}`, `${uuid}\n`, `{${uuid}}`, `../${uuid}`]
  const bad = ['', 'x', ...around, uuid.replaceAll('-', ''), 7]
  expect(takes(Uuid, bad)).toEqual(none(bad))
})

test('a UUID reaches its route in lower case, wherever it is asked with; answers stay as they are', async () => {
  const Cosa = Type.Object({
    id: Uuid,
    otros: Type.Optional(Type.Array(Type.Object({ id: Uuid }))),
  })
  const app = new Elysia({ ...appOptions }).post(
    '/:id',
    ({ params, query, body, headers }) => {
      const seen = [params.id, query.id, body.id, ...(body.otros ?? []).map((one) => one.id)]
      return { id: headers['x-id'], seen }
    },
    {
      params: Type.Object({ id: Uuid }),
      query: consulta({ id: Type.Optional(Uuid) }),
      headers: cabeceras({ 'x-id': Type.String() }),
      body: Cosa,
      response: Type.Object({
        id: Uuid,
        seen: Type.Array(Type.Union([Type.String(), Type.Undefined()])),
      }),
    },
  )
  const [one, two] = [crypto.randomUUID(), crypto.randomUUID()]
  const [ONE, TWO] = [one.toUpperCase(), two.toUpperCase()]
  const ask = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', 'x-id': ONE }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return await (await app.handle(new Request(`http://localhost${path}`, init))).json()
  }
  expect(await ask(`/${ONE}?id=${TWO}`, { id: TWO, otros: [{ id: ONE }, { id: two }] })).toEqual({
    id: ONE,
    seen: [one, two, two, one, two],
  })
  expect(await ask(`/${one}`, { id: TWO })).toMatchObject({ seen: [one, null, two] })
})

test('money is a whole number of the minor unit from 0 to 10^12', () => {
  expect(takes(Dinero, [0, 1999, 1e12])).toEqual([true, true, true])
  const bad = [-1, 0.5, 1e12 + 1, '1999', '1e3', Number.NaN, Number.POSITIVE_INFINITY, null]
  expect(takes(Dinero, bad)).toEqual(none(bad))
})

test('a line takes 1 to 1 000 000 whole pieces', () => {
  expect(takes(Cantidad, [1, 1_000_000])).toEqual([true, true])
  const bad = [0, -1, 0.5, 1_000_001, '1', '1e3', true]
  expect(takes(Cantidad, bad)).toEqual(none(bad))
})

describe('text of a person', () => {
  test('keeps line breaks, tabs, accents and emoji', () => {
    const good = ['a', 'dos\nlíneas\ty más', 'Ñandú 🦤']
    expect(takes(texto(50), good)).toEqual(all(good))
  })

  test('is neither blank nor bears control characters', () => {
    const bad = ['', ' ', '\n\t', 'a\u0000b', 'a\u001bb', 'a\u0008']
    expect(takes(texto(50), bad)).toEqual(none(bad))
  })

  test('is bounded on both sides, and may be empty where the bound says so', () => {
    expect(takes(texto(3, 2), ['a', 'ab', 'abc', 'abcd'])).toEqual([false, true, true, false])
    expect(takes(texto(3, 0), ['', ' '])).toEqual([true, true])
  })
})

test('an edit changes at least one field, and only known ones', () => {
  const schema = edicion({ nombre: Type.Optional(Type.String()) })
  expect(takes(schema, [{ nombre: 'a' }, {}, { otro: 1 }, []])).toEqual([true, false, false, false])
})

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** What became of the list: the ids, or the refusal. */
function outcome(text: string, max?: number) {
  try {
    return parseIds(text, max)
  } catch (error) {
    if (error instanceof ProblemError) return error.problema
    throw error
  }
}

describe('a list of ids', () => {
  test('comes in the order given, without repeats, in lower case', () => {
    const text = `${id(2)}, ${id(1)},${id(2).toUpperCase()},`
    expect(parseIds(text)).toEqual([id(2), id(1)])
    expect(parseIds('')).toEqual([])
  })

  test('names the one that is none, cut short', () => {
    const refused = outcome(`${id(1)},${'x'.repeat(500)}`)
    expect(refused).toMatchObject({ status: 422, errores: [{ campo: 'ids' }] })
    expect(JSON.stringify(refused).length).toBeLessThan(500)
  })

  test('is bounded', () => {
    expect(outcome(`${id(1)},${id(2)}`, 2)).toHaveLength(2)
    expect(outcome(`${id(1)},${id(2)},${id(3)}`, 2)).toMatchObject({
      errores: [{ campo: 'ids', mensaje: 'admite hasta 2 identificadores' }],
    })
  })
})
