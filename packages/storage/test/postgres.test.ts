import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, openPostgres, statement, type Storage, together } from '../src/index.ts'
import { describeOnPostgres, testDatabase } from '../testing/postgres.ts'

const put = statement<never, [id: string, cantidad: number]>('INSERT INTO cosas VALUES (?1, ?2)')
const add = statement<{ cantidad: number }, [id: string, mas: number]>(
  'UPDATE cosas SET cantidad = cantidad + ?2 WHERE id = ?1 RETURNING cantidad',
)
const all = statement<{ id: string; cantidad: number }, []>(
  'SELECT id, cantidad FROM cosas ORDER BY id',
)

const rows = (engine: Engine) => engine.ask(all.all())

describeOnPostgres('the engine on PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-migrations-'))
  let storage: Storage
  beforeAll(async () => {
    writeFileSync(
      join(folder, '0000_inicio.sql'),
      'CREATE TABLE cosas (id text COLLATE "C" PRIMARY KEY, cantidad bigint NOT NULL CHECK (cantidad >= 0))',
    )
    storage = await openPostgres({
      url: await testDatabase(),
      schema: 'cosas',
      migrationsFolder: folder,
    })
  })
  afterAll(async () => {
    await storage.close()
    rmSync(folder, { recursive: true })
  })

  test('keeps what a write does, and undoes what it throws alone', async () => {
    const outcomes = await Promise.allSettled([
      storage.write(() => put.run('a', 1)),
      storage.write(function* () {
        yield* put.run('b', 1)
        throw new Error('no')
      }),
      storage.write(() => put.run('a', 2)),
      storage.write(function* () {
        const [one, two] = yield* together(put.run('c', 3), add.get('c', 4))
        return [one, two?.cantidad]
      }),
    ])
    expect(
      outcomes.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason.message))),
    ).toEqual([1, 'no', expect.stringContaining('duplicate key'), [1, 7]])
    expect(storage.isDuplicate((outcomes[2] as PromiseRejectedResult).reason, 'cosas.id')).toBe(
      true,
    )
    expect(await rows(storage)).toEqual([
      { id: 'a', cantidad: 1 },
      { id: 'c', cantidad: 7 },
    ])
  })

  test('tells a script of what its question failed with, where it asked it', async () => {
    const named = storage.write(function* () {
      try {
        yield* together(put.run('d', 1), put.run('d', 2))
      } catch (error) {
        throw new Error(`twice: ${storage.isDuplicate(error, 'cosas.id')}`, { cause: error })
      }
    })
    expect(named).rejects.toThrow('twice: true')
    await named.catch(() => undefined)
  })
})
