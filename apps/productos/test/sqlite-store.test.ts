import { createCalls } from '@encargo/service-kit/testing/calls'
import { afterAll, expect, test } from 'bun:test'
import { createProductosStore } from '../src/store/store.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import { productosStoreContract } from './contract/productos-store.ts'

const { watch, missed } = createCalls()
const storage = openProductosStorage(':memory:')
afterAll(() => storage.close())

productosStoreContract('SQLite', () => watch(createProductosStore(storage)))

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
