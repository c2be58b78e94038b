import { expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { describeWithCluster } from '@encargo/storage/testing/postgres'
import { chaos } from './run.ts'

const seed = fuzzSeed(process.env['CHAOS_SEED'])

describeWithCluster('two replicas of each service', () => {
  test(`survive all that, and a server that is cut off, crashes and fails over (CHAOS_SEED=${seed})`, async () => {
    const { signal } = new AbortController()
    const options = { seed, seconds: 10, kills: 4, shoppers: 5, replicas: 2, signal }
    const report = await chaos({ ...options, databaseUrl: 'own' })
    expect(report.discrepancies).toEqual([])
    expect(report.audit.clean).toBe(true)
    expect(report.deeds.kills).toBe(4)
    expect(report.deeds.database).toEqual({
      terminate: 1,
      sever: 1,
      'read-only': 1,
      restart: 2,
      'fail-over': 1,
    })
    expect(report.purchases.made).toBeGreaterThan(0)
    expect(report.orders.Pendiente).toBe(0)
  }, 120_000)
})
