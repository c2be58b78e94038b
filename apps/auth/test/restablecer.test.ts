import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import {
  bearer,
  clave,
  createHarness,
  type HarnessOptions,
  persona,
  refusal,
  renewal,
  tokenIn,
} from './fixture.ts'

const nueva = 'otro caballo sin grapa'

/** The app with a mailbox that the test reads. */
async function withMailbox(options: HarnessOptions = {}) {
  const harness = await createHarness(options)
  const { send, deliver } = harness
  const mailbox = () => harness.mailbox.filter(({ asunto }) => asunto === 'Cambiar tu contraseña')

  /** Asks for a token and answers the one that came by mail. */
  async function forget(email: string, address = '203.0.113.9') {
    const headers = { 'x-test-address': address }
    const answer = await send('/password/olvido', 'POST', { email }, headers)
    await deliver()
    const mail = mailbox().at(-1)
    return { status: answer.status, body: await answer.text(), token: mail ? tokenIn(mail) : '' }
  }
  const reset = (token: string, password = nueva) =>
    send('/password/restablecer', 'POST', { token, nueva: password })
  return { ...harness, harness, mailbox, forget, reset }
}

describe('POST /password/olvido', () => {
  test('answers the same for whoever is known and whoever is not, and mails only the former', async () => {
    const { cliente, forget, mailbox } = await withMailbox()
    const ana = await cliente()
    const known = await forget(ana.email.toUpperCase())
    const unknown = await forget('nadie@x.com')
    expect(known.status).toBe(202)
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
    expect(mailbox().map(({ para }) => para)).toEqual([ana.email])
  })

  test('answers before any work is done that depends on the account', async () => {
    const { send, cliente, store, deliver, mailbox } = await withMailbox()
    const ana = await cliente()
    const { promise, resolve } = Promise.withResolvers<number>()
    store.frenos.intentar = () => promise
    const answer = await send('/password/olvido', 'POST', { email: ana.email })
    expect([answer.status, mailbox().length]).toEqual([202, 0])
    resolve(0)
    await deliver()
    expect(mailbox()).toHaveLength(1)
  })

  test('mails nothing for a closed account', async () => {
    const { send, admin, cliente, forget, mailbox } = await withMailbox()
    const [jefa, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    await forget(ana.email)
    expect(mailbox()).toHaveLength(0)
  })

  test('mails an account only a few times an hour, wherever it is asked from', async () => {
    const { cliente, forget, mailbox, clock } = await withMailbox()
    const ana = await cliente()
    for (let net = 0; net < 10; net++) await forget(ana.email, `203.0.113.${net}`)
    expect(mailbox()).toHaveLength(4)
    clock.advance(61 * 60_000)
    await forget(ana.email)
    expect(mailbox()).toHaveLength(5)
  })
})

/** A stranger has the address, wrote what they liked, and shops; the owner asks for a password. */
async function takenAddress() {
  const shop = await withMailbox()
  const stranger = await shop.cliente({
    ...persona({ nombre: 'GANASTE 500 USD, entra en https://malo.example' }),
    cedula: '0912345678',
  })
  await shop.send('/me', 'PATCH', { telefono: '0990000666' }, stranger.headers)
  return { ...shop, stranger }
}

describe('an address that a stranger registered', () => {
  test('gets no word of what the stranger typed', async () => {
    const {
      stranger,
      forget,
      harness: { mailbox },
    } = await takenAddress()
    await forget(stranger.email)
    expect(mailbox.map(({ para }) => para)).toEqual([stranger.email, stranger.email])
    expect(JSON.stringify(mailbox)).not.toMatch(/ganaste|malo|0912345678|0990000666/i)
  })

  test('is its owner’s who sets a password: no session, telephone or cedula of the stranger is left', async () => {
    const { send, login, stranger, forget, reset } = await takenAddress()
    expect((await reset((await forget(stranger.email)).token)).status).toBe(204)
    const old = await send('/token', 'POST', renewal(stranger.tokens.refresh_token))
    expect(await refusal(old)).toBe('400 token-invalido')
    const late = await send('/me', 'PATCH', { telefono: '0990000666' }, stranger.headers)
    expect(await refusal(late)).toBe('401 no-autenticado')
    const { access_token } = await login(stranger.email, nueva)
    const me = await send('/me', 'GET', undefined, bearer(access_token))
    expect(await me.json()).toMatchObject({ emailConfirmado: true, telefono: null, cedula: null })
  })
})

describe('POST /password/restablecer', () => {
  test('sets the password, once, and ends every session', async () => {
    const { send, cliente, login, forget, reset } = await withMailbox()
    const ana = await cliente()
    const { token } = await forget(ana.email)
    expect((await reset(token)).status).toBe(204)
    expect(await refusal(await reset(token))).toBe('400 token-invalido')
    const old = await send('/token', 'POST', renewal(ana.tokens.refresh_token))
    expect(await refusal(old)).toBe('400 token-invalido')
    expect((await send('/login', 'POST', { email: ana.email, password: clave })).status).toBe(401)
    expect((await login(ana.email, nueva)).access_token).toBeString()
  })

  test('confirms the address: whoever has the token reads its mail', async () => {
    const { send, admin, cliente, forget, reset } = await withMailbox()
    const [jefa, ana] = [await admin(), await cliente()]
    const seen = async () =>
      (await send(`/usuarios/${ana.id}`, 'GET', undefined, jefa.headers)).json()
    expect(await seen()).toMatchObject({ emailConfirmado: false })
    await reset((await forget(ana.email)).token)
    expect(await seen()).toMatchObject({ emailConfirmado: true })
  })

  test('lets one of two uses at once win', async () => {
    const { cliente, forget, reset } = await withMailbox()
    const { token } = await forget((await cliente()).email)
    const answers = await Promise.all([
      reset(token, 'una clave nueva'),
      reset(token, 'otra clave nueva'),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 400])
  })

  test('refuses a token that is old, replaced by a newer one, or of nobody', async () => {
    const { cliente, forget, reset, clock } = await withMailbox()
    const ana = await cliente()
    const first = await forget(ana.email)
    const second = await forget(ana.email)
    expect(await refusal(await reset(first.token))).toBe('400 token-invalido')
    clock.advance(30 * 60_000)
    expect(await refusal(await reset(second.token))).toBe('400 token-invalido')
    expect(await refusal(await reset('nada'))).toBe('400 token-invalido')
  })

  test('refuses a token from before the password was changed, and one of a closed account', async () => {
    const { send, admin, cliente, forget, reset } = await withMailbox()
    const [jefa, ana, luis] = [await admin(), await cliente(), await cliente()]
    const before = await forget(ana.email)
    await send('/me/password', 'POST', { actual: clave, nueva }, ana.headers)
    expect(await refusal(await reset(before.token))).toBe('400 token-invalido')
    const closed = await forget(luis.email)
    await send(`/usuarios/${luis.id}`, 'PATCH', { activo: false }, jefa.headers)
    expect(await refusal(await reset(closed.token))).toBe('400 token-invalido')
  })

  test('keeps the token when the new password is refused', async () => {
    const scores: Record<string, number> = { [nueva]: 4, [clave]: 4 }
    const estimate = (password: string) =>
      Promise.resolve({ score: scores[password] ?? 0, dictionaries: [] })
    const { cliente, forget, reset } = await withMailbox({ estimate })
    const { token } = await forget((await cliente()).email)
    expect(await refusal(await reset(token, 'facilísima'))).toBe('422 datos-invalidos')
    expect((await reset(token)).status).toBe(204)
  })

  test('lets the owner in whom a stranger had held up', async () => {
    const { send, cliente, login, forget, reset } = await withMailbox()
    const ana = await cliente()
    const wrong = { email: ana.email, password: 'no es esta clave' }
    for (let count = 0; count < 12; count++) await send('/login', 'POST', wrong)
    expect((await send('/login', 'POST', { email: ana.email, password: clave })).status).toBe(429)
    await reset((await forget(ana.email)).token)
    expect((await login(ana.email, nueva)).access_token).toBeString()
  })

  test('stores no token once its mail is gone, only its hash', async () => {
    const { cliente, forget, storage } = await withMailbox()
    const { token } = await forget((await cliente()).email)
    const kept = await rows(storage, 'SELECT * FROM restablecimientos, correos')
    expect(kept).toHaveLength(2)
    expect(JSON.stringify(kept)).not.toContain(token)
  })
})
