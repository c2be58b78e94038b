import { describe, expect, test } from 'bun:test'
import { createHarness, persona, refusal } from './support.ts'

describe('POST /register', () => {
  test('opens an account for a shopper and answers it without the password', async () => {
    const { send, clock } = createHarness()
    const datos = { ...persona(), cedula: '0912345678', telefono: '+593 99 000 0101' }
    const answer = await send('/register', 'POST', datos)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe('/me')
    expect(await answer.json()).toEqual({
      emailConfirmado: false,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      email: datos.email,
      nombre: datos.nombre,
      cedula: '0912345678',
      telefono: '+593 99 000 0101',
      rol: 'cliente',
      activo: true,
      creadoEn: clock.now().toISOString(),
    })
  })

  test('refuses an e-mail that differs only in case', async () => {
    const { send, cliente } = createHarness()
    const ana = await cliente()
    const again = { ...persona(), email: ana.email.toUpperCase() }
    expect(await refusal(await send('/register', 'POST', again))).toBe('409 email-en-uso')
  })

  test('refuses a cedula that somebody has', async () => {
    const { send, cliente } = createHarness()
    await cliente(persona({ cedula: '0912345678' }))
    const answer = await send('/register', 'POST', persona({ cedula: '0912345678' }))
    expect(await refusal(answer)).toBe('409 cedula-en-uso')
  })

  test('gives an e-mail to one of many who ask for it at once, and the others a 409', async () => {
    const { send } = createHarness()
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
    ['a number as a name', { nombre: 7 }, 'nombre'],
    ['a cedula with blanks', { cedula: '09 12 34' }, 'cedula'],
    ['a telephone of letters', { telefono: 'llámame' }, 'telefono'],
  ])('refuses %s', async (_, wrong, campo) => {
    const { send } = createHarness()
    const answer = await send('/register', 'POST', { ...persona(), ...wrong })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      codigo: 'datos-invalidos',
      errores: [{ campo }],
    })
  })

  test('stores what looks like SQL or HTML as the text that it is', async () => {
    const { cliente, api } = createHarness()
    const nombre = `Robert'); DROP TABLE usuarios;-- <script>alert(1)</script>`
    const { headers } = await cliente(persona({ nombre }))
    expect((await api.me.get({ headers })).data).toMatchObject({ nombre })
  })
})
