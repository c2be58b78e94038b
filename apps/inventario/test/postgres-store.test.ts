import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import type { Storage } from '@encargo/storage'
import { afterAll, beforeAll } from 'bun:test'
import { openInventarioPostgres } from '../src/store/postgres/open.ts'
import { createInventarioStore } from '../src/store/store.ts'
import { inventarioStoreContract } from './contract/inventario-store.ts'

describeOnPostgres("inventario's store", () => {
  let storage: Storage
  let database: string
  beforeAll(async () => {
    database = await testDatabase()
    storage = await openInventarioPostgres(database)
  })
  afterAll(async () => {
    await storage.close()
    await dropDatabase(database)
  })

  inventarioStoreContract('PostgreSQL', () =>
    createInventarioStore(storage, () => Bun.randomUUIDv7()),
  )
})
