import { SQL } from 'bun'
import { describe, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDatabase } from '../../src/copy/index.ts'
import { openPostgres, StorageOpenError, StorageUnavailableError } from '../../src/index.ts'
import { openBunPool } from '../../src/postgres/bun.ts'
import type { Connection, OpenPool } from '../../src/postgres/client.ts'
import { makeCluster } from '../../testing/cluster.ts'
import {
  describeOnPostgres,
  describeWithCluster,
  dropDatabase,
  testDatabase,
} from '../../testing/postgres.ts'
import { cleanUp } from '../fixture.ts'
import { writeMigrations } from './fixture.ts'

/** What keeps a database from being opened, as a person reads it, and whether it may be there later. */
async function refusal(url: string, openPool?: OpenPool): Promise<[string, boolean]> {
  const error = await openPostgres({
    url,
    schema: 'tienda',
    migrationsFolder: writeMigrations(),
    ...(openPool ? { openPool } : {}),
  }).catch((error: unknown) => error)
  if (!(error instanceof StorageOpenError)) throw new Error('it was opened', { cause: error })
  expect(Bun.inspect(error)).not.toContain('secreto')
  const away =
    error.cause instanceof StorageUnavailableError && error.cause.reason === 'unreachable'
  return [error.message, away]
}

/** Bun's driver, but for what `seen` makes of the answers that a connection gives. */
const through =
  (seen: (text: string, rows: Awaited<ReturnType<Connection['query']>>) => void): OpenPool =>
  (options) => {
    const pool = openBunPool(options)
    return {
      ...pool,
      async reserve() {
        const one = await pool.reserve()
        return {
          ...one,
          async query(text, params) {
            const rows = await one.query(text, params)
            seen(text, rows)
            return rows
          },
        }
      },
    }
  }

/** Whoever connects is told no, as PgBouncer does to settings that it does not know. */
function refuser(state: string, message: string): string {
  const fields = [`SFATAL`, `C${state}`, `M${message}`].map((one) => `${one}\0`).join('')
  const text = Buffer.from(`${fields}\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(text.length + 4)
  const server = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data(socket) {
        socket.end(Buffer.concat([Buffer.from('E'), length, text]))
      },
    },
  })
  cleanUp(() => server.stop(true))
  return `postgres://ana:secreto@127.0.0.1:${server.port}/tienda`
}

describe('the address of a database', () => {
  test.each([
    '',
    'tienda',
    ':memory:',
    'mysql://a@h/b',
    'postgres://h',
    'postgres://h/',
    'postgres:///b',
    'postgres://ana:de@cla/secreto@h/b',
    'postgres://ana:12/secreto@h',
    'postgres://ana:100%secreto@h/b',
  ])('is refused if it is none: %p', async (url) => {
    const [message, away] = await refusal(url)
    expect(message).toEndWith(
      'its address is not of the form postgres://user:password@host:port/database.',
    )
    expect(away).toBe(false)
  })

  test('where nobody listens is told, and that it may be there later', async () => {
    expect(await refusal('postgres://ana:secreto@127.0.0.1:1/tienda')).toEqual([
      'Cannot open the database postgres://127.0.0.1:1/tienda (schema tienda): no server listens at that address.',
      true,
    ])
  })

  test('of a server that is starting, or has no connection left, is told in words', async () => {
    const starting = refuser('57P03', 'the database system is starting up')
    expect(await refusal(starting)).toEqual([
      expect.stringContaining('the server is starting or stopping.'),
      true,
    ])
    const full = refuser('53300', 'sorry, too many clients already')
    expect((await refusal(full))[0]).toContain('raise its max_connections.')
  })

  test('of a pooler that keeps no session is refused, whether it says so or not', async () => {
    const pooler = 'a pooler in between, such as PgBouncer, does not keep a session'
    const told = refuser('08P01', 'unsupported startup parameter: lock_timeout')
    expect((await refusal(told))[0]).toContain(pooler)
  })
})

describeOnPostgres('a server', () => {
  test('that is too old, or keeps no session, is refused before anything is made there', async () => {
    const url = await testDatabase()
    cleanUp(() => dropDatabase(url))
    const old = through((_, [row]) => {
      if (row && 'version' in row) row['version'] = 120_019
    })
    expect((await refusal(url, old))[0]).toContain(
      'it is PostgreSQL 12, and 13 or later is needed.',
    )
    let pid = 1
    const wandering = through((text, [row]) => {
      if (row && text.includes('pg_backend_pid')) row['pid'] = pid++
    })
    const forgetful = through((_, [row]) => {
      if (row && 'setting' in row) row['setting'] = '0'
    })
    for (const pooler of [wandering, forgetful]) {
      expect((await refusal(url, pooler))[0]).toContain('does not keep a session')
    }
    const sql = new SQL(url, { max: 1 })
    cleanUp(() => sql.close())
    expect([...(await sql.unsafe("SELECT 1 FROM pg_namespace WHERE nspname = 'tienda'"))]).toEqual(
      [],
    )
  })

  test('that is read-only, has no such database, or lets its user make nothing there, is refused', async () => {
    const url = await testDatabase()
    cleanUp(() => dropDatabase(url))
    const { username, pathname } = new URL(url)
    const sql = new SQL(url, { max: 1 })
    cleanUp(() => sql.close())
    const nobody = `nadie_${pathname.slice(1)}`
    await sql.unsafe(`CREATE ROLE ${nobody} LOGIN`)
    cleanUp(async () => void (await sql.unsafe(`DROP ROLE ${nobody}`)))
    const asNobody = url.replace(`${username}@`, `${nobody}:secreto@`)
    expect((await refusal(asNobody))[0]).toContain(
      'its user may not create or change what is needed there; make it the owner.',
    )
    // To own one is not enough to make another, as chaos does.
    await expect(makeDatabase(asNobody, `otra_${nobody}`)).rejects.toThrow(
      'its user may not make databases there; give it the right to, CREATEDB.',
    )
    expect((await refusal(url.replace(pathname, '/no_hay')))[0]).toContain(
      'the server has no database of that name.',
    )
    await sql.unsafe(`ALTER DATABASE ${pathname.slice(1)} SET default_transaction_read_only = on`)
    expect((await refusal(url))[0]).toContain(
      'it is read-only, as a standby is; give the address of the primary.',
    )
  })
})

describeWithCluster('a server', () => {
  test('that refuses the password is told so, and never the password', async () => {
    const cluster = makeCluster()
    cleanUp(cluster.remove)
    const sql = new SQL(cluster.url, { max: 1 })
    await sql.unsafe("CREATE ROLE ana LOGIN PASSWORD 'otra'")
    writeFileSync(join(cluster.data, 'pg_hba.conf'), 'host all all all scram-sha-256\n')
    await sql.unsafe('SELECT pg_reload_conf()')
    await sql.close()
    const url = `postgres://ana:secreto@127.0.0.1:${cluster.port}/postgres`
    let told = await refusal(url)
    while (!told[0].includes('password')) told = await refusal(url)
    expect(told).toEqual([expect.stringContaining('it refuses the user or the password.'), false])
  })
})
