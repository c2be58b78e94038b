import { afterAll, beforeAll, expect, test } from 'bun:test'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { change, rows } from '@encargo/storage/testing'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { Type } from '@sinclair/typebox'
import { decodeProtectedHeader } from 'jose'
import { createPurga } from '../src/app/purga.ts'
import { createAdmin } from '../src/security/admin.ts'
import { publishedAheadMs, retiredAfterMs } from '../src/security/key-life.ts'
import { tableKeys } from '../src/security/key-table.ts'
import { createClaveFirmaStore } from '../src/store/postgres/claves-firma.ts'
import {
  bearer,
  bodyOf,
  clave,
  createHarness,
  type Harness,
  type HarnessOptions,
  persona,
  renewal,
  secrets,
  tokensOf,
} from './fixture.ts'

const AUTH_KEY_SECRET = 'k'.repeat(32)
const Jwks = Type.Object({ keys: Type.Array(Type.Object({ kid: Type.String() })) })

const statuses = (answers: readonly Response[]) => answers.map(({ status }) => status)
const kidsOf = async ({ send }: Harness) =>
  (await bodyOf(await send('/.well-known/jwks.json'), Jwks)).keys.map(({ kid }) => kid)
const renew = ({ send }: Harness, token: string) => send('/token', 'POST', renewal(token))
const kidOf = (token: string) => String(decodeProtectedHeader(token).kid)

const forget = ({ store, storage, clock }: Harness) =>
  createPurga({
    store,
    toca: () => storage.holds('purga'),
    clock,
    timer: () => () => undefined,
    logger: silentLogger,
  }).wake()

