import { createCalls } from '@encargo/service-kit/testing/calls'
import { afterAll, expect, test } from 'bun:test'
import { openInventarioStorage } from '../src/store/sqlite/open.ts'
import { createInventarioStore } from '../src/store/store.ts'
import { inventarioStoreContract } from './contract/inventario-store.ts'

const { watch, missed } = createCalls()
const storage = openInventarioStorage(':memory:')
afterAll(() => storage.close())

inventarioStoreContract('SQLite', () =>
  watch(createInventarioStore(storage, () => Bun.randomUUIDv7())),
)

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
