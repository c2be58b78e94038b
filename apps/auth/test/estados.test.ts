import { describe, expect, test } from 'bun:test'
import { bearer, createHarness, refusal } from './fixture.ts'

async function withPeople(count: number) {
  const harness = await createHarness()
  const jefa = await harness.admin()
  const people = await Promise.all(Array.from({ length: count }, () => harness.cliente()))
  const pedidos = bearer(
    await harness.sign({ tipo: 'servicio', id: 'pedidos', scopes: ['usuarios:leer'] }),
  )
  const ask = (query: string, headers: object = pedidos) =>
    harness.send(`/usuarios/estados${query}`, 'GET', undefined, headers)
  const estados = async (ids: readonly string[]): Promise<unknown> =>
    await (await ask(`?ids=${ids.join(',')}`)).json()
  return { ...harness, jefa, people, ask, estados }
}

describe('GET /usuarios/estados', () => {
  test('tells in the order asked for who is active and confirmed, and nothing else of anybody', async () => {
    const { send, jefa, people, estados } = await withPeople(3)
    const [ana = '', luis = '', eva = ''] = people.map(({ id }) => id)
    const cambios = { activo: false, emailConfirmado: true }
    await send(`/usuarios/${luis}`, 'PATCH', cambios, jefa.headers)
    await send(`/usuarios/${eva}`, 'PATCH', { emailConfirmado: true }, jefa.headers)
    await send(`/usuarios/${eva}`, 'DELETE', undefined, jefa.headers)
    const ids = [eva, Bun.randomUUIDv7(), ana.toUpperCase(), luis, ana]
    expect(await estados(ids)).toEqual({
      datos: [
        { id: eva, activo: false, confirmado: false },
        { id: ana, activo: true, confirmado: false },
        { id: luis, activo: false, confirmado: true },
      ],
    })
  })

  test('sees a change at once', async () => {
    const { send, jefa, people, estados } = await withPeople(1)
    const [{ id } = { id: '' }] = people
    for (const activo of [false, true]) {
      await send(`/usuarios/${id}`, 'PATCH', { activo }, jefa.headers)
      expect(await estados([id])).toEqual({ datos: [{ id, activo, confirmado: false }] })
    }
  })

  test('is for staff and for the scope that reads users', async () => {
    const { cliente, jefa, ask } = await withPeople(0)
    const query = `?ids=${Bun.randomUUIDv7()}`
    expect((await ask(query, jefa.headers)).status).toBe(200)
    expect(await refusal(await ask(query, (await cliente()).headers))).toBe('403 prohibido')
    expect(await refusal(await ask(query, {}))).toBe('401 no-autenticado')
  })

  test('takes 200 ids, and refuses 201, none, and what is no id', async () => {
    const { ask, estados } = await withPeople(0)
    const ids = Array.from({ length: 201 }, () => Bun.randomUUIDv7())
    expect(await estados(ids.slice(1))).toEqual({ datos: [] })
    const wrong = ['', '?ids=', `?ids=${ids.join()}`, '?ids=1', `?ids=${ids[0]}&limite=1`]
    for (const query of wrong) {
      expect([query, await refusal(await ask(query))]).toEqual([query, '422 datos-invalidos'])
    }
  })
})
