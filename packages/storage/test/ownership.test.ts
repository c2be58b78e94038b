import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { ownDatabase, StorageOpenError } from '../src/index.ts'
import { cleanUp, insert, openTestStorage, storedIds, temporaryFolder } from './fixture.ts'

type Order = 'own' | 'own at once' | 'let go'

/** A process that does as it is told, and answers `mine` or `not mine`. */
function startOwner(file: string) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'owner-child.ts'), file], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  cleanUp(async () => {
    child.kill('SIGKILL')
    await child.exited
  })
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader()
  return {
    async told(order: Order): Promise<string> {
      void child.stdin.write(`${order}\n`)
      void child.stdin.flush()
      const { value = 'nothing' } = await reader.read()
      return value.trim()
    },
    kill: () => child.kill('SIGKILL'),
  }
}

const newFile = () => join(temporaryFolder(), 'test.db')

test('of processes that ask for a database at the same moment exactly one gets it, each time', async () => {
  const file = newFile()
  const owners = [1, 2, 3, 4].map(() => startOwner(file))
  for (let round = 0; round < 20; round++) {
    const said = await Promise.all(owners.map((owner) => owner.told('own at once')))
    expect(said.filter((one) => one === 'mine')).toHaveLength(1)
    await owners[said.indexOf('mine')]?.told('let go')
  }
})

test('a process that is killed leaves nothing behind that keeps the next one out', async () => {
  const file = newFile()
  let owner = startOwner(file)
  expect(await owner.told('own')).toBe('mine')
  for (let death = 0; death < 5; death++) {
    const next = startOwner(file)
    expect(await next.told('own at once')).toBe('not mine')
    owner.kill()
    // At once: nobody has waited until the other was gone.
    expect(await next.told('own')).toBe('mine')
    owner = next
  }
})

test('a process does not get twice what it has, and its own attempt takes nothing away', async () => {
  const file = newFile()
  const letGo = ownDatabase(file, 0)
  expect(letGo).toBeDefined()
  expect(ownDatabase(file, 0)).toBeUndefined()
  expect(await startOwner(file).told('own at once')).toBe('not mine')
  letGo?.()
  letGo?.()
  ownDatabase(file, 0)?.()
  expect(await startOwner(file).told('own at once')).toBe('mine')
})

test('a process has it as long as it runs, even when nobody in it remembers how to let go', async () => {
  const file = newFile()
  for (let time = 0; time < 10; time++) ownDatabase(`${file}-${time}`, 0)
  Bun.gc(true)
  const owner = startOwner(`${file}-0`)
  expect(await owner.told('own at once')).toBe('not mine')
})

test('others read, and write in passing, as before', async () => {
  const storage = openTestStorage()
  cleanUp(ownDatabase(storage.file, 0) ?? (() => {}))
  const passing = openTestStorage({ file: storage.file })
  await insert(passing, 'a')
  expect(await storedIds(storage)).toEqual(['a'])
})

test('another name for the same database is no way around it', () => {
  const { file } = openTestStorage()
  const other = temporaryFolder()
  symlinkSync(file, join(other, 'linked.db'))
  symlinkSync(join(file, '..'), join(other, 'linked'))
  cleanUp(ownDatabase(file, 0) ?? (() => {}))
  expect(ownDatabase(join(other, 'linked.db'), 0)).toBeUndefined()
  expect(ownDatabase(join(other, 'linked', 'test.db'), 0)).toBeUndefined()
  expect(readdirSync(other).sort()).toEqual(['linked', 'linked.db'])
})

test('all that it makes is one empty file for the owner alone, in a folder likewise', () => {
  const folder = join(temporaryFolder(), 'new')
  const file = join(folder, 'test.db')
  cleanUp(ownDatabase(file, 0) ?? (() => {}))
  expect(readdirSync(folder)).toEqual(['test.db-lock'])
  const { size, mode } = statSync(`${file}-lock`)
  expect([size, mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0, 0o600, 0o700])
})

test('what is in the way of the lock is told by its name', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'a.db-lock'))
  writeFileSync(
    join(folder, 'b.db-lock'),
    'no database, but long enough to be taken for one '.repeat(99),
  )
  for (const name of ['a.db', 'b.db', 'a.db-lock/../b.db-lock/c.db']) {
    const file = join(folder, name)
    expect(() => ownDatabase(file, 0)).toThrow(StorageOpenError)
    expect(() => ownDatabase(file, 0)).toThrow(`${file}-lock`)
  }
})
