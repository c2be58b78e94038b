import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { databaseSettings, onPostgres } from '@encargo/storage/testing/postgres'
import { admin, type Process, start } from '../e2e/processes.ts'

let dataDir: string
let database: Awaited<ReturnType<typeof databaseSettings>>
/** Of the first replica; on PostgreSQL the second has another, as they share what they know. */
let auth: Process
let otherAuth: Process
let replicas: Process[]
const cleanups: (() => Promise<void>)[] = []

const startAuth = (port = '0') =>
  start('auth', {
    ...database,
    DATA_DIR: dataDir,
    AUTH_PORT: port,
    LOG_LEVEL: 'error',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  })

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'encargo-replicas-'))
  database = await databaseSettings((work) => cleanups.push(work))
  auth = await startAuth()
  otherAuth = onPostgres ? await startAuth() : auth
  replicas = await Promise.all(
    [auth, otherAuth].map(({ url: AUTH_URL }) =>
      start('tienda', { TIENDA_PORT: '0', LOG_LEVEL: 'error', AUTH_URL }),
    ),
  )
}, 60_000)
afterAll(async () => {
  await Promise.all([...new Set([...replicas, auth, otherAuth])].map((one) => one.stop()))
  for (const work of cleanups) await work()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A call of a page of `replica` with the cookie of `session`, which what is answered replaces. */
async function call(replica: Process, action: string, cookie = '', body?: object) {
  const answer = await fetch(`${replica.url}/api/sesion/${action}`, {
    method: 'POST',
    headers: { origin: replica.url, cookie, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const set = answer.headers.get('set-cookie')?.split(';')[0]
  return { status: answer.status, cookie: set ?? cookie }
}

const one = () => replicas[0] ?? auth
const other = () => replicas[1] ?? auth
const signIn = async () => (await call(one(), 'login', '', admin)).cookie

const page = async (replica: Process) => await (await fetch(replica.url)).text()

describe('two processes of tienda', () => {
  test('renew the session of two tabs at once, each through another, and it goes on', async () => {
    const cookie = await signIn()
    const both = await Promise.all([
      call(one(), 'renovar', cookie),
      call(other(), 'renovar', cookie),
      call(other(), 'renovar', cookie),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(both.map((each) => each.cookie)).size).toBe(1)
    const next = await call(other(), 'renovar', both[0]?.cookie)
    expect(next.status).toBe(200)
    expect((await call(one(), 'renovar', next.cookie)).status).toBe(200)
  })

  test('give nothing of a session again after a logout through the other', async () => {
    const cookie = await signIn()
    const renewed = await call(one(), 'renovar', cookie)
    expect((await call(other(), 'salir', renewed.cookie)).status).toBe(204)
    for (const late of [cookie, renewed.cookie]) {
      expect(await call(one(), 'renovar', late)).toMatchObject({ status: 204 })
    }
  })

  test('give the next token again although auth was killed and started in between', async () => {
    const cookie = await signIn()
    const first = await call(one(), 'renovar', cookie)
    await auth.kill()
    auth = await startAuth(new URL(auth.url).port)
    const again = await call(other(), 'renovar', cookie)
    expect(again).toEqual({ status: 200, cookie: first.cookie })
  })

  test('show the same page, and each has the files that the page of the other names', async () => {
    const [first, second] = [await page(one()), await page(other())]
    expect(second).toBe(first)
    const files = [...first.matchAll(/(?:src|href)="(\/recursos\/[^"]+)"/g)].map(([, path]) => path)
    expect(files.length).toBeGreaterThan(1)
    for (const file of new Set(files)) {
      expect((await fetch(`${other().url}${file}`)).status).toBe(200)
    }
  })
})
