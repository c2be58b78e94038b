import { describe, expect, test } from 'bun:test'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { Value } from '@sinclair/typebox/value'
import { Type } from '@sinclair/typebox'
import { cuotasRegistro } from '../src/http/freno-registro.ts'
import { bearer, bodyOf, clave, createHarness, refusal } from './fixture.ts'

const Invitacion = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer(),
})
const Lista = Type.Object({
  datos: Type.Array(
    Type.Object({ id: Type.String(), invitado: Type.Boolean(), conPassword: Type.Boolean() }),
  ),
})
const ana = { nombre: ' Ana Gómez ', email: 'ANA@correo.example', telefono: '099 000-0101' }

/** Somebody who buys without an account, with what they may call auth. */
async function setUp() {
  const harness = await createHarness()
  const { send, app, clock } = harness
  const answer = await send('/invitados', 'POST', ana)
  expect(answer.status).toBe(201)
  const given = await bodyOf(answer, Invitacion)
  const verifier = new TokenVerifier({
    fetchKeys: async () =>
      Value.Parse(
        Type.Object({ keys: Type.Array(Type.Any()), issuer: Type.String() }),
        await (await app.handle(new Request('http://localhost/.well-known/jwks.json'))).json(),
      ),
    now: () => clock.epochMs(),
  })
  const verdict = await verifier.verify(given.access_token)
  if (!verdict.ok) throw new Error(verdict.reason)
  return { ...harness, given, identidad: verdict.identidad, headers: bearer(given.access_token) }
}

describe('POST /invitados', () => {
  test('lets somebody buy without an account for two hours, and says so to the other services', async () => {
    const { given, identidad, send, headers, clock } = await setUp()
    expect(given).toMatchObject({ token_type: 'Bearer', expires_in: 7200 })
    expect(Object.keys(given)).toHaveLength(3)
    expect(identidad).toEqual({
      tipo: 'usuario',
      id: expect.any(String),
      rol: 'cliente',
      invitado: true,
    })
    const me = await send('/me', 'GET', undefined, headers)
    expect(await me.json()).toMatchObject({
      id: identidad.id,
      nombre: 'Ana Gómez',
      email: 'ANA@correo.example',
      telefono: '0990000101',
      invitado: true,
      conPassword: false,
      emailConfirmado: false,
    })
    clock.advance(7_199_000)
    expect((await send('/me', 'GET', undefined, headers)).status).toBe(200)
    clock.advance(7_000)
    expect((await send('/me', 'GET', undefined, headers)).status).toBe(401)
  })

  test('has no account: nothing of one can be called, and nobody signs in by the address', async () => {
    const { send, headers, deliver, mailbox, cliente } = await setUp()
    const calls: [string, string, unknown?][] = [
      ['/me', 'PATCH', { nombre: 'Eva' }],
      ['/me/password', 'POST', { actual: clave, nueva: 'otra-frase-larga' }],
      ['/me/confirmacion', 'POST'],
      ['/me/sesiones', 'GET'],
    ]
    for (const [path, method, body] of calls) {
      expect([path, await refusal(await send(path, method, body, headers))]).toEqual([
        path,
        '403 prohibido',
      ])
    }
    const login = { email: ana.email, password: clave }
    expect(await refusal(await send('/login', 'POST', login))).toBe('401 credenciales-invalidas')
    await send('/password/olvido', 'POST', { email: ana.email })
    await deliver()
    expect(mailbox).toEqual([])
    // The address is nobody's yet, whoever bought with it.
    await cliente({ nombre: 'Ana', email: ana.email, password: clave })
  })

  test('tells nothing of an address: who has an account gets the same answer, and nothing of theirs', async () => {
    const { send, cliente, admin } = await createHarness()
    const cuenta = await cliente({ ...ana, nombre: 'Ana', password: clave })
    const answers = [
      await send('/invitados', 'POST', ana),
      await send('/invitados', 'POST', ana),
      await send('/invitados', 'POST', { ...ana, email: 'nadie@correo.example' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const given = await Promise.all(answers.map((answer) => bodyOf(answer, Invitacion)))
    const ids = await Promise.all(
      given.map(async ({ access_token }) => {
        const me = await send('/me', 'GET', undefined, bearer(access_token))
        return (await bodyOf(me, Type.Object({ id: Type.String() }))).id
      }),
    )
    expect(new Set([...ids, cuenta.id]).size).toBe(4)
    const { headers } = await admin()
    const found = await bodyOf(await send('/usuarios?q=ana', 'GET', undefined, headers), Lista)
    expect(found.datos.map(({ invitado }) => invitado)).toEqual([true, true, true, false])
  })

  test('is erased as anyone, and then their token is worth nothing for as long as it lives', async () => {
    const { send, headers, identidad, admin, clock } = await setUp()
    const jefa = await admin()
    const path = `/usuarios/${identidad.id}`
    const rol = { rol: 'operador' }
    expect(await refusal(await send(path, 'PATCH', rol, jefa.headers))).toBe('422 datos-invalidos')
    expect((await send(path, 'DELETE', undefined, jefa.headers)).status).toBe(204)
    const erased = await send(path, 'GET', undefined, jefa.headers)
    expect(await erased.json()).toMatchObject({ email: null, nombre: null, telefono: null })
    clock.advance(3_600_000)
    expect((await send('/me', 'GET', undefined, headers)).status).toBe(401)
  })

  test('takes so many from one network, whatever accounts are opened there', async () => {
    const { send } = await createHarness({ env: { RATE_LIMIT: 'on' } })
    const from = { 'x-test-address': '203.0.113.7' }
    const call = () => send('/invitados', 'POST', ana, from)
    for (let taken = 0; taken < cuotasRegistro.red.burst; taken += 1) {
      expect((await call()).status).toBe(201)
    }
    const answer = await call()
    expect(await refusal(answer)).toBe('429 demasiadas-peticiones')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
