import { expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { ConIdempotencyKey } from '../src/http/idempotency.ts'
import { huellaDe } from '../src/values/idempotency.ts'

test('the fingerprint of a request does not depend on the order of its members', () => {
  const one = huellaDe('POST /pedidos', { a: 1, b: { c: [1, 2], d: null } })
  expect(huellaDe('POST /pedidos', { b: { d: null, c: [1, 2] }, a: 1 })).toBe(one)
  expect(huellaDe('POST /pedidos', { a: 1, b: { c: [1, 2], d: null }, e: undefined })).toBe(one)
})

test('the fingerprint differs when anything else does', () => {
  const bodies = [
    { a: 1 },
    { a: '1' },
    { a: 2 },
    { b: 1 },
    { a: [1, 2] },
    { a: [2, 1] },
    { a: [[1], 2] },
    { a: null },
    {},
    [],
    null,
    undefined,
    '',
    { a: { b: 1 } },
    { 'a":{"b': 1 },
  ]
  const prints = bodies.flatMap((body) => [huellaDe('POST /x', body), huellaDe('PATCH /x', body)])
  expect(prints.every((print) => /^[0-9a-f]{64}$/.test(print))).toBe(true)
  // JSON has no `undefined`: a request without a body and one whose body is null are alike.
  expect(new Set(prints).size).toBe(prints.length - 2)
})

const takes = (key: unknown) =>
  Value.Check(ConIdempotencyKey, { 'idempotency-key': key, accept: '*/*' })

test('a key is 1 to 255 printable ASCII characters, and other headers may be there', () => {
  expect([' ', '~', 'a-1', 'x'.repeat(255)].map(takes)).toEqual([true, true, true, true])
  expect(['', 'x'.repeat(256), 'ñ', 'a\n', 'a\tb', 7].map(takes)).toEqual(Array(6).fill(false))
  expect(Value.Check(ConIdempotencyKey, {})).toBe(true)
})
