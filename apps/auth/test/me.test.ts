import { describe, expect, test } from 'bun:test'
import { bearer, clave, createHarness, refusal, renewal } from './fixture.ts'

const nueva = 'otro caballo sin grapa'

describe('GET and PATCH /me', () => {
  test('edits name and telephone, and takes the telephone away with null', async () => {
    const { api, cliente } = await createHarness()
    const { headers, ...ana } = await cliente()
    const edited = await api.me.patch({ nombre: 'Ana María', telefono: '0990000101' }, { headers })
    expect(edited.data).toMatchObject({ id: ana.id, nombre: 'Ana María', telefono: '0990000101' })
    await api.me.patch({ telefono: null }, { headers })
    const me = await api.me.get({ headers })
    expect(me.data).toMatchObject({ nombre: 'Ana María', telefono: null, email: ana.email })
  })

  test.each([{ rol: 'admin' }, { email: 'b@x.com' }, { cedula: '1234' }, { activo: true }, {}])(
    'refuses the edit %p',
    async (body) => {
      const { send, cliente } = await createHarness()
      const { headers } = await cliente()
      expect(await refusal(await send('/me', 'PATCH', body, headers))).toBe('422 datos-invalidos')
    },
  )

  test('refuses an edit of a version that somebody changed before', async () => {
    const { send, cliente } = await createHarness()
    const { headers } = await cliente()
    const tag = (await send('/me', 'GET', undefined, headers)).headers.get('etag')
    const edit = (nombre: string) =>
      send('/me', 'PATCH', { nombre }, { ...headers, 'if-match': tag })
    const first = await edit('Ana Uno')
    expect(first.status).toBe(200)
    expect(first.headers.get('etag')).not.toBe(tag)
    expect(await refusal(await edit('Ana Dos'))).toBe('412 version-distinta')
  })

  test('asks for a token, and refuses one that is expired or of a closed account', async () => {
    const { send, cliente, admin, clock } = await createHarness()
    const anonymous = await send('/me')
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refusal(anonymous)).toBe('401 no-autenticado')
    const [jefa, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    const closed = await send('/me', 'GET', undefined, ana.headers)
    expect(await refusal(closed)).toBe('401 no-autenticado')
    const edit = await send('/me', 'PATCH', { nombre: 'Ana' }, ana.headers)
    expect(await refusal(edit)).toBe('401 no-autenticado')
    clock.advance(606_000)
    const late = await send('/me', 'GET', undefined, jefa.headers)
    expect(await refusal(late)).toBe('401 no-autenticado')
  })
})

describe('POST /me/password', () => {
  test('changes it, keeps this session and ends the others', async () => {
    const { send, cliente, login } = await createHarness()
    const ana = await cliente()
    const other = await login(ana.email)
    const answer = await send('/me/password', 'POST', { actual: clave, nueva }, ana.headers)
    expect(answer.status).toBe(204)
    const otherRenewal = await send('/token', 'POST', renewal(other.refresh_token))
    expect(await refusal(otherRenewal)).toBe('400 token-invalido')
    expect((await send('/token', 'POST', renewal(ana.tokens.refresh_token))).status).toBe(200)
    const old = await send('/login', 'POST', { email: ana.email, password: clave })
    expect(await refusal(old)).toBe('401 credenciales-invalidas')
    expect((await login(ana.email, nueva)).access_token).toBeString()
  })

  test('refuses a wrong current one and changes nothing', async () => {
    const { send, cliente, login } = await createHarness()
    const ana = await cliente()
    const body = { actual: 'no es esta clave', nueva }
    const answer = await send('/me/password', 'POST', body, ana.headers)
    expect(await refusal(answer)).toBe('401 credenciales-invalidas')
    expect((await login(ana.email)).access_token).toBeString()
  })

  test('lets one of two changes at once win', async () => {
    const { send, cliente } = await createHarness()
    const ana = await cliente()
    const change = (text: string) =>
      send('/me/password', 'POST', { actual: clave, nueva: text }, ana.headers)
    const answers = await Promise.all([change('una clave nueva'), change('otra clave nueva')])
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 401])
  })

  test('refuses one that is too short', async () => {
    const { send, cliente } = await createHarness()
    const { headers } = await cliente()
    const answer = await send('/me/password', 'POST', { actual: clave, nueva: 'corta' }, headers)
    expect(await answer.json()).toMatchObject({ status: 422, errores: [{ campo: 'nueva' }] })
  })

  test('takes the same password however its accents were typed', async () => {
    const { send, cliente } = await createHarness()
    const ana = await cliente()
    const composed = 'contraseña con eñe'.normalize('NFC')
    await send('/me/password', 'POST', { actual: clave, nueva: composed }, ana.headers)
    const password = composed.normalize('NFD')
    expect((await send('/login', 'POST', { email: ana.email, password })).status).toBe(200)
  })
})

test('refuses a service account where a person is meant', async () => {
  const { send, sign } = await createHarness()
  const token = await sign({ tipo: 'servicio', id: 'pedidos', scopes: ['usuarios:leer'] })
  const answer = await send('/me', 'GET', undefined, bearer(token))
  expect(await refusal(answer)).toBe('403 prohibido')
})
