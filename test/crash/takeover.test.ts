import { afterAll, beforeAll, expect, test } from 'bun:test'
import { describeOnPostgres } from '@encargo/storage/testing/postgres'
import { all, type Runner } from './cases.ts'
import { pedidosOperations } from './operations.ts'
import { harmAll } from './takeover.ts'

/** Of buying, ending, sweeping and following, what most rests on; `all` takes some ten minutes. */
const mostImportant = new Set([
  'buying one line',
  'completing',
  'sweeping a reservation without an order',
  'following the history of orders',
])
const operations = pedidosOperations.filter(({ title }) => all || mostImportant.has(title))

describeOnPostgres('two replicas of pedidos, one of which dies or stands still at a point', () => {
  let runner: Runner
  beforeAll(() => {
    runner = harmAll(operations, 3, all)
  })
  afterAll(() => runner.stop(), 60_000)

  for (const operation of operations) {
    test(`lose nothing and do nothing twice while ${operation.title}`, async () => {
      expect(await runner.failuresOf(operation)).toEqual([])
    }, 900_000)
  }
})
