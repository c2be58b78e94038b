import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Runner, runAll } from './cases.ts'
import { operationsTogether } from './operations.ts'

describe('all services in one process, killed at every point between them', () => {
  let runner: Runner
  beforeAll(() => {
    runner = runAll('encargo', operationsTogether, 3)
  })
  afterAll(() => runner.stop(), 60_000)

  for (const operation of operationsTogether) {
    test(`lose nothing and do nothing twice while ${operation.title}`, async () => {
      expect(await runner.failuresOf(operation)).toEqual([])
    }, 300_000)
  }
})
