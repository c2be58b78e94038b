import { afterAll, beforeAll } from 'bun:test'
import { dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { openAuthPostgres } from '../src/store/postgres/open.ts'

/** A database for the tests of a file or suite, where each `open` has a schema of its own. */
export function postgresOfSuite() {
  let url = ''
  let made = 0
  beforeAll(async () => void (url = await testDatabase()))
  afterAll(() => dropDatabase(url))
  return {
    get url() {
      return url
    },
    open: () => openAuthPostgres(url, `auth${made++}`),
  }
}
