import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { statement } from '../src/index.ts'
import { change } from '../src/testing.ts'
import { cleanUp, insert, openTestStorage } from './fixture.ts'

const everything = statement<never, []>('DELETE FROM existencias')
const secret = 'zoraida-quispe'

/** The files in which the secret can still be read. */
async function traces(file: string): Promise<string[]> {
  const found: string[] = []
  for (const one of [file, `${file}-wal`]) {
    if ((await Bun.file(one).text()).includes(secret)) found.push(one.slice(file.length))
  }
  return found
}

test('what is erased is in neither file once it is forgotten, while others read not yet', async () => {
  const storage = openTestStorage({ erases: true })
  await insert(storage, 'a')
  await insert(storage, secret)
  expect(await storage.forget()).toBe(true)
  expect(await traces(storage.file)).toEqual([''])
  const reader = new Database(storage.file, { readonly: true })
  cleanUp(() => reader.close())
  reader.run('BEGIN')
  reader.query('SELECT * FROM existencias').all()
  await change(storage, `DELETE FROM existencias WHERE id = '${secret}'`)
  expect(await storage.forget()).toBe(false)
  reader.run('COMMIT')
  expect(await storage.forget()).toBe(true)
  expect(await traces(storage.file)).toEqual([])
})

test('a write in steps erases as well', async () => {
  const storage = openTestStorage({ erases: true })
  await insert(storage, secret)
  await storage.writeInSteps(function* () {
    yield* everything.run()
  })
  expect(await storage.forget()).toBe(true)
  expect(await traces(storage.file)).toEqual([])
})
