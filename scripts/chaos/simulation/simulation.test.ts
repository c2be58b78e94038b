import { expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { simulate } from './run.ts'

const seed = fuzzSeed(process.env['CHAOS_SEED'])

test(`a shop that takes money loses none of it when its services die in the middle (CHAOS_SEED=${seed})`, async () => {
  const { signal } = new AbortController()
  const { discrepancies, deaths, orders } = await simulate({ seed, kills: 12, signal })
  expect(discrepancies).toEqual([])
  expect(deaths.pedidos + deaths.pagos + deaths.inventario).toBe(12)
  expect(orders).toBeGreaterThan(0)
}, 60_000)
