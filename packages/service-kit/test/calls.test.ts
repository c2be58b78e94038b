import { expect, test } from 'bun:test'
import { createCalls } from '../src/testing/calls.ts'

test('what nobody calls of a port, and of those in it, is named', () => {
  const { watch, missed } = createCalls()
  const port = watch({ uno: () => 1, dos: (n: number) => n, otro: { tres: () => 3 }, lista: [1] })
  expect([port.dos(2), port.lista]).toEqual([2, [1]])
  expect(missed()).toEqual(['otro.tres', 'uno'])
  port.otro.tres()
  watch({ uno: () => 1 }).uno()
  expect(missed()).toEqual([])
})
