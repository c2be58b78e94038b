import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { type Runner, runAll } from './cases.ts'
import type { Prepared } from './operation.ts'
import { authOperations } from './operations-accounts.ts'
import { productosOperations } from './operations-catalogue.ts'

const services: readonly (readonly [ServiceName, readonly Prepared[]])[] = [
  ['productos', productosOperations],
  ['auth', authOperations],
]

for (const [service, operations] of services) {
  describe(`${service}, killed at every point`, () => {
    let runner: Runner
    beforeAll(() => {
      runner = runAll(service, operations, 1)
    })
    afterAll(() => runner.stop(), 60_000)

    for (const operation of operations) {
      test(`loses nothing and does nothing twice while ${operation.title}`, async () => {
        expect(await runner.failuresOf(operation)).toEqual([])
      }, 300_000)
    }
  })
}
