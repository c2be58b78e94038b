import { describe, expect, test } from 'bun:test'
import { hashSecreto } from '../src/domain/secretos.ts'
import { basicOf } from '../src/http/basic.ts'
import { createHarness, renewal, secrets } from './fixture.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const basic = (id: string, secret: string) => `Basic ${base64(`${id}:${secret}`)}`
const form = (text: string) => new URLSearchParams({ text }).toString().slice('text='.length)
const challenge = 'Basic realm="encargo", charset="UTF-8"'
const grant = { grant_type: 'client_credentials' }

async function withAccounts() {
  const harness = await createHarness()
  const ask = async (authorization: string, body: object = grant) => {
    const answer = await harness.send('/token', 'POST', body, { authorization })
    const { codigo, error, scope }: Record<string, unknown> = JSON.parse(await answer.text())
    const said = answer.headers.get('www-authenticate')
    return { status: answer.status, challenge: said, codigo, error, scope }
  }
  return { ...harness, ask }
}

describe('HTTP Basic at POST /token', () => {
  test('signs a service account in, whatever the case of the scheme', async () => {
    const { ask } = await withAccounts()
    const good = {
      status: 200,
      challenge: null,
      scope: 'usuarios:leer inventario:reservar pagos:mandar',
    }
    expect(await ask(basic('pedidos', secrets.pedidos))).toMatchObject(good)
    const lower = basic('pedidos', secrets.pedidos).replace('Basic', 'basic')
    expect(await ask(lower, { ...grant, client_id: 'pedidos' })).toMatchObject(good)
    const fewer = await ask(lower, { ...grant, scope: 'usuarios:leer' })
    expect(fewer).toMatchObject({ status: 200, scope: 'usuarios:leer' })
  })

  test('takes a form, as RFC 6749 has it', async () => {
    const { app } = await withAccounts()
    const answer = await app.handle(
      new Request('http://localhost/token', {
        method: 'POST',
        headers: { authorization: basic('pagos', secrets.pagos) },
        body: new URLSearchParams(grant),
      }),
    )
    expect(answer.status).toBe(200)
  })

  test('decodes id and secret, of which each is form-encoded before they are joined', async () => {
    const { ask, store, clock } = await withAccounts()
    const [id, secret] = ['tienda: uno+dos', 'á%:+ñ secreto'.padEnd(32, '=')]
    await store.cuentas.registrar({ id, scopes: ['usuarios:leer'] }, clock.ms())
    const now = clock.ms()
    const hash = hashSecreto(id, secret)
    await store.cuentas.ponerSecreto({ cuentaId: id, hash, now, solapeHasta: now })
    expect((await ask(basic(form(id), form(secret)))).status).toBe(200)
    expect((await ask(basic(encodeURIComponent(id), encodeURIComponent(secret)))).status).toBe(200)
    expect((await ask(basic(id, secret))).status).toBe(401)
  })

  test.each([
    ['a wrong secret', basic('pedidos', 'x'.repeat(32))],
    ['an unknown account', basic('nadie', secrets.pedidos)],
    ['the secret of another account', basic('pedidos', secrets.pagos)],
    ['an id with U+0000', basic('pe%00didos', secrets.pedidos)],
    ['no colon', `Basic ${base64('pedidos')}`],
    ['broken base64', 'Basic %%%'],
    ['nothing', 'Basic'],
    ['bytes that are no UTF-8', `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString('base64')}`],
    ['broken percent-encoding', basic('pedidos', '%zz')],
  ])('refuses %s with 401 invalid_client and the challenge', async (_, authorization) => {
    const { ask } = await withAccounts()
    expect(await ask(authorization)).toMatchObject({
      status: 401,
      codigo: 'credenciales-invalidas',
      error: 'invalid_client',
      challenge,
    })
  })

  test('does not ask a client for Basic that said who it is in the body, or nowhere', async () => {
    const { send } = await withAccounts()
    const inBody = { ...grant, client_id: 'pedidos', client_secret: 'x'.repeat(32) }
    for (const body of [inBody, grant, { ...grant, client_id: 'pedidos' }]) {
      const answer = await send('/token', 'POST', body)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(await answer.json()).toMatchObject({ error: 'invalid_client' })
    }
  })

  test('refuses two ways of signing in at once, also when both are right', async () => {
    const { ask } = await withAccounts()
    const good = basic('pedidos', secrets.pedidos)
    const twice = { ...grant, client_id: 'pedidos', client_secret: secrets.pedidos }
    const invalid = { status: 400, codigo: 'peticion-token-invalida', error: 'invalid_request' }
    expect(await ask(good, twice)).toMatchObject(invalid)
    expect(await ask('Basic %%%', { ...twice })).toMatchObject({ status: 401 })
    expect(await ask(good, { ...grant, client_id: 'pagos' })).toMatchObject(invalid)
    expect(await ask(good, renewal('x'))).toMatchObject(invalid)
  })

  test('is no way into anything else', async () => {
    const { send } = await withAccounts()
    const headers = { authorization: basic('pedidos', secrets.pedidos) }
    expect((await send('/usuarios', 'GET', undefined, headers)).status).toBe(401)
    const login = { email: 'a@b.example', password: 'x' }
    const answer = await send('/login', 'POST', login, headers)
    expect(await answer.json()).toMatchObject({ codigo: 'no-autenticado' })
  })
})

test('only a header of the Basic scheme is looked at', () => {
  expect([basicOf(null), basicOf('Bearer x'), basicOf('Basics x')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(basicOf(basic('a', 'b:c'))).toEqual({ clientId: 'a', clientSecret: 'b:c' })
})
