import { SQL } from 'bun'
import { describe } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, chownSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A PostgreSQL for tests: the one that TEST_DATABASE_URL names, else a cluster made of what is installed,
// which ends with the process that made it.

/** Debian keeps each version's programs in a folder of its own, outside PATH. */
const debian = '/usr/lib/postgresql'

/** The folder of PostgreSQL's own programs, or undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const newest = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((one) => join(debian, one, 'bin'))
  const onPath = Bun.which('initdb')
  const folders = onPath ? [join(onPath, '..'), ...newest] : newest
  return folders.find((folder) => existsSync(join(folder, 'initdb')))
}

export interface Cluster {
  /** Of the database `postgres`, for a superuser. */
  readonly url: string
  readonly port: number
  /** The folder of its data. */
  readonly data: string
  /** Starts it again, as after `stop`. */
  start(): void
  /** `fast` ends connections, `immediate` is a crash; resolves when it is down. */
  stop(mode?: 'fast' | 'immediate'): void
  /** Ends it and removes all of it. */
  remove(): void
}

/** Root may not run it: this user does then. */
const servant = 'postgres'

/**
 * Makes a cluster and starts it on a free port of the loopback address.
 * @param durable whether a commit waits for the disk: for tests of crashes and speed
 */
export function makeCluster({ durable = false } = {}): Cluster {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('PostgreSQL is not installed')
  const isRoot = process.getuid?.() === 0
  const folder = mkdtempSync(join(tmpdir(), 'encargo-postgres-'))
  if (isRoot) {
    const of = (flag: string) => Number(spawnSync('id', [flag, servant]).stdout.toString())
    chownSync(folder, of('-u'), of('-g'))
  }
  const data = join(folder, 'data')
  const run = (program: string, ...args: string[]) => {
    const command = [join(programs, program), ...args]
    const [head = '', ...rest] = isRoot ? ['runuser', '-u', servant, '--', ...command] : command
    const { status, stderr, stdout } = spawnSync(head, rest, {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (status !== 0) throw new Error(`${program}: ${stderr}${stdout}`)
  }
  run(
    'initdb',
    '-D',
    data,
    '-U',
    'encargo',
    '--auth=trust',
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  )
  const port = freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 400,
    shared_buffers: '64MB',
    // Hundreds of small schemas: what is looked after in the background would be most of the work.
    autovacuum: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value || "''"}`)
  const log = join(folder, 'log')
  const start = () => run('pg_ctl', '-D', data, '-l', log, '-w', '-o', options.join(' '), 'start')
  const stop = (mode = 'fast') => run('pg_ctl', '-D', data, '-w', '-m', mode, 'stop')
  start()
  return {
    url: `postgres://encargo@127.0.0.1:${port}/postgres`,
    port,
    data,
    start,
    stop,
    remove() {
      try {
        stop('immediate')
      } catch {
        // It is down already.
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): number {
  const server = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { port } = server
  server.stop(true)
  return port
}

/** Whether there is a PostgreSQL to test with. */
export const hasPostgres =
  process.env['TEST_DATABASE_URL'] !== undefined || postgresPrograms() !== undefined

let own: Cluster | undefined

/** The server's address, for a superuser: it is started when somebody first asks. */
function server(): string {
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined) return given
  if (!own) {
    own = makeCluster()
    process.on('exit', () => own?.remove())
  }
  return own.url
}

/** Tests that need one; without it, one line says that they were left out. */
export function describeOnPostgres(name: string, tests: () => void): void {
  if (hasPostgres) describe(name, tests)
  else console.log(`left out: ${name}, as PostgreSQL is not installed`)
}

let made = 0

/** A new, empty database on that server; answers its URL. */
export async function testDatabase(): Promise<string> {
  const url = new URL(server())
  const name = `t${process.pid}_${Date.now().toString(36)}_${made++}`
  const sql = new SQL(url.href, { max: 1 })
  try {
    await sql.unsafe(`CREATE DATABASE ${name}`)
  } finally {
    await sql.close()
  }
  url.pathname = `/${name}`
  return url.href
}

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

/** Removes one that `testDatabase` made, whoever uses it. */
export async function dropDatabase(database: string): Promise<void> {
  const sql = new SQL(server(), { max: 1 })
  try {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${new URL(database).pathname.slice(1)} WITH (FORCE)`)
  } finally {
    await sql.close()
  }
}
