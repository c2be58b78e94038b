import { expect, test } from 'bun:test'
import { list } from '../src/index.ts'
import { openTestStorage } from './fixture.ts'
import { type Existencia, put } from './fixture-sql.ts'

test('a list has the conditions that are asked for, and one statement for each set of them', async () => {
  const engine = openTestStorage()
  await engine.write(function* () {
    for (const [at, id] of ['a', 'b', 'c', 'd'].entries()) yield* put.run(id, at)
  })
  const lista = list<Existencia>('SELECT id, cantidad FROM existencias', 'ORDER BY id LIMIT ?')
  const asked = (desde?: string, cantidades?: readonly [number, number], limite = 9) =>
    lista(
      [
        desde === undefined ? undefined : ['id >= ?', desde],
        cantidades && ['cantidad IN (?, ?)', ...cantidades],
      ],
      limite,
    )
  const ids = async (...given: Parameters<typeof asked>) =>
    (await engine.ask(asked(...given))).map(({ id }) => id).join('')
  expect(await ids()).toBe('abcd')
  expect(await ids(undefined, undefined, 3)).toBe('abc')
  expect(await ids('b')).toBe('bcd')
  expect(await ids('b', [0, 3])).toBe('d')
  expect(asked('b').statement).toBe(asked('c').statement)
  expect(asked('b', [0, 3]).statement.sqlite).toBe(
    'SELECT id, cantidad FROM existencias WHERE id >= ?1 AND cantidad IN (?2, ?3) ORDER BY id LIMIT ?4',
  )
  const words = { sqlite: 'id GLOB ?', postgres: 'id ~ ?' }
  const { sqlite, postgres } = lista(
    [
      ['cantidad > ?', 0],
      [words, 'b*'],
    ],
    9,
  ).statement
  const rest = 'ORDER BY id LIMIT'
  expect(sqlite).toEndWith(`WHERE cantidad > ?1 AND id GLOB ?2 ${rest} ?3`)
  expect(postgres).toEndWith(`WHERE cantidad > $1 AND id ~ $2 ${rest} $3`)
})
