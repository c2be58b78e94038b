import { describe, expect, test } from 'bun:test'
import { Type } from '@sinclair/typebox'
import { bodyOf, createHarness, refusal } from './fixture.ts'

const Pagina = Type.Object({
  datos: Type.Array(
    Type.Object({ id: Type.String(), eliminadoEn: Type.String() }, { additionalProperties: false }),
  ),
  siguiente: Type.Union([Type.String(), Type.Null()]),
})

async function withErased(count: number) {
  const harness = await createHarness()
  const jefa = await harness.admin()
  const { headers } = jefa
  const erase = (id: string) => harness.send(`/usuarios/${id}`, 'DELETE', undefined, headers)
  const people = await Promise.all(Array.from({ length: count }, () => harness.cliente()))
  const page = async (query: string) =>
    await bodyOf(
      await harness.send(`/usuarios/borrados?${query}`, 'GET', undefined, headers),
      Pagina,
    )
  return { ...harness, jefa, erase, people, page }
}

describe('GET /usuarios/borrados', () => {
  test('lists who was erased, in that order and once, and nothing but ids and moments', async () => {
    const { erase, people, page, clock } = await withErased(4)
    expect(await page('')).toEqual({ datos: [], siguiente: null })
    const [a, b, c] = people.map(({ id }) => id).toReversed()
    const moments: string[] = []
    for (const id of [a, b, c, b, a]) {
      clock.advance(1000)
      if (moments.length < 3) moments.push(clock.now().toISOString())
      await erase(String(id))
    }
    const { datos } = await page('')
    expect(datos).toEqual(
      [a, b, c].map((id, at) => ({ id: String(id), eliminadoEn: String(moments[at]) })),
    )
  })

  test('goes on from a cursor, and finds at the end what was erased since', async () => {
    const { erase, people, page } = await withErased(3)
    const [a = '', b = '', c = ''] = people.map(({ id }) => id)
    await erase(b)
    await erase(a)
    const first = await page('limite=1')
    expect(first.datos.map(({ id }) => id)).toEqual([b])
    const rest = `limite=1&cursor=${first.siguiente}`
    expect(await page(rest)).toMatchObject({ datos: [{ id: a }], siguiente: null })
    await erase(c)
    const second = await page(rest)
    expect(second.siguiente).toBeString()
    expect(await page(`cursor=${second.siguiente}`)).toMatchObject({ datos: [{ id: c }] })
  })

  test('outlives a restart', async () => {
    const { erase, people, close, dataDir } = await withErased(1)
    const [one] = people
    await erase(one?.id ?? '')
    await close()
    const again = await createHarness({ dataDir })
    const { datos } = await again.store.auditoria
      .eliminados({ despuesDe: 0, limite: 10 })
      .then((rows) => ({ datos: rows.map(({ id }) => id) }))
    expect(datos).toEqual([one?.id ?? ''])
  })

  test('is for staff and for the scope that reads users, and its cursors are its own', async () => {
    const { send, cliente, jefa } = await withErased(0)
    const ana = await cliente()
    const ask = (query: string, headers: object) =>
      send(`/usuarios/borrados${query}`, 'GET', undefined, headers)
    expect(await refusal(await ask('', ana.headers))).toBe('403 prohibido')
    expect(await refusal(await ask('', {}))).toBe('401 no-autenticado')
    for (const query of ['?cursor=basura', '?limite=0', '?limite=201', '?otro=1']) {
      expect(await refusal(await ask(query, jefa.headers))).toBe('422 datos-invalidos')
    }
  })
})
