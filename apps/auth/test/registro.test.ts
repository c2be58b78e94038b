import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { createFrenoRegistro, cuotasRegistro } from '../src/http/freno-registro.ts'
import { createHarness, persona, refusal } from './fixture.ts'

describe('POST /register', () => {
  test('opens an account for a shopper and answers it without the password', async () => {
    const { send, clock } = await createHarness()
    const datos = { ...persona(), cedula: '0912345678', telefono: '+593 99 000 0101' }
    const answer = await send('/register', 'POST', datos)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe('/me')
    expect(await answer.json()).toEqual({
      invitado: false,
      conPassword: true,
      emailConfirmado: false,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      email: datos.email,
      nombre: datos.nombre,
      cedula: '0912345678',
      telefono: '+593990000101',
      rol: 'cliente',
      activo: true,
      creadoEn: clock.now().toISOString(),
    })
  })

  test('refuses an e-mail that differs only in case', async () => {
    const { send, cliente } = await createHarness()
    const ana = await cliente()
    const again = { ...persona(), email: ana.email.toUpperCase() }
    expect(await refusal(await send('/register', 'POST', again))).toBe('409 email-en-uso')
  })

  test('refuses a cedula that somebody has', async () => {
    const { send, cliente } = await createHarness()
    await cliente(persona({ cedula: '0912345678' }))
    const answer = await send('/register', 'POST', persona({ cedula: '0912345678' }))
    expect(await refusal(answer)).toBe('409 cedula-en-uso')
  })

  test.each<[string, { email?: string; cedula?: string }, string]>([
    ['an e-mail with capitals beyond ASCII', { email: 'Iñaki@CORREO.example' }, 'email-en-uso'],
    ['its accent typed as two signs', { email: 'in\u0303aki@correo.example' }, 'email-en-uso'],
    [
      'a sign in it that nobody sees',
      { email: '\u200biñaki@correo.example\u00a0' },
      'email-en-uso',
    ],
    ['a cedula without its dashes', { cedula: 'AB123456' }, 'cedula-en-uso'],
    ['a cedula with other dots and case', { cedula: 'aB.12.34.56' }, 'cedula-en-uso'],
    ['a cedula copied with a mark', { cedula: '\u202aab-123456\u202c' }, 'cedula-en-uso'],
  ])('knows a person again by %s', async (_, other, codigo) => {
    const { send, cliente } = await createHarness()
    const datos = { email: 'iñaki@correo.example', cedula: 'ab-123456' }
    await cliente({ ...persona(), ...datos })
    const answer = await send('/register', 'POST', { ...persona(), ...other })
    expect(await refusal(answer)).toBe(`409 ${codigo}`)
  })

  test('keeps nothing that nobody sees of what was copied from elsewhere', async () => {
    const { send, login } = await createHarness()
    const datos = {
      ...persona({ email: ' \u200bAna@correo.example\u202c\u00a0' }),
      nombre: '\u202eAna Go\u0301mez\u200b ',
      telefono: '\u202a(02)\u00a0200\u20110101\u202c',
      cedula: '\ufeff09.1234-5 ',
    }
    expect(await (await send('/register', 'POST', datos)).json()).toMatchObject({
      email: 'Ana@correo.example',
      nombre: 'Ana Gómez',
      telefono: '022000101',
      cedula: '09.1234-5',
    })
    expect((await login('ana@correo.example\u200b')).access_token).toBeString()
  })

  test('gives an e-mail to one of many who ask for it at once, and the others a 409', async () => {
    const { send } = await createHarness()
    const datos = persona()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send('/register', 'POST', datos)),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(7).fill(409)])
  })

  test.each<[string, Record<string, unknown>, string]>([
    ["a role of one's choice", { rol: 'admin' }, 'rol'],
    ["an id of one's choice", { id: Bun.randomUUIDv7() }, 'id'],
    ['a short password', { password: 'siete77' }, 'password'],
    ['a password without an end', { password: 'x'.repeat(129) }, 'password'],
    ['no e-mail at all', { email: 'ana' }, 'email'],
    ['an e-mail with a line break', { email: 'ana@x.com\nbcc: b@x.com' }, 'email'],
    ['an overlong e-mail', { email: `${'a'.repeat(250)}@x.com` }, 'email'],
    ['an empty name', { nombre: '  ' }, 'nombre'],
    ['a name without a letter to see', { nombre: '\u200b\u2060' }, 'nombre'],
    ['a sign inside an e-mail that nobody sees', { email: 'a\u200bna@x.com' }, 'email'],
    ['a number as a name', { nombre: 7 }, 'nombre'],
    ['a cedula with blanks', { cedula: '09 12 34' }, 'cedula'],
    ['a telephone of letters', { telefono: 'llámame' }, 'telefono'],
  ])('refuses %s', async (_, wrong, campo) => {
    const { send } = await createHarness()
    const answer = await send('/register', 'POST', { ...persona(), ...wrong })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      codigo: 'datos-invalidos',
      errores: [{ campo }],
    })
  })

  test('stores what looks like SQL or HTML as the text that it is', async () => {
    const { cliente, api } = await createHarness()
    const nombre = `Robert'); DROP TABLE usuarios;-- <script>alert(1)</script>`
    const { headers } = await cliente(persona({ nombre }))
    expect((await api.me.get({ headers })).data).toMatchObject({ nombre })
  })
})

/** Registrations from addresses, one each; what they were answered, by status. */
async function brakedShop() {
  const { send, clock, storage } = await createHarness({ env: { RATE_LIMIT: 'on' } })
  async function register(addresses: readonly string[]) {
    const counts = { 201: 0, 429: 0, retryAfter: '' }
    for (const address of addresses) {
      const answer = await send('/register', 'POST', persona(), { 'x-test-address': address })
      if (answer.status === 201) counts[201] += 1
      if (answer.status === 429) counts[429] += 1
      counts.retryAfter = answer.headers.get('retry-after') ?? ''
    }
    return counts
  }
  const accounts = () => rows(storage, 'SELECT count(*) AS n FROM usuarios')
  return { register, accounts, clock }
}

const times = (count: number, address: string) => Array.from({ length: count }, () => address)

describe('registering again and again', () => {
  const { red, todas } = cuotasRegistro

  test('is braked for each network, and not for its neighbours', async () => {
    const { register, accounts, clock } = await brakedShop()
    const first = await register(times(red.burst + 2, '203.0.113.7'))
    expect(first).toEqual({ 201: red.burst, 429: 2, retryAfter: '180' })
    expect(await accounts()).toEqual([{ n: red.burst }])
    expect(await register(['203.0.113.8'])).toMatchObject({ 201: 1 })
    clock.advance(180_000)
    expect(await register(times(2, '203.0.113.7'))).toMatchObject({ 201: 1, 429: 1 })
    expect(await register(times(red.burst, '2001:db8::1'))).toMatchObject({ 201: red.burst })
    expect(await register(['2001:db8::2'])).toMatchObject({ 429: 1 })
  })

  test('is braked for all networks together', async () => {
    const freno = createFrenoRegistro(() => 0)
    const waits = Array.from({ length: todas.burst + 1 }, (_, n) =>
      freno(`10.0.${n >> 8}.${n & 255}`),
    )
    expect(waits.filter((ms) => ms === 0)).toHaveLength(todas.burst)
    expect(waits.at(-1)).toBeCloseTo(2_000, 3)
  })
})
