import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cluster, describeOnPostgres, makeCluster } from '@encargo/storage/testing/postgres'
import type { Environment } from '@encargo/service-kit/run/config'
import { freshEnvironment } from '../system/harness.ts'
import { script } from '../system/refusals.ts'
import { refusingServer, serverOfVersion, silentServer } from './fake-servers.ts'
import { ended } from '../system/ended.ts'

/** What is wrong, and what of it stands in the one sentence. */
interface BadStart {
  /** Makes a database that can't be used, or names none; answers what leads there. */
  readonly env: (on: Cluster, name: string) => Environment | Promise<Environment>
  /** What is in the data folder. */
  readonly files?: readonly string[]
  readonly told: string | RegExp
}

const cleanups: (() => unknown)[] = []

async function say(url: string, ...texts: string[]): Promise<Record<string, unknown>[]> {
  const sql = new SQL(url, { max: 1 })
  try {
    let last: Record<string, unknown>[] = []
    for (const text of texts) last = await sql.unsafe(text)
    return last
  } finally {
    await sql.close()
  }
}

const at = ({ port }: Cluster, database: string, who = 'encargo') =>
  `postgres://${who}@127.0.0.1:${port}/${database}`

/** A new database that was asked these things. */
async function madeOf(on: Cluster, name: string, ...texts: string[]): Promise<string> {
  await say(on.url, `CREATE DATABASE ${name}`)
  if (texts.length > 0) await say(at(on, name), ...texts)
  return at(on, name)
}

function besides(server: { readonly port: number; stop(closeActive: boolean): void }): string {
  cleanups.push(() => server.stop(true))
  return `postgres://encargo@127.0.0.1:${server.port}/tienda`
}

