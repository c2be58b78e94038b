import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { all, casesOf, type Runner, runAll, someCasesOf } from './cases.ts'
import { operationsTogether } from './operations.ts'

/** Of each passing one side, or `all`: what one process adds lies between passings. */
describe('all services in one process, killed at the points between them', () => {
  let runner: Runner
  beforeAll(() => {
    runner = runAll('encargo', operationsTogether, 3, all ? casesOf : someCasesOf)
  })
  afterAll(() => runner.stop(), 60_000)

  for (const operation of operationsTogether) {
    test(`lose nothing and do nothing twice while ${operation.title}`, async () => {
      expect(await runner.failuresOf(operation)).toEqual([])
    }, 300_000)
  }
})
