import { expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { chaos } from './run.ts'

const seed = fuzzSeed(process.env['CHAOS_SEED'])

/** Whether it is one process, and how often it dies in the time that each start takes. */
const forms: readonly (readonly [string, boolean, number])[] = [
  ['as four processes', false, 6],
  ['as one process', true, 3],
]

test.each(forms)(
  `a shop %s survives being killed, stopped and cut off (CHAOS_SEED=${seed})`,
  async (_, together, kills) => {
    const { signal } = new AbortController()
    const report = await chaos({ seed, seconds: 5, kills, shoppers: 5, together, signal })
    expect(report.discrepancies).toEqual([])
    expect(report.audit.clean).toBe(true)
    expect(report.deeds.kills).toBe(kills)
    expect(report.purchases.made).toBeGreaterThan(0)
    expect(report.orders.Pendiente).toBe(0)
    expect(report.keptIn).toBeNull()
  },
  120_000,
)
