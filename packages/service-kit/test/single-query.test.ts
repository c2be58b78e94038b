import { beforeAll, describe, expect, test } from 'bun:test'
import { createProbe } from './fixture.ts'

let probe: Awaited<ReturnType<typeof createProbe>>
beforeAll(async () => {
  probe = await createProbe()
})

const ask = async (query: string) => {
  const answer = await probe.call('GET', `/cosas?${query}`)
  const { codigo, detail }: Record<string, unknown> = JSON.parse(await answer.text())
  return [answer.status, codigo, detail]
}

describe('a query', () => {
  test('may say each thing once', async () => {
    expect((await ask('limite=3&activo=true'))[0]).toBe(200)
  })

  test.each(['limite=3&limite=3', 'limite=3&activo=true&limite=4', 'limite=3&l%69mite=4'])(
    'that says one thing twice is refused and says which: %s',
    async (query) => {
      const [status, codigo, detail] = await ask(query)
      expect([status, codigo]).toEqual([400, 'peticion-invalida'])
      expect(detail).toContain('"limite"')
    },
  )

  test.each(['limite=3%00', 'categoria=a%00b', 'ni%00da'])('has no U+0000: %s', async (query) => {
    const [status, codigo, detail] = await ask(query)
    expect([status, codigo]).toEqual([400, 'peticion-invalida'])
    expect(detail).toContain('U+0000')
  })
})
