import { expect, test } from 'bun:test'
import { allOf } from './answers.ts'

const over = (...pages: readonly { datos: string[]; siguiente: string | null }[]) => {
  const asked: unknown[] = []
  const list = allOf('GET /cosas', async (query) => {
    const data = pages[Math.min(asked.push(query), pages.length) - 1]
    if (!data) throw new TypeError('there are no pages')
    return { ok: true, data, status: 200, headers: new Headers() }
  })
  return { list, asked }
}

test('lists are read to their last page', async () => {
  const { list, asked } = over(
    { datos: ['una'], siguiente: 'c/1+=' },
    { datos: ['otra'], siguiente: null },
  )
  expect(await list).toEqual(['una', 'otra'])
  expect(asked).toEqual([{ limite: 200 }, { limite: 200, cursor: 'c/1+=' }])
})

test('lists are given up after fifty pages', async () => {
  const { list, asked } = over({ datos: [], siguiente: 'otra' })
  expect(await list).toBeNull()
  expect(asked).toHaveLength(50)
})
