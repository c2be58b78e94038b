import { createTestClock } from '@encargo/service-kit/testing/service'
import type { Storage } from '@encargo/storage'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll } from 'bun:test'
import { openPagosPostgres } from '../src/store/postgres/open.ts'
import { createPagosStore } from '../src/store/store.ts'
import { pagosStoreContract } from './contract/pagos-store.ts'

describeOnPostgres("pagos' store", () => {
  let storage: Storage
  let database: string
  beforeAll(async () => {
    database = await testDatabase()
    storage = await openPagosPostgres(database)
  })
  afterAll(async () => {
    await storage.close()
    await dropDatabase(database)
  })

  pagosStoreContract('PostgreSQL', () =>
    createPagosStore(storage, createTestClock(4_000_000_000_000)),
  )
})
