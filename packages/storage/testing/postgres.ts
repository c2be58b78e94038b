import { SQL } from 'bun'
import { sessionOf } from '../src/postgres/session.ts'
import { describe } from 'bun:test'
import { type Cluster, makeCluster, postgresPrograms } from './cluster.ts'

// A PostgreSQL for tests: the one that TEST_DATABASE_URL names, which the test command starts, else a
// cluster of the test file's own.

export { type Cluster, makeCluster, postgresPrograms }

const given = process.env['TEST_DATABASE_URL']

/** Whether there is a PostgreSQL to test with; an empty TEST_DATABASE_URL says that there is none. */
const hasPostgres = given === undefined ? postgresPrograms() !== undefined : given !== ''

let own: Cluster | undefined

/** The server's address, for a superuser: it is started when somebody first asks. */
const server = (): string => given ?? (own ??= makeCluster()).url

/** Says it once, if the test command has not done so for all. */
function describeWhere(there: boolean, name: string, tests: () => void): void {
  if (there) describe(name, tests)
  else if (given !== '') console.log(`left out: ${name}, as PostgreSQL is not installed`)
}

/** Tests that need one; without it, one line says that they were left out. */
export const describeOnPostgres = (name: string, tests: () => void) =>
  describeWhere(hasPostgres, name, tests)

/** The same for tests that make a cluster, to which they can do what they like. */
export const describeWithCluster = (name: string, tests: () => void) =>
  describeWhere(postgresPrograms() !== undefined, name, tests)

/** One connection to a schema, set up as those of the service are, for what no service asks. */
export const connectionTo = (url: string, schema: string) =>
  new SQL(url, { max: 1, connection: sessionOf(schema) })

let made = 0

/** Says one thing to that server. */
async function say(text: string): Promise<void> {
  const sql = new SQL(server(), { max: 1 })
  try {
    await sql.unsafe(text)
  } finally {
    await sql.close()
  }
}

/** A new, empty database on that server; answers its URL. */
export async function testDatabase(): Promise<string> {
  const url = new URL(server())
  const name = `t${process.pid}_${Date.now().toString(36)}_${made++}`
  await say(`CREATE DATABASE ${name}`)
  url.pathname = `/${name}`
  return url.href
}

/** Removes one that `testDatabase` made, whoever uses it. */
export const dropDatabase = (database: string): Promise<void> =>
  say(`DROP DATABASE IF EXISTS ${new URL(database).pathname.slice(1)} WITH (FORCE)`)

/** Whether services under test are to use PostgreSQL: `TEST_ENGINE=postgres`. */
export const onPostgres = process.env['TEST_ENGINE'] === 'postgres'

/**
 * What names the database of a service under test, beside its DATA_DIR: nothing, or a new one that is
 * removed after the test.
 */
export async function databaseSettings(
  cleanUp: (work: () => Promise<void>) => void,
): Promise<{ readonly DATABASE_URL?: string }> {
  if (!onPostgres) return {}
  const url = await testDatabase()
  cleanUp(() => dropDatabase(url))
  return { DATABASE_URL: url }
}
