import { describeOnPostgres } from '../testing/postgres.ts'
import { engineContract } from './contract.ts'
import { openTestStorage } from './fixture.ts'
import { oneDatabase, openTestPostgres } from './postgres/fixture.ts'
import { openPgPool } from './postgres/pg-pool.ts'

engineContract('SQLite', (asking) => Promise.resolve(openTestStorage(asking)))

describeOnPostgres('the same', () => {
  const database = oneDatabase()
  engineContract('PostgreSQL', async (asking) => await openTestPostgres(await database(), asking))
  engineContract('PostgreSQL by node-postgres', async (asking) =>
    openTestPostgres(await database(), { ...asking, openPool: openPgPool }),
  )
})
