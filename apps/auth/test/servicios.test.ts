import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { decodeJwt } from 'jose'
import { registrarServicios } from '../src/app/instalacion.ts'
import { bearer, bodyOf, createHarness, type Harness, refusal, secrets } from './fixture.ts'

const Token = Type.Object({ access_token: Type.String(), scope: Type.String() })

function register({ store, clock }: Harness, given: typeof secrets, more = {}) {
  const registro = { now: clock.ms(), logger: silentLogger, ...more }
  return registrarServicios(store.cuentas, given, registro)
}

const grant = (client_secret: string, more = {}) => ({
  grant_type: 'client_credentials',
  client_id: 'pedidos',
  client_secret,
  ...more,
})

describe('POST /token for a service account', () => {
  test('gives a token with all of its scopes, and no refresh token', async () => {
    const harness = await createHarness()
    const answer = await harness.send('/token', 'POST', grant(secrets.pedidos))
    expect(await answer.clone().json()).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'usuarios:leer inventario:reservar pagos:mandar',
    })
    const body = await bodyOf(answer, Token)
    const claims = { sub: 'pedidos', client_id: 'pedidos', scope: body.scope }
    expect(decodeJwt(body.access_token)).toMatchObject(claims)
    expect(decodeJwt(body.access_token)['rol']).toBeUndefined()
    const headers = bearer(body.access_token)
    const user = await harness.send(`/usuarios/${Bun.randomUUIDv7()}`, 'GET', undefined, headers)
    expect(await refusal(user)).toBe('404 no-encontrado')
  })

  test('gives fewer scopes when fewer are asked for, and refuses others', async () => {
    const harness = await createHarness()
    const ask = (scope: string) => harness.send('/token', 'POST', grant(secrets.pedidos, { scope }))
    expect((await bodyOf(await ask('usuarios:leer'), Token)).scope).toBe('usuarios:leer')
    const more = await ask('usuarios:leer pedidos:completar')
    expect(await more.json()).toMatchObject({ codigo: 'scope-invalido', error: 'invalid_scope' })
    expect(more.status).toBe(400)
  })

  test.each([
    ['a wrong secret', grant('x'.repeat(32))],
    ['the secret of another account', grant(secrets.pagos)],
    ['an unknown account', grant(secrets.pedidos, { client_id: 'nadie' })],
  ])('refuses %s', async (_, body) => {
    const harness = await createHarness()
    const answer = await harness.send('/token', 'POST', body)
    expect(await answer.json()).toMatchObject({
      status: 401,
      codigo: 'credenciales-invalidas',
      error: 'invalid_client',
    })
  })

  test('takes a replaced secret for a day, and after another change no more', async () => {
    const harness = await createHarness()
    await register(harness, { ...secrets, pedidos: 'n'.repeat(32) })
    const status = async (secret: string) =>
      (await harness.send('/token', 'POST', grant(secret))).status
    expect([await status(secrets.pedidos), await status('n'.repeat(32))]).toEqual([200, 200])
    harness.clock.advance(24 * 60 * 60 * 1000)
    expect([await status(secrets.pedidos), await status('n'.repeat(32))]).toEqual([401, 200])
    await register(harness, { ...secrets, pedidos: 'm'.repeat(32) })
    await register(harness, { ...secrets, pedidos: 'o'.repeat(32) })
    const all = await Promise.all(['n', 'm', 'o'].map((letter) => status(letter.repeat(32))))
    expect(all).toEqual([401, 200, 200])
  })

  test('does not bring a secret back that was replaced, however it is configured', async () => {
    const harness = await createHarness()
    await register(harness, { ...secrets, pedidos: 'n'.repeat(32) })
    harness.clock.advance(24 * 60 * 60 * 1000)
    const answer = await harness.send('/token', 'POST', grant(secrets.pedidos))
    expect(answer.status).toBe(401)
  })

  test('takes one that a machine made for itself only where there is none, or that one', async () => {
    const harness = await createHarness()
    const hechos = ['pedidos']
    await register(harness, secrets, { hechos })
    const others = register(harness, { ...secrets, pedidos: 'n'.repeat(32) }, { hechos })
    expect(others).rejects.toThrow('PEDIDOS_CLIENT_SECRET must be the same for all that share')
    await others.catch(() => undefined)
    const answer = await harness.send('/token', 'POST', grant(secrets.pedidos))
    expect(answer.status).toBe(200)
  })

  test('stores no secret, only its hash', async () => {
    const harness = await createHarness()
    const kept = await rows(harness.storage, 'SELECT * FROM secretos_servicio')
    expect(JSON.stringify(kept)).not.toContain(secrets.pedidos)
    expect(kept).toHaveLength(2)
  })
})
