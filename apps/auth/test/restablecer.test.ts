import { describe, expect, test } from 'bun:test'
import type { AvisoRestablecer } from '../src/domain/restablecer.ts'
import { clave, createHarness, type HarnessOptions, refusal, renewal } from './support.ts'

const nueva = 'otro caballo sin grapa'

/** The app with a mailbox that the test reads. */
function withMailbox(options: HarnessOptions = {}) {
  const mailbox: AvisoRestablecer[] = []
  const avisar = async (aviso: AvisoRestablecer) => void mailbox.push(aviso)
  const harness = createHarness({ ...options, avisar })
  const { send, deps } = harness

  /** Asks for a token and answers the one that came by mail. */
  async function forget(email: string, address = '203.0.113.9') {
    const headers = { 'x-test-address': address }
    const answer = await send('/password/olvido', 'POST', { email }, headers)
    await deps.background.idle()
    return { status: answer.status, body: await answer.text(), token: mailbox.at(-1)?.token ?? '' }
  }
  const reset = (token: string, password = nueva) =>
    send('/password/restablecer', 'POST', { token, nueva: password })
  return { ...harness, mailbox, forget, reset }
}

describe('POST /password/olvido', () => {
  test('answers the same for whoever is known and whoever is not, and mails only the former', async () => {
    const { cliente, forget, mailbox } = withMailbox()
    const ana = await cliente()
    const known = await forget(ana.email.toUpperCase())
    const unknown = await forget('nadie@x.com')
    expect(known.status).toBe(202)
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
    expect(mailbox.map(({ email, nombre }) => [email, nombre])).toEqual([[ana.email, ana.nombre]])
  })

  test('answers before any work is done that depends on the account', async () => {
    const { send, cliente, store, deps, mailbox } = withMailbox()
    const ana = await cliente()
    const { promise, resolve } = Promise.withResolvers<number>()
    store.frenos.intentar = () => promise
    const answer = await send('/password/olvido', 'POST', { email: ana.email })
    expect([answer.status, mailbox.length]).toEqual([202, 0])
    resolve(0)
    await deps.background.idle()
    expect(mailbox).toHaveLength(1)
  })

  test('mails nothing for a closed account', async () => {
    const { send, admin, cliente, forget, mailbox } = withMailbox()
    const [jefa, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    await forget(ana.email)
    expect(mailbox).toHaveLength(0)
  })

  test('mails an account only a few times an hour, wherever it is asked from', async () => {
    const { cliente, forget, mailbox, clock } = withMailbox()
    const ana = await cliente()
    for (let net = 0; net < 10; net++) await forget(ana.email, `203.0.113.${net}`)
    expect(mailbox).toHaveLength(4)
    clock.advance(61 * 60_000)
    await forget(ana.email)
    expect(mailbox).toHaveLength(5)
  })
})

describe('POST /password/restablecer', () => {
  test('sets the password, once, and ends every session', async () => {
    const { send, cliente, login, forget, reset } = withMailbox()
    const ana = await cliente()
    const { token } = await forget(ana.email)
    expect((await reset(token)).status).toBe(204)
    expect(await refusal(await reset(token))).toBe('401 token-invalido')
    const old = await send('/token', 'POST', renewal(ana.tokens.refresh_token))
    expect(await refusal(old)).toBe('401 token-invalido')
    expect((await send('/login', 'POST', { email: ana.email, password: clave })).status).toBe(401)
    expect((await login(ana.email, nueva)).access_token).toBeString()
  })

  test('confirms the address: whoever has the token reads its mail', async () => {
    const { send, admin, cliente, forget, reset } = withMailbox()
    const [jefa, ana] = [await admin(), await cliente()]
    const seen = async () =>
      (await send(`/usuarios/${ana.id}`, 'GET', undefined, jefa.headers)).json()
    expect(await seen()).toMatchObject({ emailConfirmado: false })
    await reset((await forget(ana.email)).token)
    expect(await seen()).toMatchObject({ emailConfirmado: true })
  })

  test('lets one of two uses at once win', async () => {
    const { cliente, forget, reset } = withMailbox()
    const { token } = await forget((await cliente()).email)
    const answers = await Promise.all([
      reset(token, 'una clave nueva'),
      reset(token, 'otra clave nueva'),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 401])
  })

  test('refuses a token that is old, replaced by a newer one, or of nobody', async () => {
    const { cliente, forget, reset, clock } = withMailbox()
    const ana = await cliente()
    const first = await forget(ana.email)
    const second = await forget(ana.email)
    expect(await refusal(await reset(first.token))).toBe('401 token-invalido')
    clock.advance(30 * 60_000)
    expect(await refusal(await reset(second.token))).toBe('401 token-invalido')
    expect(await refusal(await reset('nada'))).toBe('401 token-invalido')
  })

  test('refuses a token from before the password was changed, and one of a closed account', async () => {
    const { send, admin, cliente, forget, reset } = withMailbox()
    const [jefa, ana, luis] = [await admin(), await cliente(), await cliente()]
    const before = await forget(ana.email)
    await send('/me/password', 'POST', { actual: clave, nueva }, ana.headers)
    expect(await refusal(await reset(before.token))).toBe('401 token-invalido')
    const closed = await forget(luis.email)
    await send(`/usuarios/${luis.id}`, 'PATCH', { activo: false }, jefa.headers)
    expect(await refusal(await reset(closed.token))).toBe('401 token-invalido')
  })

  test('keeps the token when the new password is refused', async () => {
    const scores: Record<string, number> = { [nueva]: 4, [clave]: 4 }
    const estimate = (password: string) =>
      Promise.resolve({ score: scores[password] ?? 0, dictionaries: [] })
    const { cliente, forget, reset } = withMailbox({ estimate })
    const { token } = await forget((await cliente()).email)
    expect(await refusal(await reset(token, 'facilísima'))).toBe('422 datos-invalidos')
    expect((await reset(token)).status).toBe(204)
  })

  test('lets the owner in whom a stranger had held up', async () => {
    const { send, cliente, login, forget, reset } = withMailbox()
    const ana = await cliente()
    const wrong = { email: ana.email, password: 'no es esta clave' }
    for (let count = 0; count < 12; count++) await send('/login', 'POST', wrong)
    expect((await send('/login', 'POST', { email: ana.email, password: clave })).status).toBe(429)
    await reset((await forget(ana.email)).token)
    expect((await login(ana.email, nueva)).access_token).toBeString()
  })

  test('stores no token, only its hash', async () => {
    const { cliente, forget, store } = withMailbox()
    const { token } = await forget((await cliente()).email)
    const rows = store.storage.client.query('SELECT * FROM restablecimientos').all()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})
