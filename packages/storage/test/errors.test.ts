import { expect, test } from 'bun:test'
import { isUniqueViolation } from '../src/errors.ts'
import type { Storage } from '../src/index.ts'
import { change } from '../src/testing.ts'
import { insert, openTestStorage } from './fixture.ts'

const errorOf = (storage: Storage, text: string): Promise<unknown> =>
  change(storage, text).catch((error: unknown) => error)

test('a unique violation is told from other errors, and by its column', async () => {
  const storage = openTestStorage()
  for (const text of [
    'CREATE TABLE usuarios (id INTEGER PRIMARY KEY, email, cedula UNIQUE, a, b, UNIQUE (a, b))',
    'CREATE UNIQUE INDEX usuarios_email ON usuarios (lower(email))',
    "INSERT INTO usuarios VALUES (1, 'Ana@x.org', '77', 1, 2)",
  ])
    await change(storage, text)

  const cedula = await errorOf(storage, `INSERT INTO usuarios VALUES (2, 'b', '77', 2, 2)`)
  expect(isUniqueViolation(cedula)).toBe(true)
  expect(isUniqueViolation(cedula, 'usuarios.cedula')).toBe(true)
  expect(isUniqueViolation(cedula, 'usuarios.email')).toBe(false)

  const both = await errorOf(storage, `INSERT INTO usuarios VALUES (2, 'b', '78', 1, 2)`)
  expect(isUniqueViolation(both, 'usuarios.b')).toBe(true)

  const index = await errorOf(storage, `INSERT INTO usuarios VALUES (2, 'ana@x.org', '78', 2, 2)`)
  expect(isUniqueViolation(index, 'usuarios_email')).toBe(true)

  const id = await errorOf(storage, `INSERT INTO usuarios VALUES (1, 'b', '78', 2, 2)`)
  expect(isUniqueViolation(id, 'usuarios.id')).toBe(true)
})

test('other errors are no unique violations', async () => {
  const storage = openTestStorage()
  const check = await insert(storage, 'a', -1).catch((error: unknown) => error)
  expect(check).toBeInstanceOf(Error)
  expect(isUniqueViolation(check)).toBe(false)
  for (const error of [new Error('UNIQUE constraint failed: a.b'), 'text', undefined]) {
    expect(isUniqueViolation(error)).toBe(false)
  }
})
