import { createCalls } from '@encargo/service-kit/testing/calls'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { afterAll, expect, test } from 'bun:test'
import { openPagosStorage } from '../src/store/sqlite/open.ts'
import { createPagosStore } from '../src/store/store.ts'
import { pagosStoreContract } from './contract/pagos-store.ts'

const { watch, missed } = createCalls()
const storage = openPagosStorage(':memory:')
afterAll(() => storage.close())
// Later than all that the contract asks for.
const clock = createTestClock(4_000_000_000_000)

pagosStoreContract('SQLite', () => watch(createPagosStore(storage, clock)))

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
