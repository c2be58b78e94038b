import { expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  claimSchema,
  fillSchema,
  firstDifference,
  markOf,
  markSchema,
  openSnapshot,
  releaseSchema,
  type Target,
} from '../../src/copy/index.ts'
import { statement } from '../../src/index.ts'
import { migrate } from '../../src/migrations.ts'
import { describeOnPostgres } from '../../testing/postgres.ts'
import { writeMigrations as writeFileMigrations } from '../migration-folder.ts'
import { temporaryFolder } from '../fixture.ts'
import { newSchema, oneDatabase, openTestPostgres, writeMigrations } from './fixture.ts'

const cosas = `CREATE TABLE cosas (n bigint NOT NULL PRIMARY KEY, texto text, peso bigint, bytes %BYTES%);
CREATE TABLE anotadas (n bigint NOT NULL REFERENCES cosas (n), orden bigint NOT NULL, PRIMARY KEY (n, orden));
CREATE TABLE marcas (nombre text NOT NULL PRIMARY KEY, valor text NOT NULL);
INSERT INTO marcas VALUES ('quien', 'nadie')`
const perTable = (text: string) => text.split('\n').join('--> statement-breakpoint\n')

/** A file with rows of every kind: long ones, many, and such as have to be escaped somewhere. */
function file({ fileMigrations }: Target): string {
  const path = join(temporaryFolder(), 'uno.db')
  const client = new Database(path)
  migrate(client, fileMigrations)
  const add = client.prepare('INSERT INTO cosas VALUES (?, ?, ?, ?)')
  client.run('BEGIN')
  for (let n = 1; n <= 9_000; n++) add.run(n, `cosa ${n}`, n % 3 === 0 ? null : n, null)
  const texts = ['', 'ñandú', '"\\N\t\r\n\'', '\u{1F600}\u2028', '{"a":[1]}', '\\x00', '$1 ?1']
  for (const [at, text] of texts.entries()) add.run(-at, text, Number.MAX_SAFE_INTEGER, null)
  for (let n = 1; n <= 4; n++) add.run(10_000 + n, null, 0, new Uint8Array(1_500_000).fill(n))
  add.run(20_000, null, -1, new Uint8Array([0, 255, 92]))
  add.run(20_001, null, -1, new Uint8Array())
  client.run('INSERT INTO anotadas SELECT n, 1 FROM cosas WHERE n < 100')
  client.run("UPDATE marcas SET valor = 'yo'")
  client.run('COMMIT')
  client.close()
  return path
}

const back = async (from: Target) => {
  const snapshot = await openSnapshot(from)
  const into = join(temporaryFolder(), 'otro.db')
  const rows = await snapshot.copyTo(into, { migrationsFolder: from.fileMigrations })
  await snapshot.close()
  return { into, rows }
}

describeOnPostgres('a copy', () => {
  const database = oneDatabase()

  async function target(derived: readonly string[] = []): Promise<Target> {
    const folder = temporaryFolder()
    const sql = perTable(cosas.replace('%BYTES%', 'blob'))
    const text = cosas.replace('%BYTES%', 'bytea') + '; CREATE TABLE palabras (palabra text)'
    return {
      url: await database(),
      schema: newSchema(),
      migrationsFolder: writeMigrations([{ name: '0000_inicio', text }]),
      fileMigrations: writeFileMigrations(folder, [{ tag: '0000_inicio', when: 1, sql }]),
      derived,
      after: [],
    }
  }

  test('has each row of the file, and the file that is made of it has each of its rows', async () => {
    const to = await target(['palabras'])
    const one = file(to)
    await claimSchema(to)
    const rows = await fillSchema(to, one)
    await releaseSchema(to)
    const copy = await back(to)
    expect(copy.rows).toBe(rows)
    expect(firstDifference(one, copy.into)).toBeUndefined()
    // One of each kind that is not the same is found.
    for (const change of ["texto = 'otra' WHERE n = -1", "bytes = x'00' WHERE n = 20001"]) {
      const spoiled = new Database(copy.into)
      spoiled.run('BEGIN')
      spoiled.run(`UPDATE cosas SET ${change}`)
      spoiled.run('COMMIT')
      spoiled.close()
      expect(firstDifference(one, copy.into)).toBe('cosas')
    }
  })

  test('is not made where a table would be lost without a word', async () => {
    const to = await target()
    await claimSchema(to)
    await expect(fillSchema(to, file(to))).rejects.toThrow(
      'it has a table palabras that SQLite has not',
    )
  })

  test('is used by nobody before it is let go of, nor written to by who used the schema before', async () => {
    const to = await target(['palabras'])
    const put = statement<never, []>(`INSERT INTO cosas (n) VALUES (1)`)
    const early = await openTestPostgres(to.url, to)
    await markSchema(to, 'salida')
    await expect(early.write(() => put.run())).rejects.toThrow('the database cannot be written')
    await expect(openTestPostgres(to.url, to)).rejects.toThrow('it is being copied to a folder')
    await expect(openSnapshot(to)).rejects.toThrow('it is being copied to a folder')
    await releaseSchema(to)
    await early.write(() => put.run())
    await expect(claimSchema(to)).rejects.toThrow('holds data already')
    await markSchema(to, 'mudado', '/srv/tienda')
    expect(await markOf(to)).toEqual({ mark: 'mudado', of: '/srv/tienda' })
    await expect(openTestPostgres(to.url, to)).rejects.toThrow('the shop was moved away from it')
    expect(await claimSchema(to, `${to.schema}_antes`)).toBe(true)
    expect(await markOf(to)).toEqual({ mark: 'mudanza', of: '' })
  })

  test('leaves no file where the schema is not there', async () => {
    const to = await target()
    const into = join(temporaryFolder(), 'nada.db')
    await expect(openSnapshot(to)).rejects.toThrow('it is not there: start the services')
    expect(existsSync(into)).toBe(false)
  })
})
