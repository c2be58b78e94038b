import { expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { chaos } from './run.ts'

const seed = fuzzSeed(process.env['CHAOS_SEED'])

const forms = { 'as four processes': false, 'as one process': true }

test.each(Object.entries(forms))(
  `a shop %s survives being killed, stopped and cut off (CHAOS_SEED=${seed})`,
  async (_, together) => {
    const { signal } = new AbortController()
    const report = await chaos({ seed, seconds: 5, kills: 6, shoppers: 5, together, signal })
    expect(report.discrepancies).toEqual([])
    expect(report.audit.clean).toBe(true)
    expect(report.deeds.kills).toBe(6)
    expect(report.purchases.made).toBeGreaterThan(0)
    expect(report.orders.Pendiente).toBe(0)
    expect(report.dataDir).toBeNull()
  },
  120_000,
)
