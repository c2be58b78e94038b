import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { casesOf, type Runner, runAll, someCasesOf } from './cases.ts'
import { operationsTogether } from './operations.ts'

/**
 * `CRASH_ALL=1` or a case by its name: both sides of every passing. Else one of them: a service by itself is
 * killed at both, and what one process adds is what happens between them.
 */
const all = process.env['CRASH_ALL'] === '1' || process.env['CRASH_CASE'] !== undefined

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
