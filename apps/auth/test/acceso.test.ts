import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { rows } from '@encargo/storage/testing'
import { describe, expect, spyOn, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { repeticionMs } from '../src/domain/sesion.ts'
import {
  bearer,
  clave,
  createHarness,
  type Harness,
  issuer,
  persona,
  refusal,
  renewal,
  temporaryFolder,
  tokensOf,
  weakestCost,
} from './fixture.ts'

const days = (n: number) => n * 24 * 60 * 60 * 1000

describe('POST /login', () => {
  test('gives an access token of ten minutes with the claims that services check', async () => {
    const { send, cliente, clock } = await createHarness()
    const { id, email } = await cliente()
    const answer = await send('/login', 'POST', { email: email.toUpperCase(), password: clave })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const body = await answer.json()
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    })
    const { access_token } = Value.Parse(Type.Object({ access_token: Type.String() }), body)
    expect(decodeProtectedHeader(access_token)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: expect.any(String),
    })
    const iat = clock.ms() / 1000
    const ids = { sub: id, jti: expect.any(String), sid: expect.any(String) }
    const shared = { iss: issuer, aud: 'encargo', iat, exp: iat + 600 }
    expect(decodeJwt(access_token)).toEqual({ ...shared, ...ids, rol: 'cliente' })
  })

  test('answers a wrong password, an unknown e-mail and a closed account alike', async () => {
    const { send, cliente, admin } = await createHarness()
    const [jefa, ana] = [await admin(), await cliente()]
    const wrong = await send('/login', 'POST', { email: ana.email, password: 'otra-cosa-larga' })
    const unknown = await send('/login', 'POST', { email: 'nadie@x.com', password: clave })
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    const closed = await send('/login', 'POST', { email: ana.email, password: clave })
    const bodies = await Promise.all([wrong, unknown, closed].map((answer) => answer.json()))
    expect(bodies[0]).toMatchObject({ status: 401, codigo: 'credenciales-invalidas' })
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).toEqual(bodies[0])
  })

  test('checks one password of the same cost whether the e-mail is known or not', async () => {
    const { send, cliente } = await createHarness()
    const ana = await cliente()
    const verify = spyOn(Bun.password, 'verify')
    cleanUp(() => verify.mockRestore())
    const password = 'no es esta clave'
    for (const email of [ana.email, 'nadie@x.com'])
      await send('/login', 'POST', { email, password })
    const costs = verify.mock.calls.map(
      ([, hash]) => /^\$argon2id\$v=19\$[^$]+/.exec(String(hash))?.[0],
    )
    expect(costs).toEqual(['$argon2id$v=19$m=8,t=1,p=1', '$argon2id$v=19$m=8,t=1,p=1'])
  })

  test('refuses more sign-ins at a time than the machine can bear, and says when to return', async () => {
    const hashing = { cost: weakestCost, limits: { running: 1, waiting: 1 } }
    const { send } = await createHarness({ hashing })
    const credentials = { email: 'nadie@x.com', password: clave }
    // No check ends before three were refused: at this cost one could, before the fifth has come.
    const checked = Promise.withResolvers<boolean>()
    const verify = spyOn(Bun.password, 'verify').mockReturnValue(checked.promise)
    cleanUp(() => verify.mockRestore())
    const sent = Array.from({ length: 5 }, () => send('/login', 'POST', credentials))
    let answered = 0
    const three = Promise.withResolvers<void>()
    for (const one of sent) void one.then(() => ++answered === 3 && three.resolve())
    await three.promise
    checked.resolve(false)
    const answers = await Promise.all(sent)
    const refused = answers.filter((answer) => answer.status === 503)
    expect(refused.length).toBe(3)
    expect(refused[0]?.headers.get('retry-after')).toBe('2')
  })

  test.each([{ password: '' }, { email: 7 }, { recordarme: true }])(
    'refuses a body with %p',
    async (wrong) => {
      const { send } = await createHarness()
      const answer = await send('/login', 'POST', { email: 'a@x.com', password: clave, ...wrong })
      expect(await refusal(answer)).toBe('422 datos-invalidos')
    },
  )
})

