import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'bun:test'
import { change } from '@encargo/storage/testing'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { decodeProtectedHeader } from 'jose'
import { Type } from '@sinclair/typebox'
import type { Environment } from '@encargo/service-kit/run/config'
import { describeOnPostgres } from '@encargo/storage/testing/postgres'
import { createAdmin } from '../src/security/admin.ts'
import { start } from '../src/main.ts'
import { folderKeys, keyFolder, openKeyFolder } from '../src/security/key-folder.ts'
import { publishedAheadMs, retiredAfterMs } from '../src/security/key-life.ts'
import { openAuthStorage } from '../src/store/sqlite/open.ts'
import { createAuthStore } from '../src/store/store.ts'
import { bearer, bodyOf, temporaryFolder } from './fixture.ts'
import { postgresOfSuite } from './postgres.ts'

const root = join(import.meta.dir, '..', '..', '..')
const Secrets = Type.Object({ pedidos: Type.String(), pagos: Type.String() })
const Token = Type.Object({ access_token: Type.String() })
const Claves = Type.Object({ keys: Type.Array(Type.Object({ kid: Type.String() })) })

const script = (DATA_DIR: string, ...args: string[]) => scriptWith({ DATA_DIR }, ...args)

async function scriptWith(env: Environment, ...args: string[]) {
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: root,
    env: { ...process.env, ...env, AUTH_SIGNING_KEY: '' },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { code: await child.exited, out, err }
}

