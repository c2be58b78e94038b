import { describe, expect, test } from 'bun:test'
import { createHarness, secrets } from './fixture.ts'

const program = {
  grant_type: 'client_credentials',
  client_id: 'pedidos',
  client_secret: secrets.pedidos,
}
const form = { 'content-type': 'application/x-www-form-urlencoded' }

async function setUp() {
  const harness = await createHarness()
  const { app } = harness
  const ask = async (body: string | Record<string, string>, headers: object = form) => {
    const text = typeof body === 'string' ? body : new URLSearchParams(body).toString()
    const init = { method: 'POST', headers: { ...headers }, body: text }
    return await app.handle(new Request('http://localhost/token', init))
  }
  const renewal = async (more: Record<string, string> = {}) => {
    const { refresh_token } = (await harness.cliente()).tokens
    return { grant_type: 'refresh_token', refresh_token, ...more }
  }
  return { ...harness, ask, renewal }
}

describe('a request for a token', () => {
  test('may have parameters that nobody knows, and some without a value', async () => {
    const { ask, renewal } = await setUp()
    const others = { client_id: 'app', scope: 'openid', audience: 'x', resource: 'y', nada: '' }
    expect((await ask(await renewal(others))).status).toBe(200)
    const answer = await ask({ ...program, scope: '', audience: 'x', resource: '' })
    expect(await answer.json()).toMatchObject({
      scope: 'usuarios:leer inventario:reservar pagos:mandar',
    })
  })

  test.each([
    { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    { 'content-type': 'APPLICATION/X-WWW-FORM-URLENCODED;charset="utf-8"' },
    { ...form, accept: 'application/json; q=1, */*; q=0.1' },
    { ...form, authorization: 'Bearer un-token-que-ya-no-vale' },
  ])('may come with %p', async (headers) => {
    const { ask, renewal } = await setUp()
    expect((await ask(await renewal(), headers)).status).toBe(200)
    expect((await ask(program, headers)).status).toBe(200)
  })

  test('may be JSON as well, with parameters that nobody knows', async () => {
    const { ask, renewal } = await setUp()
    const body = JSON.stringify({ ...(await renewal()), audience: ['x'] })
    expect((await ask(body, { 'content-type': 'application/json' })).status).toBe(200)
  })
})

describe('a refusal of a token', () => {
  const json = { 'content-type': 'application/json' }
  const wrong = { ...program, client_secret: 'x'.repeat(32) }
  const refused: [string, string | Record<string, string>, object, number, string][] = [
    ['an empty form', '', form, 400, 'invalid_request'],
    [
      'a client with U+0000',
      'grant_type=client_credentials&client_id=a%00&client_secret=x',
      form,
      400,
      'invalid_request',
    ],
    ['no grant', { refresh_token: 'x' }, form, 400, 'invalid_request'],
    ['a grant without a value', 'grant_type=&refresh_token=x', form, 400, 'invalid_request'],
    [
      'a grant without what it needs',
      { grant_type: 'refresh_token' },
      form,
      400,
      'invalid_request',
    ],
    ['a grant that there is not', { grant_type: 'password' }, form, 400, 'unsupported_grant_type'],
    [
      'a token that is none',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      form,
      400,
      'invalid_grant',
    ],
    ['a wrong secret', wrong, form, 401, 'invalid_client'],
    ['a scope that is not granted', { ...program, scope: 'x' }, form, 400, 'invalid_scope'],
    [
      'a parameter twice',
      'grant_type=refresh_token&refresh_token=x&refresh_token=y',
      form,
      400,
      'invalid_request',
    ],
    [
      'one that nobody knows twice',
      'grant_type=refresh_token&refresh_token=x&a=1&a=1',
      form,
      400,
      'invalid_request',
    ],
    ['JSON that is none', '{', json, 400, 'invalid_request'],
    ['JSON of another kind', '[]', json, 400, 'invalid_request'],
    [
      'JSON with a number',
      '{"grant_type":"refresh_token","refresh_token":7}',
      json,
      400,
      'invalid_request',
    ],
    ['another type of body', 'a', { 'content-type': 'text/plain' }, 415, 'invalid_request'],
  ]
  for (const [what, body, headers, status, error] of refused) {
    test(`is told as RFC 6749, 5.2 has it, and with our own members: ${what}`, async () => {
      const { ask } = await setUp()
      const answer = await ask(body, headers)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.json()).toMatchObject({
        error,
        error_description: expect.stringMatching(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/),
        status,
        codigo: expect.any(String),
        detail: expect.any(String),
        instance: '/token',
      })
    })
  }

  test('is told of both types of body that it may send when it sends another', async () => {
    const { ask } = await setUp()
    const { detail } = (await (await ask('a', { 'content-type': 'text/plain' })).json()) as {
      readonly detail: string
    }
    expect(detail).toContain('application/x-www-form-urlencoded o application/json')
  })

  test('is told so at the same place with a slash at its end', async () => {
    const { send } = await setUp()
    const answer = await send('/token/', 'POST', {})
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
  })
})
