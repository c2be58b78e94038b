import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { nuevoUsuario } from './contract/fixture.ts'
import { bearer, bodyOf, clave, createHarness, refusal, tokenIn } from './fixture.ts'

const ConId = Type.Object({ id: Type.String() })
const Lista = Type.Object({ datos: Type.Array(ConId) })
const nueva = 'otro caballo sin grapa'
const rosa = { nombre: 'Rosa Peralta', email: 'rosa@correo.example', rol: 'operador' }

/** An admin, an operator and a customer, and a mailbox. */
async function setUp() {
  const harness = await createHarness()
  const { send, admin, store, sign } = harness
  const jefa = await admin()
  const sesionId = 'de-la-prueba'
  async function conCuenta(rol: 'operador' | 'cliente') {
    const nuevo = nuevoUsuario({ rol })
    await store.usuarios.crear({ nuevo, now: harness.clock.epochMs() })
    return {
      ...nuevo,
      headers: bearer(await sign({ tipo: 'usuario', id: nuevo.id, rol, sesionId })),
    }
  }
  const [luis, ana] = [await conCuenta('operador'), await conCuenta('cliente')]
  const staff = luis.headers
  const mails = async () => (await harness.deliver()).map((mail) => [mail.para, mail.asunto])
  const token = () => tokenIn(harness.mailbox.at(-1) ?? mailless)
  const reset = (given: string, password = nueva) =>
    send('/password/restablecer', 'POST', { token: given, nueva: password })
  return { ...harness, jefa, luis, ana, staff, mails, token, reset }
}
const mailless = { id: '', en: 0, de: null, para: '', asunto: '', texto: '' }

describe('POST /usuarios', () => {
  test('makes a customer on the spot, whom staff find by what they say on the telephone', async () => {
    const { send, staff } = await setUp()
    const datos = { nombre: 'Zoila Cueva', telefono: '+593 99 888-7766', cedula: '17143-0710.3' }
    const answer = await send('/usuarios', 'POST', datos, staff)
    expect(answer.status).toBe(201)
    const seen = await answer.clone().json()
    expect(seen).toMatchObject({
      nombre: 'Zoila Cueva',
      email: null,
      telefono: '+593998887766',
      rol: 'cliente',
      activo: true,
      invitado: false,
      conPassword: false,
    })
    const { id } = await bodyOf(answer, ConId)
    expect(answer.headers.get('location')).toBe(`/usuarios/${id}`)
    const said = [
      '0998887766',
      '099 888 77 66',
      '+593 99 888-7766',
      '593998887766',
      '8887766',
      '1714307103',
      '171430710-3',
      '171 430 7103',
      'cueva zoi',
    ]
    for (const q of said) {
      const found = await send(`/usuarios?q=${encodeURIComponent(q)}`, 'GET', undefined, staff)
      expect([q, (await bodyOf(found, Lista)).datos]).toEqual([q, [{ id }]])
    }
  })

  test('tells apart what somebody has already, and is for staff alone', async () => {
    const { send, staff, ana } = await setUp()
    const post = (datos: object, headers: object = staff) =>
      send('/usuarios', 'POST', { nombre: 'Zoila', ...datos }, headers)
    expect((await post({ cedula: '1714307103' })).status).toBe(201)
    expect(await refusal(await post({ email: ana.email.toUpperCase() }))).toBe('409 email-en-uso')
    expect(await refusal(await post({ cedula: '171430710-3' }))).toBe('409 cedula-en-uso')
    expect(await refusal(await post({}, ana.headers))).toBe('403 prohibido')
    // Nothing but a name is known of many, and of several the same.
    expect([(await post({})).status, (await post({})).status]).toEqual([201, 201])
  })

  test('makes one person for a key, however often and with whatever it comes', async () => {
    const { send, staff, jefa, store } = await setUp()
    const key = Bun.randomUUIDv7()
    const datos = { nombre: 'Zoila', email: 'zoila@correo.example', cedula: '1714307103' }
    const post = (cuerpo: object, headers: Record<string, string> = staff, clave = key) =>
      send('/usuarios', 'POST', cuerpo, { ...headers, 'idempotency-key': clave })
    const [una, otra] = await Promise.all([post(datos), post(datos)])
    const [first, second] = [await una.json(), await otra.json()]
    expect([una.status, otra.status, second]).toEqual([201, 201, first])
    const replayed = [una, otra].map(({ headers }) => headers.get('idempotency-replayed'))
    expect(replayed.toSorted()).toEqual([null, 'true'])
    expect(await store.usuarios.listar({ q: 'zoila', limite: 9 })).toHaveLength(1)
    expect(await refusal(await post({ ...datos, nombre: 'Otra' }))).toBe(
      '422 idempotencia-distinta',
    )
    const { id } = await bodyOf(await post(datos), ConId)
    await send(`/usuarios/${id}`, 'PATCH', { nombre: 'Zoila Cueva' }, jefa.headers)
    expect(await (await post(datos)).json()).toMatchObject({ id, nombre: 'Zoila Cueva' })
    // Keys are each one's own, and need not be UUIDs.
    expect(await refusal(await post(datos, jefa.headers))).toBe('409 email-en-uso')
    const corta = [
      await post({ nombre: 'A' }, staff, 'uno'),
      await post({ nombre: 'A' }, jefa.headers, 'uno'),
    ]
    expect(corta.map(({ status }) => status)).toEqual([201, 201])
    await send(`/usuarios/${id}`, 'DELETE', undefined, jefa.headers)
    expect(await refusal(await post(datos))).toBe('422 idempotencia-distinta')
  })

  test('leaves the account to whoever has the address, with what staff wrote', async () => {
    const { send, staff, mails, token, reset, login } = await setUp()
    const datos = { nombre: 'Zoila', email: 'zoila@correo.example', telefono: '0998887766' }
    await send('/usuarios', 'POST', datos, staff)
    expect(await mails()).toEqual([])
    const entrada = { email: datos.email, password: clave }
    expect(await refusal(await send('/login', 'POST', entrada))).toBe('401 credenciales-invalidas')
    await send('/password/olvido', 'POST', { email: datos.email })
    expect(await mails()).toEqual([[datos.email, 'Cambiar tu contraseña']])
    expect((await reset(token())).status).toBe(204)
    const { access_token } = await login(datos.email, nueva)
    const me = await send('/me', 'GET', undefined, { authorization: `Bearer ${access_token}` })
    const claimed = { telefono: '0998887766', conPassword: true, emailConfirmado: true }
    expect(await me.json()).toMatchObject(claimed)
  })
})

