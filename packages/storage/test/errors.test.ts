import { expect, test } from 'bun:test'
import { isUniqueViolation } from '../src/index.ts'
import { insert, openTestStorage, type TestStorage } from './fixture.ts'

function errorOf(storage: TestStorage, sql: string): Promise<unknown> {
  return storage
    .write(() => void storage.client.run(sql))
    .then(() => undefined)
    .catch((error: unknown) => error)
}

test('a unique violation is told from other errors, and by its column', async () => {
  const storage = openTestStorage()
  storage.client.run(`
    CREATE TABLE usuarios (id INTEGER PRIMARY KEY, email, cedula UNIQUE, a, b, UNIQUE (a, b));
    CREATE UNIQUE INDEX usuarios_email ON usuarios (lower(email));
    INSERT INTO usuarios VALUES (1, 'Ana@x.org', '77', 1, 2)`)

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

test('a unique violation is seen through the wrapper that Drizzle puts around it', async () => {
  const storage = openTestStorage()
  await insert(storage, 'a')
  const error = await insert(storage, 'a').catch((error: unknown) => error)
  expect(isUniqueViolation(error, 'existencias.id')).toBe(true)
  const wrapped = new Error('Failed query', { cause: new Error('again', { cause: error }) })
  expect(isUniqueViolation(wrapped, 'existencias.id')).toBe(true)
})

test('other errors are no unique violations', async () => {
  const storage = openTestStorage()
  const check = await insert(storage, 'a', -1).catch((error: unknown) => error)
  expect(check).toBeInstanceOf(Error)
  expect(isUniqueViolation(check)).toBe(false)
  const circular = new Error('circular')
  circular.cause = circular
  for (const error of [circular, new Error('UNIQUE constraint failed: a.b'), 'text', undefined]) {
    expect(isUniqueViolation(error)).toBe(false)
  }
})
