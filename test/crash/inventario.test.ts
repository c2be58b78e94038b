import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Runner, runAll } from './cases.ts'
import { inventarioOperations } from './operations-stock.ts'

describe('inventario, killed at every point', () => {
  let runner: Runner
  beforeAll(() => {
    runner = runAll('inventario', inventarioOperations, 2)
  })
  afterAll(() => runner.stop(), 60_000)

  for (const operation of inventarioOperations) {
    test(`loses nothing and does nothing twice while ${operation.title}`, async () => {
      expect(await runner.failuresOf(operation)).toEqual([])
    }, 300_000)
  }
})
