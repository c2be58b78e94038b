import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { bearer, bodyOf, createHarness, type Harness, refusal, renewal } from './fixture.ts'

const Lista = Type.Object({
  datos: Type.Array(Type.Object({ id: Type.String(), actual: Type.Boolean() })),
})

async function openSessions({ send }: Harness, headers: object) {
  return (await bodyOf(await send('/me/sesiones', 'GET', undefined, headers), Lista)).datos
}

describe('GET /me/sesiones', () => {
  test('tells device, address and times of each, and which one asks', async () => {
    const { send, cliente, login, clock } = await createHarness()
    const at = clock.now().toISOString()
    const ana = await cliente(undefined, { 'user-agent': 'Móvil', 'x-test-address': '203.0.113.9' })
    clock.advance(60_000)
    const later = clock.now().toISOString()
    const laptop = await login(ana.email, ana.password, { 'user-agent': 'x'.repeat(500) })
    await send('/token', 'POST', renewal(ana.tokens.refresh_token), {
      'x-test-address': '203.0.113.10',
    })
    const headers = bearer(laptop.access_token)
    const answer = await send('/me/sesiones', 'GET', undefined, headers)
    const expiraEn = expect.any(String)
    expect(await answer.json()).toEqual({
      datos: [
        {
          id: expect.any(String),
          actual: true,
          dispositivo: 'x'.repeat(200),
          direccion: null,
          creadaEn: later,
          ultimoUsoEn: later,
          expiraEn,
        },
        {
          id: expect.any(String),
          actual: false,
          dispositivo: 'Móvil',
          direccion: '203.0.113.10',
          creadaEn: at,
          ultimoUsoEn: later,
          expiraEn,
        },
      ],
    })
  })

  test('leaves out those that ended, idled too long or are of others', async () => {
    const harness = await createHarness()
    const { send, cliente, login, clock } = harness
    await cliente()
    const ana = await cliente()
    clock.advance(15 * 24 * 60 * 60 * 1000)
    const now = await login(ana.email)
    const ended = await login(ana.email)
    await send('/logout', 'POST', { refresh_token: ended.refresh_token })
    const open = await openSessions(harness, bearer(now.access_token))
    expect(open.map(({ actual }) => actual)).toEqual([true])
  })

  test('are fifty at most: the one used longest ago makes room', async () => {
    const harness = await createHarness()
    const { send, cliente, login, clock } = harness
    const ana = await cliente()
    for (let count = 0; count < 50; count++) {
      clock.advance(1)
      await login(ana.email)
    }
    expect(await openSessions(harness, ana.headers)).toHaveLength(50)
    const first = await send('/token', 'POST', renewal(ana.tokens.refresh_token))
    expect(await refusal(first)).toBe('400 token-invalido')
  })
})

describe('DELETE /me/sesiones/:id', () => {
  test('ends one of the own sessions, once', async () => {
    const harness = await createHarness()
    const { send, cliente, login } = harness
    const ana = await cliente()
    const stolen = await login(ana.email)
    const [target] = await openSessions(harness, ana.headers)
    const path = `/me/sesiones/${target?.id.toUpperCase()}`
    expect((await send(path, 'DELETE', undefined, ana.headers)).status).toBe(204)
    expect(await refusal(await send(path, 'DELETE', undefined, ana.headers))).toBe(
      '404 no-encontrado',
    )
    const answer = await send('/token', 'POST', renewal(stolen.refresh_token))
    expect(await refusal(answer)).toBe('400 token-invalido')
    expect((await send('/token', 'POST', renewal(ana.tokens.refresh_token))).status).toBe(200)
  })

  test('does not know sessions of others', async () => {
    const harness = await createHarness()
    const [ana, luis] = [await harness.cliente(), await harness.cliente()]
    const [target] = await openSessions(harness, luis.headers)
    const answer = await harness.send(
      `/me/sesiones/${target?.id}`,
      'DELETE',
      undefined,
      ana.headers,
    )
    expect(await refusal(answer)).toBe('404 no-encontrado')
    expect(await openSessions(harness, luis.headers)).toHaveLength(1)
  })
})
