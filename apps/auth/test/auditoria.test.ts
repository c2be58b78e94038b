import { originOf } from '@encargo/service-kit/values/network-of'
import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { statement } from '@encargo/storage'
import { Type } from '@sinclair/typebox'
import { repeticionMs } from '../src/domain/sesion.ts'
import {
  bearer,
  bodyOf,
  clave,
  createHarness,
  type Harness,
  persona,
  refusal,
  renewal,
} from './fixture.ts'

const orNull = Type.Union([Type.String(), Type.Null()])
const Linea = Type.Object({
  numero: Type.Integer(),
  en: Type.String(),
  accion: Type.String(),
  actorId: orNull,
  sujetoId: orNull,
  red: orNull,
  detalle: orNull,
})
const Lista = Type.Object({ datos: Type.Array(Linea), siguiente: orNull })

async function log({ send }: Harness, headers: object, query = '') {
  return await bodyOf(await send(`/auditoria${query}`, 'GET', undefined, headers), Lista)
}

const from = { 'x-test-address': '203.0.113.9' }

describe('the audit log', () => {
  test('tells who did what to whom, when and from which network', async () => {
    const harness = await createHarness()
    const { send, admin, cliente, login, clock } = harness
    const jefa = await admin()
    const at = clock.now().toISOString()
    const ana = await cliente(undefined, from)
    const wrong = { email: ana.email, password: 'no es esta clave' }
    await send('/login', 'POST', wrong, from)
    await send('/login', 'POST', { ...wrong, email: 'nadie@x.com' }, from)
    await send('/token', 'POST', renewal(ana.tokens.refresh_token))
    clock.advance(repeticionMs)
    await send('/token', 'POST', renewal(ana.tokens.refresh_token), from)
    await send('/logout', 'POST', { refresh_token: (await login(ana.email)).refresh_token })
    const nueva = 'otro caballo sin grapa'
    await send('/me/password', 'POST', { actual: clave, nueva }, { ...ana.headers, ...from })
    const headers = { ...jefa.headers, ...from }
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'operador', activo: false }, headers)
    await send(`/usuarios/${ana.id}`, 'DELETE', undefined, headers)

    const { datos } = await log(harness, jefa.headers)
    const told = datos
      .toReversed()
      .filter(({ sujetoId }) => sujetoId !== jefa.id)
      .map(({ accion, actorId, red, detalle }) => [accion, actorId, red, detalle])
    const net = '203.0.113.0/24'
    expect(told).toEqual([
      ['registro', ana.id, null, null],
      ['login', ana.id, net, null],
      ['login-fallido', null, net, null],
      ['login-fallido', null, net, null],
      ['token-reutilizado', ana.id, net, null],
      ['login', ana.id, null, null],
      ['logout', ana.id, null, null],
      ['password-cambiada', ana.id, net, null],
      ['usuario-editado', jefa.id, net, null],
      ['rol-cambiado', jefa.id, net, 'cliente -> operador'],
      ['usuario-desactivado', jefa.id, net, null],
      ['usuario-eliminado', jefa.id, net, null],
    ])
    const later = clock.now().toISOString()
    expect(new Set(datos.map(({ en }) => en))).toEqual(new Set([at, later]))
    const text = JSON.stringify(await rows(harness.storage, 'SELECT * FROM auditoria'))
    for (const secret of [ana.email, 'nadie', 'Gómez', '113.9', clave, ana.tokens.refresh_token]) {
      expect(text).not.toContain(secret)
    }
  })

  test('is read by staff alone, a page at a time, and by action or person', async () => {
    const harness = await createHarness()
    const { send, admin, cliente, login } = harness
    const [jefa, ana, luis] = [await admin(), await cliente(), await cliente()]
    await send(`/usuarios/${luis.id}`, 'PATCH', { rol: 'operador' }, jefa.headers)
    const operador = bearer((await login(luis.email)).access_token)
    expect(await refusal(await send('/auditoria', 'GET', undefined, ana.headers))).toBe(
      '403 prohibido',
    )
    expect(await refusal(await send('/auditoria'))).toBe('401 no-autenticado')
    const first = await log(harness, operador, '?limite=3')
    const second = await log(harness, operador, `?limite=200&cursor=${first.siguiente}`)
    const numbers = [...first.datos, ...second.datos].map(({ numero }) => numero)
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
    expect(numbers.at(-1)).toBe(1)
    expect(first.datos).toHaveLength(3)
    const logins = await log(harness, operador, `?accion=login&sujetoId=${ana.id}`)
    expect(logins.datos.map(({ actorId }) => actorId)).toEqual([ana.id])
    const shouted = await log(harness, operador, `?accion=login&actorId=${ana.id.toUpperCase()}`)
    expect(shouted.datos).toEqual(logins.datos)
    const wrong = await send('/auditoria?accion=robo', 'GET', undefined, operador)
    expect(await refusal(wrong)).toBe('422 datos-invalidos')
    const cursor = await send('/auditoria?cursor=basura', 'GET', undefined, operador)
    expect(await refusal(cursor)).toBe('422 datos-invalidos')
  })

  test.each([
    "UPDATE auditoria SET actor_id = 'otro'",
    'DELETE FROM auditoria',
    `INSERT INTO auditoria (numero, en, accion) VALUES (1, 0, 'nada')
       ON CONFLICT (numero) DO UPDATE SET accion = 'nada'`,
  ])('refuses %s', async (text) => {
    const { cliente, storage } = await createHarness()
    await cliente()
    const lines = () => rows(storage, 'SELECT * FROM auditoria')
    const before = await lines()
    const change = storage.write(() => statement<never, []>(text).run())
    expect(change).rejects.toThrow('append-only')
    expect(await lines()).toEqual(before)
  })

  test('has no line of what was refused or undone', async () => {
    const harness = await createHarness()
    const jefa = await harness.admin()
    const ana = await harness.cliente(persona({ cedula: '0912345678' }))
    const before = (await log(harness, jefa.headers)).datos.length
    await harness.send('/register', 'POST', { ...persona(), email: ana.email })
    await harness.send(`/usuarios/${jefa.id}`, 'PATCH', { cedula: '0912345678' }, jefa.headers)
    await harness.send(`/usuarios/${jefa.id}`, 'DELETE', undefined, jefa.headers)
    expect((await log(harness, jefa.headers)).datos).toHaveLength(before)
  })

  test('tells wrong secrets of service accounts, ever more rarely, and of strangers no name', async () => {
    const harness = await createHarness()
    const { send, admin } = harness
    const jefa = await admin()
    const grant = { grant_type: 'client_credentials', client_secret: 'falso' }
    await send('/token', 'POST', { ...grant, client_id: 'pedidos' }, from)
    for (let count = 0; count < 30; count++) {
      await send('/token', 'POST', { ...grant, client_id: 'ana@correo.example' }, from)
    }
    const { datos } = await log(harness, jefa.headers, '?accion=servicio-rechazado')
    expect(datos).toHaveLength(11)
    expect(datos.at(-1)?.sujetoId).toBe('pedidos')
    expect(datos[0]?.sujetoId).toBeNull()
  })
})

test.each([
  ['203.0.113.9', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  [undefined, undefined],
  ['rubbish', undefined],
])('names the network of %p without the host', (address, network) => {
  expect(originOf(address)).toBe(network)
})
