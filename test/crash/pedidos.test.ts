import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Runner, runAll } from './cases.ts'
import { pedidosOperations } from './operations.ts'

describe('pedidos, killed at every point', () => {
  let runner: Runner
  beforeAll(() => {
    runner = runAll('pedidos', pedidosOperations, 4)
  })
  afterAll(() => runner.stop(), 60_000)

  for (const operation of pedidosOperations) {
    test(`loses nothing and does nothing twice while ${operation.title}`, async () => {
      expect(await runner.failuresOf(operation)).toEqual([])
    }, 300_000)
  }
})