describe('POST /token with a refresh token', () => {
  test('gives new tokens and takes the old one out of use', async () => {
    const { send, cliente } = await createHarness()
    const { tokens } = await cliente()
    const answer = await send('/token', 'POST', renewal(tokens.refresh_token))
    expect(answer.status).toBe(200)
    const fresh = await tokensOf(answer)
    expect(fresh.refresh_token).not.toBe(tokens.refresh_token)
    expect((await send('/me', 'GET', undefined, bearer(fresh.access_token))).status).toBe(200)
  })

  test('gives the same next token again for 30 s, to many at once as well', async () => {
    const { send, cliente, clock } = await createHarness()
    const { tokens } = await cliente()
    const renew = async () => tokensOf(await send('/token', 'POST', renewal(tokens.refresh_token)))
    const at = await Promise.all(Array.from({ length: 10 }, renew))
    clock.advance(repeticionMs - 1)
    const all = [...at, await renew()]
    expect(new Set(all.map(({ refresh_token }) => refresh_token)).size).toBe(1)
    for (const { access_token } of all) {
      expect((await send('/me', 'GET', undefined, bearer(access_token))).status).toBe(200)
    }
    const next = await send('/token', 'POST', renewal(all[0]?.refresh_token ?? ''))
    expect(next.status).toBe(200)
  })

  test('gives what has become of a used token since, when that was used as well', async () => {
    const { send, cliente } = await createHarness()
    const { tokens } = await cliente()
    const renew = async (token: string) =>
      (await tokensOf(await send('/token', 'POST', renewal(token)))).refresh_token
    const newest = await renew(await renew(await renew(tokens.refresh_token)))
    expect(await renew(tokens.refresh_token)).toBe(newest)
  })

  test('gives it again by the clock of another machine, which may be behind', async () => {
    const { send, cliente, clock } = await createHarness()
    const { tokens } = await cliente()
    const renew = async () =>
      (await tokensOf(await send('/token', 'POST', renewal(tokens.refresh_token)))).refresh_token
    clock.advance(5_000)
    const first = await renew()
    clock.advance(-2_000)
    expect(await renew()).toBe(first)
  })

  test('gives it again after a restart, and by another process on the same data', async () => {
    const dataDir = temporaryFolder()
    const [one, two] = [await createHarness({ dataDir }), await createHarness({ dataDir })]
    const { tokens } = await one.cliente()
    const renew = async ({ send }: Harness) =>
      (await tokensOf(await send('/token', 'POST', renewal(tokens.refresh_token)))).refresh_token
    const [first, second] = await Promise.all([renew(one), renew(two)])
    expect(second).toBe(first)
    expect(await renew(await createHarness({ dataDir }))).toBe(first)
  })

  test('ends the whole session when a used token comes again later', async () => {
    const { send, cliente, clock } = await createHarness()
    const { tokens } = await cliente()
    const fresh = await tokensOf(await send('/token', 'POST', renewal(tokens.refresh_token)))
    clock.advance(repeticionMs)
    const again = await send('/token', 'POST', renewal(tokens.refresh_token))
    expect(await again.json()).toMatchObject({
      status: 400,
      codigo: 'token-reutilizado',
      error: 'invalid_grant',
    })
    const newest = await send('/token', 'POST', renewal(fresh.refresh_token))
    expect(await refusal(newest)).toBe('400 token-invalido')
  })

  test('gives nothing again once the session is over', async () => {
    const { send, cliente } = await createHarness()
    const { tokens } = await cliente()
    const fresh = await tokensOf(await send('/token', 'POST', renewal(tokens.refresh_token)))
    await send('/logout', 'POST', { refresh_token: fresh.refresh_token })
    const again = await send('/token', 'POST', renewal(tokens.refresh_token))
    expect(await refusal(again)).toBe('400 token-reutilizado')
  })

  test('leaves nothing behind that makes the next token again when its time is over', async () => {
    const { send, cliente, storage, store, clock } = await createHarness()
    const [ana, eva] = [await cliente(), await cliente()]
    await send('/token', 'POST', renewal(ana.tokens.refresh_token))
    const seeds = () => rows(storage, 'SELECT semilla FROM refrescos WHERE semilla IS NOT NULL')
    expect(await seeds()).toHaveLength(1)
    clock.advance(repeticionMs + 1)
    await send('/token', 'POST', renewal(eva.tokens.refresh_token))
    expect(await seeds()).toHaveLength(1)
    clock.advance(repeticionMs + 1)
    await store.sesiones.purgar(clock.ms())
    expect(await seeds()).toEqual([])
  })

  test('takes the form that RFC 6749 describes', async () => {
    const { app, cliente } = await createHarness()
    const { tokens } = await cliente()
    const body = new URLSearchParams(renewal(tokens.refresh_token))
    const form = new Request('http://localhost/token', { method: 'POST', body })
    expect((await app.handle(form)).status).toBe(200)
  })

  test('gives the role that the user has by then', async () => {
    const { send, cliente, admin } = await createHarness()
    const [jefa, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'operador' }, jefa.headers)
    const fresh = await tokensOf(await send('/token', 'POST', renewal(ana.tokens.refresh_token)))
    expect(decodeJwt(fresh.access_token)['rol']).toBe('operador')
  })

  test('refuses a session that idled too long, and one that is too old', async () => {
    const { send, cliente, clock } = await createHarness()
    const idle = await cliente()
    let { refresh_token } = (await cliente()).tokens
    for (let day = 0; day < 84; day += 12) {
      clock.advance(days(12))
      const answer = await send('/token', 'POST', renewal(refresh_token))
      expect(answer.status).toBe(200)
      refresh_token = (await tokensOf(answer)).refresh_token
    }
    const late = await send('/token', 'POST', renewal(idle.tokens.refresh_token))
    expect(await refusal(late)).toBe('400 token-invalido')
    clock.advance(days(7))
    expect(await refusal(await send('/token', 'POST', renewal(refresh_token)))).toBe(
      '400 token-invalido',
    )
  })

  test('refuses the session of a user who was deactivated', async () => {
    const { send, cliente, admin } = await createHarness()
    const [jefa, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: true }, jefa.headers)
    const answer = await send('/token', 'POST', renewal(ana.tokens.refresh_token))
    expect(await refusal(answer)).toBe('400 token-invalido')
  })

  test('takes neither token for the other', async () => {
    const { send, cliente } = await createHarness()
    const { tokens } = await cliente()
    const asRefresh = await send('/token', 'POST', renewal(tokens.access_token))
    expect(await refusal(asRefresh)).toMatch('400 token-invalido')
    const asAccess = await send('/me', 'GET', undefined, bearer(tokens.refresh_token))
    expect(await refusal(asAccess)).toBe('401 no-autenticado')
  })

  test('stores no token, only its hash', async () => {
    const { cliente, storage } = await createHarness()
    const { tokens } = await cliente()
    const kept = JSON.stringify(await rows(storage, 'SELECT * FROM refrescos'))
    expect(kept).not.toContain(tokens.refresh_token)
    expect(kept).toContain(
      new Bun.CryptoHasher('sha256').update(tokens.refresh_token).digest('base64url'),
    )
  })
})

describe('POST /logout', () => {
  test('ends the session and answers the same for a token that nobody knows', async () => {
    const { send, cliente } = await createHarness()
    const { tokens } = await cliente()
    const { refresh_token } = tokens
    expect((await send('/logout', 'POST', { refresh_token })).status).toBe(204)
    expect((await send('/logout', 'POST', { refresh_token })).status).toBe(204)
    expect((await send('/logout', 'POST', { refresh_token: 'nada' })).status).toBe(204)
    const body = { grant_type: 'refresh_token', refresh_token }
    expect(await refusal(await send('/token', 'POST', body))).toBe('400 token-invalido')
  })

  test('leaves the other sessions of the user alone', async () => {
    const { send, cliente, login } = await createHarness()
    const ana = await cliente(persona())
    const other = await login(ana.email)
    await send('/logout', 'POST', { refresh_token: ana.tokens.refresh_token })
    const body = { grant_type: 'refresh_token', refresh_token: other.refresh_token }
    expect((await send('/token', 'POST', body)).status).toBe(200)
  })
})
