import { describe, expect, test } from 'bun:test'
import { bearer, createHarness, refusal, tokenIn } from './fixture.ts'

/** Somebody who registered and has got the mail. */
async function registered() {
  const harness = await createHarness()
  const ana = await harness.cliente()
  const { send, deliver } = harness
  const lastToken = async () => (await deliver()).map(tokenIn).at(-1) ?? 'no mail came'
  const confirm = (token: string) => send('/correo/confirmar', 'POST', { token })
  const ask = () => send('/me/confirmacion', 'POST', undefined, ana.headers)
  const me = async () => (await send('/me', 'GET', undefined, ana.headers)).json()
  return { ...harness, ana, token: await lastToken(), lastToken, confirm, ask, me }
}

describe('confirming an address', () => {
  test('takes the token that was sent to it, once', async () => {
    const { ana, mailbox, token, confirm, me, store } = await registered()
    expect(mailbox.map(({ para }) => para)).toEqual([ana.email])
    expect(await me()).toMatchObject({ emailConfirmado: false })
    expect((await confirm(token)).status).toBe(204)
    expect(await me()).toMatchObject({ emailConfirmado: true })
    expect(await refusal(await confirm(token))).toBe('400 token-invalido')
    const told = await store.auditoria.listar({ accion: 'email-confirmado', limite: 9 })
    expect(told.map(({ sujetoId }) => sujetoId)).toEqual([ana.id])
  })

  test('lets one of two uses at once win', async () => {
    const { token, confirm } = await registered()
    const answers = await Promise.all([confirm(token), confirm(token)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
  })

  test('refuses a token that was replaced, is old, or of nobody', async () => {
    const { token, confirm, ask, lastToken, clock } = await registered()
    expect((await ask()).status).toBe(202)
    expect(await refusal(await confirm(token))).toBe('400 token-invalido')
    const last = await lastToken()
    clock.advance(72 * 60 * 60_000)
    expect(await refusal(await confirm(last))).toBe('400 token-invalido')
    expect(await refusal(await confirm('nada'))).toBe('400 token-invalido')
  })

  test('refuses the token of a closed account', async () => {
    const { ana, token, confirm, send, admin } = await registered()
    const jefa = await admin()
    await send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    expect(await refusal(await confirm(token))).toBe('400 token-invalido')
  })

  test('sends another mail to whoever asks for it, a few times an hour, and none once it is done', async () => {
    const { ask, confirm, lastToken, mailbox } = await registered()
    for (let count = 0; count < 4; count++) expect((await ask()).status).toBe(202)
    const braked = await ask()
    expect(await refusal(braked)).toBe('429 demasiadas-peticiones')
    expect(Number(braked.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await confirm(await lastToken())).status).toBe(204)
    const again = await ask()
    expect([again.status, await again.json()]).toEqual([
      202,
      { mensaje: 'Tu correo ya está confirmado.' },
    ])
    await lastToken()
    expect(mailbox).toHaveLength(2)
  })

  test('is for whoever is signed in to ask for, and no service account', async () => {
    const { send } = await createHarness()
    expect(await refusal(await send('/me/confirmacion', 'POST'))).toBe('401 no-autenticado')
    const forged = await send('/me/confirmacion', 'POST', undefined, bearer('nada'))
    expect(await refusal(forged)).toBe('401 no-autenticado')
  })

  test('is not asked for in a mail that is still owed when an admin has vouched for it', async () => {
    const { send, cliente, admin, deliver } = await createHarness()
    const [jefa, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { emailConfirmado: true }, jefa.headers)
    expect(await deliver()).toEqual([])
  })
})
