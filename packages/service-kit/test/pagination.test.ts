import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { decodeCursor, encodeCursor, toPagina } from '../src/http/pagination.ts'
import { ProblemError } from '../src/http/problems.ts'

const Key = Type.Tuple([Type.String(), Type.Integer()])

function refused(cursor: string): ProblemError {
  try {
    decodeCursor(Key, cursor)
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
  throw new Error('the cursor was taken')
}

describe('a cursor', () => {
  for (const key of [
    ['a', 1],
    ['ñandú "x" \u2028', -5],
    ['', Number.MAX_SAFE_INTEGER],
  ] as const) {
    test(`comes back as it was: ${JSON.stringify(key)}`, () => {
      const cursor = encodeCursor(key)
      expect(cursor).toMatch(/^[\w-]+$/)
      expect(decodeCursor(Key, cursor)).toEqual([...key])
    })
  }

  const rubbish = [
    'x',
    '%00',
    '../../etc',
    "' OR 1=1 --",
    encodeCursor(['a']),
    encodeCursor(['a', '1']),
    encodeCursor(['a', 1, 2]),
    encodeCursor({ 0: 'a', 1: 1 }),
    encodeCursor(null),
    encodeCursor(['a', 1]).slice(0, -3),
    Buffer.from('{"__proto__":1}').toString('base64url'),
    '9'.repeat(5000),
  ]
  for (const cursor of rubbish) {
    test(`that is not one of ours is refused with 422: ${cursor.slice(0, 20)}`, () => {
      expect(refused(cursor).problema).toMatchObject({
        status: 422,
        codigo: 'datos-invalidos',
        errores: [{ campo: 'cursor', mensaje: expect.stringContaining('siguiente') }],
      })
    })
  }
})

const page = (count: number, limite: number) => {
  const rows = Array.from({ length: count }, (_, n) => ({ id: n }))
  return toPagina(
    rows,
    limite,
    (row) => row.id,
    (row) => ['r', row.id],
  )
}

describe('a page', () => {
  test('has a next one when the extra row is there', () => {
    const { datos, siguiente } = page(3, 2)
    expect(datos).toEqual([0, 1])
    expect(decodeCursor(Key, siguiente ?? '')).toEqual(['r', 1])
  })

  test('is shorter than asked for when its rows are heavy, and leads on to those left out', () => {
    const rows = [200, 200, 200, 900, 1].map((kib, id) => ({ id, bytes: kib * 1024 }))
    const from = (start: number) =>
      toPagina(
        rows.slice(start, start + 101),
        100,
        ({ id }) => id,
        ({ id }) => ['r', id],
        ({ bytes }) => bytes,
      )
    const seen: number[][] = []
    for (let start: number | null = 0; start !== null;) {
      const { datos, siguiente } = from(start)
      seen.push(datos)
      start = siguiente === null ? null : decodeCursor(Key, siguiente)[1] + 1
    }
    // What is too much alone is a page of its own, not left out.
    expect(seen).toEqual([[0, 1], [2], [3], [4]])
  })

  test('is the last one when it is exactly full, short or empty', () => {
    expect(page(2, 2)).toEqual({ datos: [0, 1], siguiente: null })
    expect(page(1, 2)).toEqual({ datos: [0], siguiente: null })
    expect(page(0, 2)).toEqual({ datos: [], siguiente: null })
  })
})
