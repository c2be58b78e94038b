import { afterAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { statement } from '../../src/index.ts'
import { describeOnPostgres } from '../../testing/postgres.ts'
import { cleanUp, outcome } from '../fixture.ts'
import { count, put } from '../fixture-sql.ts'
import {
  firstMigration,
  newSchema,
  oneDatabase,
  openTestPostgres,
  type TestMigration,
  writeMigrations,
} from './fixture.ts'

const expand: TestMigration = {
  name: '0001_nota',
  text: '-- minimo: 0000_inicio\nALTER TABLE existencias ADD COLUMN nota text',
}
const contract: TestMigration = {
  name: '0002_sin_nota',
  text: '-- minimo: 0002_sin_nota\nALTER TABLE existencias DROP COLUMN nota',
}
const broken: TestMigration = {
  name: '0001_mal',
  text: "CREATE TABLE otra (id text); INSERT INTO existencias VALUES ('a', -1)",
}

describeOnPostgres('migrations', () => {
  const database = oneDatabase()
  let admin: SQL | undefined
  afterAll(() => admin?.close())

  async function open(schema: string, ...migrations: TestMigration[]) {
    return await openTestPostgres(await database(), {
      schema,
      migrationsFolder: writeMigrations(migrations),
    })
  }

  async function rows(text: string): Promise<unknown[]> {
    admin ??= new SQL(await database(), { max: 1 })
    return [...(await admin.unsafe(text))]
  }

  test('are run once by one of several that start together on an empty database', async () => {
    const schema = newSchema()
    const filled = {
      name: '0001_lleno',
      text: "INSERT INTO existencias VALUES ('a', 1), ('b', 1)",
    }
    const engines = await Promise.all(
      Array.from({ length: 5 }, () => open(schema, firstMigration, filled)),
    )
    for (const engine of engines) expect((await engine.ask(count.get()))?.n).toBe(2)
    const recorded = await rows(
      `SELECT nombre, minimo FROM ${schema}."__migraciones" ORDER BY nombre`,
    )
    expect(recorded).toEqual([
      { nombre: '0000_inicio', minimo: '0000_inicio' },
      { nombre: '0001_lleno', minimo: '0001_lleno' },
    ])
    expect(await rows(`SELECT particion FROM ${schema}."__turno"`)).toEqual([{ particion: 0 }])
  })

  test('that fail leave nothing, not even a schema, and are told by name', async () => {
    const schema = newSchema()
    const failed = outcome(open(schema, firstMigration, broken))
    expect(await failed).toContain('violates check constraint')
    expect(await failed).toContain('(migration 0001_mal)')
    expect(await rows(`SELECT 1 FROM pg_namespace WHERE nspname = '${schema}'`)).toEqual([])
    await open(schema, firstMigration)
    expect(await outcome(open(schema, firstMigration, broken))).toContain('0001_mal')
    expect(await rows(`SELECT to_regclass('${schema}.otra')::text AS there`)).toEqual([
      { there: null },
    ])
  })

  test('let an older version go on, and start, beside a newer one that says that it can', async () => {
    const schema = newSchema()
    const old = await open(schema, firstMigration)
    const newer = await open(schema, firstMigration, expand)
    await old.write(() => statement<never, []>('INSERT INTO existencias VALUES (1, 1)').run())
    await newer.write(() => put.run('b', 1))
    const again = await open(schema, firstMigration)
    expect((await again.ask(count.get()))?.n).toBe(2)
  })

  test('keep an older version from starting where it can not work any more', async () => {
    const schema = newSchema()
    await open(schema, firstMigration, expand, contract)
    const newer = 'it was migrated by a newer version of this program, start that version instead'
    for (const older of [[firstMigration], [firstMigration, expand]]) {
      expect(await outcome(open(schema, ...older))).toContain(newer)
    }
    await open(schema, firstMigration, expand, contract)
  })

  test('give way to who uses a table that is to be changed, and try again', async () => {
    const schema = newSchema()
    const old = await open(schema, firstMigration)
    const reader = new SQL(await database(), { max: 1 })
    cleanUp(() => reader.close())
    await reader.unsafe(`BEGIN; SELECT 1 FROM ${schema}.existencias`)
    const opening = outcome(open(schema, firstMigration, expand))
    const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '${schema}.existencias'::regclass`
    while ((await rows(waiting)).length === 0) continue
    // It has the turn while it waits, for two seconds at most: this write is done in between.
    await old.write(() => put.run('a', 1))
    expect(await Promise.race([opening, 'not yet'])).toBe('not yet')
    await reader.unsafe('COMMIT')
    expect(await opening).toBe('ok')
  })

  test('wait for nobody where there is nothing to do', async () => {
    const schema = newSchema()
    await open(schema, firstMigration)
    const writer = new SQL(await database(), { max: 1 })
    cleanUp(() => writer.close())
    await writer.unsafe(`BEGIN; SELECT 1 FROM ${schema}."__turno" FOR UPDATE`)
    await open(schema, firstMigration)
    await writer.unsafe('ROLLBACK')
  })
})