async function startedIn(DATA_DIR: string) {
  const running = await start({ DATA_DIR, AUTH_PORT: '0', LOG_LEVEL: 'error' })
  cleanUp(() => running.stop())
  const secretsOf = () =>
    bodyOf(new Response(readFileSync(join(DATA_DIR, 'credenciales.json'))), Secrets)
  const askToken = (client_id: string, client_secret: string) =>
    fetch(`${running.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }),
    })
  return { url: running.url, secretsOf, askToken }
}

function adminIn(dataDir: string) {
  const clock = createTestClock()
  const storage = openAuthStorage(join(dataDir, 'auth.db'))
  cleanUp(() => storage.close())
  const store = createAuthStore(storage)
  const keys = folderKeys(dataDir, () => Bun.randomUUIDv7())
  const admin = createAdmin({ store, dataDir, clock, keys })
  return { admin, clock }
}

describe('rotating keys', () => {
  test('while the service runs keeps its tokens good and needs no restart', async () => {
    const dataDir = temporaryFolder()
    const { url, secretsOf, askToken } = await startedIn(dataDir)
    const { pedidos } = await secretsOf()
    const token = async () => (await bodyOf(await askToken('pedidos', pedidos), Token)).access_token
    const kids = async () =>
      (await bodyOf(await fetch(`${url}/.well-known/jwks.json`), Claves)).keys.map(({ kid }) => kid)
    const status = async (text: string) =>
      (await fetch(`${url}/usuarios/${Bun.randomUUIDv7()}`, { headers: bearer(text) })).status
    const before = await token()
    const { code, out } = await script(dataDir, 'scripts/rotate-keys.ts')
    expect(code).toBe(0)
    const kid = /^new key (\S+), signing from/.exec(out)?.[1]
    expect(await kids()).toEqual([String(decodeProtectedHeader(before).kid), String(kid)])
    expect(await status(before)).toBe(404)
    expect(await status(await token())).toBe(404)
  })

  test('removes keys that no token in use was signed with, and leaves them to their owner', async () => {
    const dataDir = temporaryFolder()
    const { admin, clock } = adminIn(dataDir)
    const first = await admin.rotateKeys(false)
    expect(first.signsFrom).toBe(clock.ms())
    clock.advance(60_000)
    expect((await admin.rotateKeys(false)).removed).toBe(0)
    clock.advance(publishedAheadMs + retiredAfterMs)
    expect((await admin.rotateKeys(false)).removed).toBe(1)
    const folder = keyFolder(dataDir)
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)
    expect(modes).toEqual([0o600, 0o600])
  })

  test('in an emergency signs at once and forgets every other key', async () => {
    const dataDir = temporaryFolder()
    const { admin, clock } = adminIn(dataDir)
    await admin.rotateKeys(false)
    const ring = await openKeyFolder({ dataDir, clock })
    clock.advance(5_000)
    const { kid, removed } = await admin.rotateKeys(true)
    clock.advance(1_000)
    expect(removed).toBe(1)
    expect((await ring.publicKeys()).map((key) => key.kid)).toEqual([kid])
    expect((await ring.signing()).kid).toBe(kid)
  })

  test('refuses options that it does not know', async () => {
    const { code, err } = await script(temporaryFolder(), 'scripts/rotate-keys.ts', '--now')
    expect(code).toBe(2)
    expect(err).toBe("Unknown option '--now'; --help says what there is.\n")
  })
})

describe('service accounts', () => {
  test('get a new secret while the old one goes on, until it is revoked', async () => {
    const dataDir = temporaryFolder()
    const { secretsOf, askToken } = await startedIn(dataDir)
    const old = (await secretsOf()).pedidos
    const account = (...args: string[]) => script(dataDir, 'scripts/service-account.ts', ...args)
    const rotated = await account('rotate', 'pedidos')
    expect(rotated.out).toContain('restart the service within a day')
    const { pedidos, pagos } = await secretsOf()
    expect(pedidos).not.toBe(old)
    expect(rotated.out).not.toContain(pedidos)
    const statuses = async () =>
      [await askToken('pedidos', old), await askToken('pedidos', pedidos)].map(
        ({ status }) => status,
      )
    expect(await statuses()).toEqual([200, 200])
    expect((await account('list')).out).toMatch(
      /pedidos {2}usuarios:leer inventario:reservar pagos:mandar {2}secrets: current, until/,
    )
    expect((await account('revoke', 'pedidos')).out).toBe('pedidos: 1 replaced secret ended\n')
    expect(await statuses()).toEqual([401, 200])
    expect((await askToken('pagos', pagos)).status).toBe(200)
    expect(statSync(join(dataDir, 'credenciales.json')).mode & 0o777).toBe(0o600)
  })

  test('can be added with the least they need', async () => {
    const dataDir = temporaryFolder()
    const { askToken } = await startedIn(dataDir)
    const account = (...args: string[]) => script(dataDir, 'scripts/service-account.ts', ...args)
    const { out } = await account('add', 'informes', 'usuarios:leer')
    const secret = out.trim().split('\n').at(-1) ?? ''
    expect(await (await askToken('informes', secret)).json()).toMatchObject({
      scope: 'usuarios:leer',
    })
    const again = await account('add', 'informes', 'usuarios:leer')
    expect([again.code, again.err]).toEqual([1, 'there is a service account informes already\n'])
  })

  test.each([
    [['add', 'informes', 'todo'], 2, 'there is no scope "todo"'],
    [['add', 'informes'], 2, 'an account needs at least one scope'],
    [['add', 'Mis Informes', 'usuarios:leer'], 2, 'an id is 2 to 50'],
    [['rotate', 'nadie'], 1, 'there is no service account "nadie"'],
    [['borrar'], 2, 'unknown command borrar'],
    [[], 2, 'a command is missing'],
  ])('refuses the command %p', async (args, code, sentence) => {
    const dataDir = temporaryFolder()
    adminIn(dataDir)
    const told = await script(dataDir, 'scripts/service-account.ts', ...args)
    expect(told.code).toBe(code)
    expect(told.err).toStartWith(sentence)
  })
})

test('a database that is not of this version is left as it is, since an auth of that one may run on it', async () => {
  const dataDir = temporaryFolder()
  const storage = openAuthStorage(join(dataDir, 'auth.db'))
  cleanUp(() => storage.close())
  const recorded = '(SELECT max(created_at) FROM __drizzle_migrations)'
  await change(storage, `DELETE FROM __drizzle_migrations WHERE created_at = ${recorded}`)
  const { code, err } = await script(dataDir, 'scripts/rotate-keys.ts')
  expect([code, err]).toEqual([
    1,
    `The database ${storage.file} is of an older version: start auth once, which brings it up to date.\n`,
  ])
  expect(readdirSync(dataDir)).not.toContain('claves')
})

describe('a folder without a database of auth', () => {
  test.each([[['rotate-keys.ts']], [['service-account.ts', 'list']]])(
    'is refused: %p',
    async (args) => {
      const dataDir = temporaryFolder()
      const told = await script(dataDir, ...args.with(0, `scripts/${args[0]}`))
      expect([told.code, told.out, readdirSync(dataDir)]).toEqual([1, '', []])
      expect(told.err).toContain(join(dataDir, 'auth.db'))
    },
  )

  test('may have it in a folder of its own, as volumes are mounted', async () => {
    const dataDir = temporaryFolder()
    adminIn(join(dataDir, 'auth'))
    const { code } = await script('/nowhere', 'scripts/rotate-keys.ts', '--data', dataDir)
    expect([code, readdirSync(dataDir)]).toEqual([0, ['auth']])
    expect(readdirSync(keyFolder(join(dataDir, 'auth')))).toHaveLength(1)
  })
})

describeOnPostgres('auth on PostgreSQL', () => {
  const database = postgresOfSuite()

  test('takes a new key and a new account from commands of another machine, while it runs', async () => {
    const shared = { DATABASE_URL: database.url, AUTH_KEY_SECRET: 'k'.repeat(32) }
    const DATA_DIR = temporaryFolder()
    const early = await scriptWith({ ...shared, DATA_DIR }, 'scripts/rotate-keys.ts')
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('start auth once')])
    const running = await start({ ...shared, DATA_DIR, AUTH_PORT: '0', LOG_LEVEL: 'error' })
    cleanUp(() => running.stop())
    const elsewhere = { ...shared, DATA_DIR: temporaryFolder() }
    const [keyless, rotated, added] = await Promise.all([
      scriptWith({ ...elsewhere, AUTH_KEY_SECRET: '' }, 'scripts/rotate-keys.ts'),
      scriptWith(elsewhere, 'scripts/rotate-keys.ts'),
      scriptWith(elsewhere, 'scripts/service-account.ts', 'add', 'informes', 'usuarios:leer'),
    ])
    expect([keyless.code, keyless.err]).toEqual([
      1,
      'Set AUTH_KEY_SECRET to what auth has: its signing keys are sealed with it.\n',
    ])
    expect([rotated.code, rotated.out]).toEqual([0, expect.stringMatching(/^new key \S+, signing/)])
    const client_secret = added.out.trim().split('\n').at(-1) ?? ''
    const form = { grant_type: 'client_credentials', client_id: 'informes', client_secret }
    const answer = await fetch(`${running.url}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    expect(answer.status).toBe(200)
    expect(readdirSync(elsewhere.DATA_DIR)).toEqual([])
  })
})
