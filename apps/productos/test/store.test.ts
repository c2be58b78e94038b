import { createCalls } from '@encargo/service-kit/testing/calls'
import { onPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, expect, test } from 'bun:test'
import { createProductosStore } from '../src/store/store.ts'
import { openProductosPostgres } from '../src/store/postgres/open.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import { productosStoreContract } from './contract/productos-store.ts'

const { watch, missed } = createCalls()
const storage = onPostgres
  ? await openProductosPostgres(await testDatabase())
  : openProductosStorage(':memory:')
afterAll(() => storage.close())

productosStoreContract(onPostgres ? 'PostgreSQL' : 'SQLite', () =>
  watch(createProductosStore(storage)),
)

test('its contract asks it for everything that it offers', () => {
  expect(missed()).toEqual([])
})
