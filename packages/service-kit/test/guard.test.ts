import { beforeAll, describe, expect, test } from 'bun:test'
import { esPersonal, permite, reglas } from '../src/identity/access.ts'
import { type Identidad, TokenVerifier } from '../src/identity/tokens.ts'
import { createProbe, type Probe } from './fixture.ts'

let probe: Probe
beforeAll(async () => {
  probe = await createProbe()
})

async function ask(method: string, path: string, authorization?: string, body?: string) {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  const answer = await probe.call(method, path, { headers, body: body ?? null })
  const told: { codigo?: string; id?: string; identidad?: Identidad | null } = JSON.parse(
    await answer.text(),
  )
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), ...told }
}
const bearer = async (...subject: Parameters<Probe['token']>) =>
  `Bearer ${await probe.token(...subject)}`

describe('a guarded route', () => {
  test('answers 401 with a bare challenge when no token is sent', async () => {
    expect(await ask('GET', '/reservas')).toMatchObject({
      status: 401,
      codigo: 'no-autenticado',
      challenge: 'Bearer',
    })
  })

  test('answers 401 with invalid_token when what is sent is not good', async () => {
    const token = await probe.token({})
    const wrong = [
      `Bearer ${token}x`,
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      token,
      `Bearer ${token} ${token}`,
      `Bearer ${await probe.token({}, { exp: 1 })}`,
      `Bearer ${await probe.token({}, { iss: 'evil' })}`,
    ]
    for (const authorization of wrong) {
      expect(await ask('GET', '/reservas', authorization)).toMatchObject({
        status: 401,
        codigo: 'no-autenticado',
        challenge: 'Bearer error="invalid_token"',
      })
    }
  })

  test('takes the scheme in any case (RFC 9110, 11.1)', async () => {
    const token = await probe.token({ scopes: ['inventario:reservar'] })
    expect(await ask('GET', '/reservas', `bearer ${token}`)).toMatchObject({ status: 200 })
  })

  test('answers 403, and no challenge, when the token is good and not enough', async () => {
    for (const subject of [
      { rol: 'cliente' },
      { rol: 'admin' },
      { scopes: ['usuarios:leer'] },
      { scopes: [] },
    ] as const) {
      const refused = await ask('GET', '/reservas', await bearer(subject))
      expect(refused).toMatchObject({ status: 403, codigo: 'prohibido', challenge: null })
    }
  })

  test('lets who may in and tells the handler who it is', async () => {
    const authorization = await bearer({ id: 'pedidos', scopes: ['inventario:reservar'] })
    expect(await ask('GET', '/reservas', authorization)).toMatchObject({
      status: 200,
      id: 'pedidos',
    })
  })

  test('tells a stranger nothing of its schema: 401 and 403 come before 422', async () => {
    const bad = '{"a":"x","otro":1}'
    expect((await ask('POST', '/cosas', undefined, bad)).status).toBe(401)
    expect((await ask('POST', '/cosas', await bearer({ rol: 'cliente' }), bad)).status).toBe(403)
    expect((await ask('POST', '/cosas', await bearer({ rol: 'operador' }), bad)).status).toBe(422)
    expect((await ask('GET', '/cosas/not-a-uuid')).status).toBe(401)
  })

  test('answers 503 with Retry-After while the keys cannot be had', async () => {
    const verifier = new TokenVerifier({
      fetchKeys: () => Promise.reject(new Error('away')),
      now: Date.now,
    })
    const alone = await createProbe({ verifier })
    const headers = await alone.as({ rol: 'admin' })
    const answer = await alone.call('GET', '/reservas', { headers })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({ codigo: 'servicio-no-disponible' })
  })
})

describe('a public route', () => {
  test('lets anyone in, as nobody', async () => {
    expect(await ask('GET', '/quien')).toMatchObject({ status: 200, identidad: null })
  })

  test('knows who sends a good token', async () => {
    const seen = await ask('GET', '/quien', await bearer({ id: 'ana', rol: 'operador' }))
    expect(seen.identidad).toEqual({
      tipo: 'usuario',
      id: 'ana',
      rol: 'operador',
      invitado: false,
    })
  })

  test('stays open, to nobody in particular, while the keys cannot be had', async () => {
    const verifier = new TokenVerifier({
      fetchKeys: () => Promise.reject(new Error('away')),
      now: Date.now,
    })
    const alone = await createProbe({ verifier })
    const answer = await alone.call('GET', '/quien', { headers: await alone.as({ rol: 'admin' }) })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ identidad: null })
  })

  test('refuses a bad one with 401 and does not pretend that nobody asked', async () => {
    expect(await ask('GET', '/quien', 'Bearer rubbish')).toMatchObject({
      status: 401,
      challenge: 'Bearer error="invalid_token"',
    })
  })
})

describe('the log', () => {
  test('says where and why somebody was refused, and never shows the token', async () => {
    const { call, as, token, lines, log } = await createProbe()
    const id = Bun.randomUUIDv7()
    const expired = await token({ rol: 'admin' }, { exp: 1_000 })
    await call('GET', '/reservas', { headers: { authorization: `Bearer ${expired}` } })
    await call('GET', '/quien', { headers: { authorization: 'Bearer rubbish.rubbish' } })
    await call('GET', '/reservas', { headers: await as({ id, rol: 'cliente' }) })
    const told = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'info')
    expect(told).toMatchObject([
      { message: 'token refused', method: 'GET', path: '/reservas', reason: 'expired' },
      { message: 'token refused', path: '/quien', reason: 'invalid' },
      { message: 'forbidden', path: '/reservas', acceso: 'reservar', quien: id },
    ])
    expect(log()).not.toMatch(/eyJ|rubbish/)
  })
})

describe('the rules', () => {
  const cliente: Identidad = { tipo: 'usuario', id: 'c', rol: 'cliente', invitado: false }
  const operador: Identidad = { tipo: 'usuario', id: 'o', rol: 'operador', invitado: false }
  const admin: Identidad = { tipo: 'usuario', id: 'a', rol: 'admin', invitado: false }
  const pagos: Identidad = { tipo: 'servicio', id: 'p', scopes: ['pedidos:completar'] }
  const nadie: Identidad = { tipo: 'servicio', id: 'n', scopes: [] }

  const table: [keyof typeof reglas, Identidad[]][] = [
    ['usuario', [cliente, operador, admin]],
    ['personal', [operador, admin]],
    ['admin', [admin]],
    ['leer-usuarios', [operador, admin]],
    ['reservar', []],
    ['cambiar-pedido', [cliente, operador, admin, pagos]],
  ]
  for (const [name, allowed] of table) {
    test(`${name} lets in exactly ${allowed.map((one) => one.id).join(', ') || 'none of these'}`, () => {
      const all = [cliente, operador, admin, pagos, nadie]
      expect(all.filter((one) => permite(reglas[name], one))).toEqual(allowed)
    })
  }

  test('count operators and admins as staff, and no service', () => {
    expect([cliente, operador, admin, pagos].map(esPersonal)).toEqual([false, true, true, false])
  })
})