describe('POST /usuarios/invitaciones', () => {
  test('invites staff by mail: a password is set once, within 72 hours, and then they work', async () => {
    const { send, jefa, mails, token, reset, login, clock, mailbox, store } = await setUp()
    const answer = await send('/usuarios/invitaciones', 'POST', rosa, jefa.headers)
    expect(answer.status).toBe(201)
    const { id } = await bodyOf(answer, ConId)
    expect(await mails()).toEqual([[rosa.email, 'Te invitan a trabajar']])
    expect(mailbox[0]?.texto).toContain('/restablecer#token=')
    expect(mailbox[0]?.texto).not.toContain('Rosa')
    const path = `/usuarios/${id}`
    const seen = await send(path, 'GET', undefined, jefa.headers)
    expect(await seen.json()).toMatchObject({ rol: 'operador', activo: true, conPassword: false })
    // Not by another way: whoever forgot to come in time is invited anew.
    await send('/password/olvido', 'POST', { email: rosa.email })
    expect(await mails()).toHaveLength(1)
    clock.advance(72 * 3_600_000 - 1)
    const first = token()
    expect((await reset(first)).status).toBe(204)
    expect(await refusal(await reset(first, 'una frase que no va'))).toBe('400 token-invalido')
    await login(rosa.email, nueva)
    const log = await store.auditoria.listar({ sujetoId: id, limite: 9 })
    expect(log.map(({ accion }) => accion).toReversed()).toEqual([
      'personal-invitado',
      'email-confirmado',
      'invitacion-aceptada',
      'login',
    ])
  })

  test('is sent again, which ends the link of before, and taken back while nobody came', async () => {
    const { send, jefa, mails, token, reset, clock } = await setUp()
    const invite = () => send('/usuarios/invitaciones', 'POST', rosa, jefa.headers)
    const { id } = await bodyOf(await invite(), ConId)
    const path = `/usuarios/${id}/invitacion`
    await mails()
    const before = token()
    clock.advance(73 * 3_600_000)
    expect(await refusal(await reset(before))).toBe('400 token-invalido')
    expect((await send(path, 'POST', undefined, jefa.headers)).status).toBe(401)
    const again = await send('/login', 'POST', { email: jefa.email, password: clave })
    const { access_token } = await bodyOf(again, Type.Object({ access_token: Type.String() }))
    const headers = { authorization: `Bearer ${access_token}` }
    expect((await send(path, 'POST', undefined, headers)).status).toBe(202)
    expect(await mails()).toHaveLength(2)
    expect((await send(path, 'DELETE', undefined, headers)).status).toBe(204)
    expect(await refusal(await reset(token()))).toBe('400 token-invalido')
    expect(await refusal(await send(path, 'POST', undefined, headers))).toBe('404 no-encontrado')
    expect(await refusal(await send(path, 'DELETE', undefined, headers))).toBe('404 no-encontrado')
    // The address is free again.
    const other = await send('/usuarios/invitaciones', 'POST', rosa, headers)
    expect(other.status).toBe(201)
  })

  test('is for admins, invites nobody who is there, and ends nobody who works', async () => {
    const { send, jefa, luis, ana, staff } = await setUp()
    const invite = (datos: object, headers: object) =>
      send('/usuarios/invitaciones', 'POST', { ...rosa, ...datos }, headers)
    expect(await refusal(await invite({}, staff))).toBe('403 prohibido')
    expect(await refusal(await invite({ email: ana.email }, jefa.headers))).toBe('409 email-en-uso')
    expect(await refusal(await invite({ rol: 'cliente' }, jefa.headers))).toBe(
      '422 datos-invalidos',
    )
    for (const { id } of [luis, ana, jefa]) {
      const answer = await send(`/usuarios/${id}/invitacion`, 'DELETE', undefined, jefa.headers)
      expect(await refusal(answer)).toBe('404 no-encontrado')
    }
  })
})

test('a mail of an invitation is in the shop’s language', async () => {
  const { send, jefa, mails } = await setUp()
  await send('/tienda', 'PATCH', { idioma: 'en', nombre: 'Bazar' }, jefa.headers)
  await send('/usuarios/invitaciones', 'POST', rosa, jefa.headers)
  expect(await mails()).toEqual([[rosa.email, 'You are invited to work at Bazar']])
})