const badStarts: Readonly<Record<string, BadStart>> = {
  'the address of something else': {
    env: () => ({ DATABASE_URL: 'mysql://encargo:clave@db.example/tienda' }),
    told: 'DATABASE_URL must be the URL of a PostgreSQL database such as postgres://',
  },
  "a service's own address, of something else": {
    env: (on) => ({ DATABASE_URL: on.url, PEDIDOS_DATABASE_URL: 'postgres://db.example' }),
    told: 'PEDIDOS_DATABASE_URL must be the URL of a PostgreSQL database such as postgres://',
  },
  'a password whose special characters stand as they are': {
    env: () => ({ DATABASE_URL: 'postgres://encargo:equi@vo/clave@127.0.0.1:1/tienda' }),
    told: 'where a password has %40 for @, %2F for / and so on',
  },
  'a host that there is not': {
    env: () => ({ DATABASE_URL: 'postgres://encargo:clave@nowhere.invalid/tienda' }),
    told: /nowhere\.invalid\/tienda \(schema \w+\): no server listens at that address\.$/,
  },
  'a port where nobody listens': {
    env: () => ({ DATABASE_URL: 'postgres://encargo:clave@127.0.0.1:1/tienda' }),
    told: 'no server listens at that address.',
  },
  'what listens and says nothing': {
    env: () => ({ DATABASE_URL: besides(silentServer()) }),
    told: 'the server does not answer.',
  },
  'a password that is wrong': {
    env: (on) => ({ DATABASE_URL: at(on, 'postgres', 'pobre:equivocada') }),
    told: 'it refuses the user or the password.',
  },
  'a database that is not there': {
    env: (on) => ({ PEDIDOS_DATABASE_URL: at(on, 'ninguna') }),
    told: /^(?:pedidos: )?PEDIDOS_DATABASE_URL: .*: the server has no database of that name\.$/,
  },
  'a user who may make nothing there': {
    env: (on) => ({ DATABASE_URL: at(on, 'postgres', 'pobre:correcta') }),
    told: 'its user may not create or change what is needed there; make it the owner.',
  },
  'a server that only reads': {
    env: async (on, name) => {
      const DATABASE_URL = await madeOf(on, name)
      await say(on.url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
      return { DATABASE_URL }
    },
    told: 'it is read-only, as a standby is; give the address of the primary.',
  },
  'a database that cannot hold every text': {
    env: async (on, name) => {
      await say(on.url, `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
      return { DATABASE_URL: at(on, name) }
    },
    told: "its encoding is LATIN1, and UTF8 is needed; make one with ENCODING 'UTF8' TEMPLATE template0.",
  },
  "a schema of somebody else's": {
    env: async (on, name) => ({
      DATABASE_URL: await madeOf(
        on,
        name,
        'CREATE SCHEMA pedidos',
        'CREATE TABLE pedidos.pedidos (id int)',
      ),
    }),
    told: '(schema pedidos): a schema of that name holds tables of others; give it a database of its own.',
  },
  'a server without TLS, where it is asked for': {
    env: (on) => ({ DATABASE_URL: `${on.url}?sslmode=require` }),
    told: 'no secure connection: ',
  },
  'a server that is too old': {
    env: () => ({ DATABASE_URL: besides(serverOfVersion('120017')) }),
    told: /: it is PostgreSQL 12, and 13 or later is needed\.$/,
  },
  'a pooler that keeps no settings': {
    env: () => ({
      DATABASE_URL: besides(refusingServer('08P01', 'unsupported startup parameter: search_path')),
    }),
    told: 'a pooler in between, such as PgBouncer, does not keep a session',
  },
  'a database with nothing of the shop that is in files': {
    env: async (on, name) => ({ DATABASE_URL: await madeOf(on, name) }),
    files: ['pedidos.db'],
    told: /pedidos\.db is there, and DATABASE_URL leads to .* nothing of pedidos: take it there by bun run/,
  },
  'a schema of a newer version': {
    env: async (on, name) => ({
      DATABASE_URL: await madeOf(
        on,
        name,
        'CREATE SCHEMA pedidos',
        'CREATE TABLE pedidos."__migraciones" (nombre text, minimo text)',
        `INSERT INTO pedidos."__migraciones" VALUES ('9999_futuro', '9999_futuro')`,
      ),
    }),
    told: 'it was migrated by a newer version of this program, start that version instead.',
  },
}

/** The schemas of each database that has not been made with the cluster, and what is in them. */
async function contents(on: Cluster): Promise<unknown> {
  const databases = await say(on.url, 'SELECT datname FROM pg_database WHERE NOT datistemplate')
  const all: unknown[] = []
  for (const { datname } of databases) {
    const what = `SELECT n.nspname, c.relname FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid
      WHERE n.nspname !~ '^pg_|^information_schema' ORDER BY 1, 2`
    all.push(datname, await say(at(on, String(datname)), what))
  }
  return all
}

describeOnPostgres('a start with a database is refused', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = makeCluster()
    await say(cluster.url, "CREATE ROLE pobre LOGIN PASSWORD 'correcta'")
    const rules = [
      'host all encargo 127.0.0.1/32 trust',
      'host all pobre 127.0.0.1/32 scram-sha-256',
    ]
    writeFileSync(join(cluster.data, 'pg_hba.conf'), `${rules.join('\n')}\n`)
    await say(cluster.url, 'SELECT pg_reload_conf()')
  })
  afterAll(() => cluster.remove())
  afterEach(async () => {
    for (const one of cleanups.splice(0).toReversed()) await one()
  })

  let made = 0
  const commands = ['scripts/start.ts', 'apps/pedidos/src/main.ts']

  test.each(Object.keys(badStarts))('with one sentence, for %s', async (what) => {
    const { env: spoil, files = [], told } = badStarts[what] ?? expect.unreachable()
    const env = await spoil(cluster, `mala_${made++}`)
    const before = await contents(cluster)
    await Promise.all(
      commands.map(async (path) => {
        const { env: fresh, dataDir, remove } = freshEnvironment(env)
        cleanups.push(remove)
        for (const file of files) writeFileSync(join(dataDir, file), '')
        const { out, err, code } = await ended(script(path), {
          env: { ...fresh, DATABASE_WAIT_SECONDS: '0' },
        })
        const [sentence = '', ...more] = err.trimEnd().split('\n')
        if (typeof told === 'string') expect(sentence).toContain(told)
        else expect(sentence).toMatch(told)
        expect(sentence).not.toMatch(/clave|equivocada|correcta/)
        expect([more, out, code]).toEqual([[], '', 1])
        expect(readdirSync(dataDir)).toEqual([...files])
      }),
    )
    expect(await contents(cluster)).toEqual(before)
  })

  test('waits for a server that comes later, and says so once', async () => {
    const DATABASE_URL = await madeOf(cluster, `tarde_${made++}`)
    cluster.stop()
    const { env, remove } = freshEnvironment({ DATABASE_URL })
    cleanups.push(remove)
    const child = Bun.spawn(script('scripts/start.ts', 'productos'), {
      env: { ...env },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
    cleanups.push(() => child.kill('SIGKILL'))
    const [told = '', out = ''] = await Promise.all([
      firstOf(child.stderr).then((line) => {
        cluster.start()
        return line
      }),
      firstOf(child.stdout),
    ])
    expect(told).toMatch(
      /^productos: Cannot open the database .*: no server listens .* It is waited for\.$/,
    )
    expect(out).toStartWith('productos ready at ')
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
  })

  test('stops waiting when it is asked to stop', async () => {
    const { env, remove } = freshEnvironment({
      DATABASE_URL: besides(refusingServer('57P03', 'starting up')),
    })
    cleanups.push(remove)
    const child = Bun.spawn(script('apps/productos/src/main.ts'), {
      env: { ...env, DATABASE_WAIT_SECONDS: '600' },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
    cleanups.push(() => child.kill('SIGKILL'))
    const told = JSON.parse(await firstOf(child.stderr))
    expect(told).toMatchObject({ level: 'warn', seconds: 600, service: 'productos' })
    expect(told.error).toContain('the server is starting or stopping')
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
  })
})

/** The first line of what is printed. */
async function firstOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = ''
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes('\n')) break
  }
  return text.split('\n')[0] ?? ''
}