describeOnPostgres('two processes of auth', () => {
  let DATABASE_URL = ''
  beforeAll(async () => void (DATABASE_URL = await testDatabase()))
  afterAll(() => dropDatabase(DATABASE_URL))
  const clock = createTestClock()

  const auth = (env = {}, options: HarnessOptions = {}) =>
    createHarness({
      clock,
      ...options,
      env: { AUTH_SIGNING_KEY: '', DATABASE_URL, AUTH_KEY_SECRET, ...env },
    })
  const two = (options?: HarnessOptions) => Promise.all([auth({}, options), auth({}, options)])

  test('that start together on an empty database make one of each: key, admin, account, secret', async () => {
    const admin = { ADMIN_EMAIL: 'jefa@correo.example', ADMIN_PASSWORD: clave }
    const [una, otra] = await Promise.all([auth(admin), auth(admin)])
    const [kids, others] = [await kidsOf(una), await kidsOf(otra)]
    expect(kids).toHaveLength(1)
    expect(others).toEqual(kids)
    const counts = `SELECT (SELECT count(*) FROM usuarios) AS usuarios,
      (SELECT count(*) FROM claves_firma) AS claves, (SELECT count(*) FROM cuentas_servicio) AS cuentas,
      (SELECT count(*) FROM secretos_servicio) AS secretos`
    expect(await rows(otra.storage, counts)).toEqual([
      { usuarios: 1, claves: 1, cuentas: 2, secretos: 2 },
    ])
    const tokens = await una.login(admin.ADMIN_EMAIL)
    const me = await otra.send('/me', 'GET', undefined, bearer(tokens.access_token))
    expect(await me.json()).toMatchObject({ email: admin.ADMIN_EMAIL, rol: 'admin' })
  })

  test('take a new key as one: public at both before either signs, and the old one until its tokens are gone', async () => {
    const [una, otra] = await two()
    const ana = await una.cliente()
    const keys = tableKeys(createClaveFirmaStore(una.storage), async () => AUTH_KEY_SECRET)
    const { store, dataDir } = una
    const admin = createAdmin({ store, dataDir, keys, clock })
    const { kid, signsFrom } = await admin.rotateKeys(false)
    expect(signsFrom).toBe(clock.ms() + publishedAheadMs)
    clock.advance(10_000)
    const both = async () => [await kidsOf(una), await kidsOf(otra)]
    const [old] = await kidsOf(una)
    expect(await both()).toEqual([
      [String(old), kid],
      [String(old), kid],
    ])
    const tokenOf = async ({ login }: Harness) => (await login(ana.email)).access_token
    expect(kidOf(await tokenOf(otra))).toBe(String(old))
    clock.advance(publishedAheadMs - 10_000)
    const tokens = [await tokenOf(una), await tokenOf(otra)]
    expect(tokens.map(kidOf)).toEqual([kid, kid])
    const seen = await Promise.all(
      [otra, una].map(({ send }, at) => send('/me', 'GET', undefined, bearer(tokens[at] ?? ''))),
    )
    expect(statuses(seen)).toEqual([200, 200])
    clock.advance(retiredAfterMs)
    expect(await both()).toEqual([[kid], [kid]])
    expect((await admin.rotateKeys(true)).removed).toBe(2)
  })

  test('give two tabs that renew at once, each at another, the same next token, and the session lives', async () => {
    const [una, otra] = await two()
    const ana = await una.cliente()
    const { refresh_token } = ana.tokens
    const answers = await Promise.all(
      [una, otra, una, otra].map((one) => renew(one, refresh_token)),
    )
    expect(statuses(answers)).toEqual([200, 200, 200, 200])
    const next = new Set(
      await Promise.all(answers.map(async (one) => (await tokensOf(one)).refresh_token)),
    )
    expect(next.size).toBe(1)
    expect((await renew(otra, [...next].join())).status).toBe(200)
    const sessions = await una.send('/me/sesiones', 'GET', undefined, ana.headers)
    expect(sessions.status).toBe(200)
  })

  test('count guesses together, done at once as well', async () => {
    const [una, otra] = await two()
    const ana = await una.cliente()
    const guess = ({ send }: Harness) =>
      send('/login', 'POST', { email: ana.email, password: 'otra-cosa-larga' })
    const answers = statuses(
      await Promise.all(Array.from({ length: 20 }, (_, at) => guess(at % 2 ? una : otra))),
    )
    const wrong = answers.filter((status) => status === 401).length
    expect([wrong, answers.filter((status) => status === 429).length]).toEqual([11, 9])
    expect(statuses([await guess(una), await guess(otra)])).toEqual([429, 429])
  })

  test('send a mail that is owed once, and the other does if the one that took it dies', async () => {
    const sent: string[] = []
    const enviar: HarnessOptions['enviar'] = async ({ para }) => {
      sent.push(String(para))
      return { tipo: 'enviado' }
    }
    const [una, otra] = await two({ enviar })
    for (const one of [una, otra]) await one.cartero.despertar()
    sent.length = 0
    const people = Array.from({ length: 6 }, () => persona())
    for (const one of people) await una.send('/register', 'POST', one)
    await Promise.all([una.cartero.despertar(), otra.cartero.despertar()])
    expect(sent.toSorted()).toEqual(people.map(({ email }) => email).toSorted())
    const last = persona()
    await una.send('/register', 'POST', last)
    expect(await una.store.correos.siguiente(clock.ms())).toMatchObject({ email: last.email })
    await otra.cartero.despertar()
    // Nor by one whose clock is a minute ahead.
    clock.advance(60_000)
    await otra.cartero.despertar()
    expect(sent).not.toContain(last.email)
    clock.advance(60_000)
    await otra.cartero.despertar()
    expect(sent).toContain(last.email)
  })

  test('forget what is long over by the one whose turn it is', async () => {
    const [una, otra] = await two()
    const over = () =>
      change(
        una.storage,
        "INSERT INTO frenos (clave, fallos, hasta_en, ultimo_en) VALUES ('x', 1, 0, 0)",
      )
    const left = () => rows(una.storage, "SELECT clave FROM frenos WHERE clave = 'x'")
    await over()
    await forget(una)
    expect(await left()).toEqual([])
    await over()
    await forget(otra)
    expect(await left()).toHaveLength(1)
    await forget(una)
    expect(await left()).toEqual([])
  })

  test('wait for the database so many times, for each of what is asked most', async () => {
    const { send, login, cliente, storage } = await auth()
    const ana = await cliente()
    const waits = async (work: () => Promise<unknown>) => {
      const before = storage.stats().roundTrips ?? 0
      await work()
      return (storage.stats().roundTrips ?? 0) - before
    }
    const grant = {
      grant_type: 'client_credentials',
      client_id: 'pedidos',
      client_secret: secrets.pedidos,
    }
    const me = () => send('/me', 'GET', undefined, ana.headers)
    // What changed of accounts is read once a second at most.
    await me()
    const found = {
      login: await waits(() => login(ana.email)),
      renewal: await waits(() => send('/token', 'POST', renewal(ana.tokens.refresh_token))),
      token: await waits(() => send('/token', 'POST', grant)),
      me: await waits(me),
      register: await waits(() => send('/register', 'POST', persona())),
    }
    // Of a login five come one after the other: the credential is read beside the brakes.
    expect(found).toEqual({ login: 6, renewal: 2, token: 1, me: 1, register: 2 })
  })
})
