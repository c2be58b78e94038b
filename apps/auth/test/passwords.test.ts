import { afterAll, describe, expect, test } from 'bun:test'
import { processTimer } from '@encargo/service-kit/async/timer'
import { Estimator } from '../src/security/estimator.ts'
import { Argon2 } from '../src/security/passwords.ts'
import { clave, createHarness, persona } from './fixture.ts'

const estimator = new Estimator(processTimer)
const { estimate } = estimator
afterAll(() => estimator.close())

describe('a password that is chosen', () => {
  test.each([
    ['one of the most used', 'password', 'es de las más usadas'],
    ['one of the most used, dressed up', 'P@ssw0rd1', 'es de las más usadas'],
    ['a run of keys', 'qwertyuiop', 'es de las más usadas'],
    ['one word of Spanish', 'contraseña', 'demasiado fácil'],
    ['one letter again and again', 'zzzzzzzzzzzzzzzzzzzz', 'demasiado fácil'],
    ['the own e-mail', 'zulema.quispe@correo.example', 'se adivina por tu correo o tu nombre'],
    ['the own name', 'ZulemaQuispe', 'se adivina por tu correo o tu nombre'],
    ['the own name and a digit', 'quispezulema1', 'se adivina por tu correo o tu nombre'],
  ])('is refused when it is %s, with the reason', async (_, password, reason) => {
    const { send } = await createHarness({ estimate })
    const who = { email: 'Zulema.Quispe@correo.example', nombre: 'Zulema Quispe', password }
    const answer = await send('/register', 'POST', who)
    expect(await answer.json()).toMatchObject({
      status: 422,
      codigo: 'datos-invalidos',
      errores: [{ campo: 'password', mensaje: expect.stringContaining(reason) }],
    })
  })

  test('is to be sent again when the machine is too busy to judge it', async () => {
    const { estimate } = new Estimator((work) => {
      work()
      return () => {}
    })
    const { send } = await createHarness({ estimate })
    const answer = await send('/register', 'POST', persona())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
  })

  test.each([
    'caballo-bateria-grapa',
    '      ñ 🐎 \t ¿?',
    'Xq7#vT2m',
    'x'.repeat(8).concat('lámpara río ¡9'),
  ])('is taken when it is hard to guess, whatever characters it has: %s', async (password) => {
    const { send } = await createHarness({ estimate })
    const datos = { ...persona(), password }
    expect((await send('/register', 'POST', datos)).status).toBe(201)
    const login = await send('/login', 'POST', { email: datos.email, password })
    expect(login.status).toBe(200)
  })

  test('is refused in a change as well, naming its field', async () => {
    const { send, cliente } = await createHarness({ estimate })
    const { headers } = await cliente()
    const body = { actual: clave, nueva: 'password' }
    const answer = await send('/me/password', 'POST', body, headers)
    expect(await answer.json()).toMatchObject({ status: 422, errores: [{ campo: 'nueva' }] })
  })

  test('is estimated apart from the event loop, within a second even when it is hostile', async () => {
    await estimate('warm-up', [])
    let turns = 0
    const counting = setInterval(() => turns++, 1)
    const startedAt = performance.now()
    await estimate('@4$!1|0+7'.repeat(14), ['Ana Gómez'])
    const ms = performance.now() - startedAt
    clearInterval(counting)
    expect(ms).toBeLessThan(1_000)
    expect(turns).toBeGreaterThan(ms / 20)
  })

  test('is estimated again after the word lists were dropped', async () => {
    await estimator.close()
    expect((await estimate('password', [])).score).toBe(0)
  })
})

describe('the stored hash', () => {
  test('is argon2id with the parameters that OWASP names', async () => {
    const passwords = await Argon2.create()
    expect(await passwords.hash(clave)).toStartWith('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  test('is made anew at the next login when the parameters have risen, and the login goes on', async () => {
    const { cliente, store, dataDir } = await createHarness()
    const ana = await cliente()
    const hash = () => store.usuarios.credencialPorId(ana.id).then((found) => found?.passwordHash)
    const before = await hash()
    const hashing = { cost: { memoryCost: 16, timeCost: 2 } }
    const risen = await createHarness({ dataDir, hashing })
    await risen.login(ana.email)
    expect(await hash()).toContain('m=16,t=2,')
    expect(await hash()).not.toBe(before)
    const kept = await hash()
    await risen.login(ana.email)
    expect(await hash()).toBe(kept)
  })

  test('of many logins at once is made anew once, and nobody is turned away', async () => {
    const { cliente, dataDir } = await createHarness()
    const ana = await cliente()
    const hashing = { cost: { memoryCost: 16, timeCost: 2 } }
    const risen = await createHarness({ dataDir, hashing })
    const tokens = await Promise.all([1, 2, 3, 4].map(() => risen.login(ana.email)))
    expect(tokens).toHaveLength(4)
  })
})
