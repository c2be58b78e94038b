import { afterAll, beforeAll, expect, spyOn, test } from 'bun:test'
import { SQL } from 'bun'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureServiceSecrets, randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { serviceNames } from '@encargo/service-kit/run/config'
import { firstDifference } from '@encargo/storage/copy'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { rotateKeys } from '../accounts/rotate-keys.ts'
import { addKey, folderKeys, keyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { audit } from '../audit/command.ts'
import { fileOf } from '../audit/databases.ts'
import { auditShop } from '../audit/shop.ts'
import { aliveUntil, copyShop, type Filled, fillShop, temporaryFolder } from '../audit/test-shop.ts'
import { backup } from '../backup/backup.ts'
import { restore } from '../backup/restore.ts'
import { explain } from '../explain/command.ts'
import { runInstallation } from '../installation/command.ts'
import { runMove } from './command.ts'
import { copyIn, releaseAll } from './in.ts'
import { keysToServer } from './keys.ts'
import { moveToFolder } from './move.ts'
import { copied } from './services.ts'
import { serversAt } from './test-servers.ts'

const keySecret = randomSecret()
const noWait = { wait: () => Promise.resolve() }

const secrets = (of: string) => readFileSync(join(of, 'credenciales.json'), 'utf8')

/** Of the signing keys in a folder. */
const kidsIn = async (of: string) =>
  (await folderKeys(of, () => '').read()).map(({ key }) => key.kid)

/** What a command says, and its exit code. */
async function said(command: () => Promise<number>) {
  const out = spyOn(console, 'log').mockImplementation(() => {})
  const err = spyOn(console, 'error').mockImplementation(() => {})
  try {
    const code = await command()
    const lines = (of: typeof out) => of.mock.calls.map(([line]) => String(line)).join('\n')
    return { code, out: lines(out), err: lines(err) }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

describeOnPostgres('commands for a shop on a server', () => {
  const { folder, remove } = temporaryFolder('server')
  const dataDir = join(folder, 'shop')
  let shop: Filled
  let url = ''
  let sql: SQL
  const databases: string[] = []
  const database = async () => {
    const made = await testDatabase()
    databases.push(made)
    return made
  }
  beforeAll(async () => {
    shop = await fillShop(dataDir)
    await ensureServiceSecrets(dataDir)
    await addKey(keyFolder(dataDir), '2026-01', Date.now())
    url = await database()
    sql = new SQL(url, { max: 1 })
    await copyIn(dataDir, serversAt(url))
    await keysToServer(dataDir, serversAt(url), { keySecret, dataDir })
    await releaseAll(serversAt(url))
    // Nobody was ever at work there, so of the folder the same is said.
    aliveUntil(dataDir, 0)
  })
  afterAll(async () => {
    await sql.close()
    for (const one of databases) await dropDatabase(one)
    remove()
  })
  const onServer = () => ({ DATABASE_URL: url, DATA_DIR: dataDir })

  test('a copy of it has each row that the folder has', async () => {
    const into = join(folder, 'same')
    await backup({ dataDir, servers: serversAt(url), keySecret, into, version: 'test' })
    for (const service of serviceNames) {
      const [one, other] = [fileOf(dataDir, service), fileOf(into, service)]
      expect([service, firstDifference(one, other, copied[service].ignored)]).toEqual([
        service,
        undefined,
      ])
    }
  })

  test('audit proves the same there as in the folder that it came from', async () => {
    const there = await auditShop({ dataDir, servers: serversAt(url) }, noWait)
    const here = await auditShop({ dataDir, servers: undefined }, noWait)
    expect(there).toMatchObject({ clean: true, discrepancies: [], waiting: here.waiting })
    expect(there.invariants).toEqual(here.invariants)
    expect(there.dataDir).toContain('postgres://127.0.0.1')
  })

  test('audit names what is wrong there, also where it is looked at again', async () => {
    await sql.unsafe('UPDATE inventario.existencias SET reservado = reservado + 1')
    await sql.unsafe(`UPDATE pedidos.pedidos SET estado = 'Cancelado' WHERE numero = 1`)
    try {
      const report = await auditShop({ dataDir, servers: serversAt(url) }, noWait)
      const subjects = report.discrepancies.map(({ subject }) => subject)
      expect(subjects).toContain(`product ${shop.cafe}`)
      expect(subjects).toContain(`order 1 (${shop.pendiente.id})`)
    } finally {
      await sql.unsafe('UPDATE inventario.existencias SET reservado = reservado - 1')
      await sql.unsafe(`ALTER TABLE pedidos.pedidos DISABLE TRIGGER USER;
        UPDATE pedidos.pedidos SET estado = 'Pendiente' WHERE numero = 1;
        ALTER TABLE pedidos.pedidos ENABLE TRIGGER USER`)
    }
  })

  test('audit names a rule that is gone or switched off there', async () => {
    await sql.unsafe(`ALTER TABLE inventario.movimientos DISABLE TRIGGER movimientos_sin_cambios`)
    await sql.unsafe('DROP INDEX pedidos.pedidos_por_estado')
    const { code, out } = await said(() => audit([], onServer()))
    expect(code).toBe(1)
    expect(out.match(/WRONG .*/g)).toEqual([
      'WRONG      the schema pedidos: the index pedidos_por_estado of its migrations is missing or switched off. Remedy: make it again as its migration does.',
      'WRONG      the schema inventario: the trigger movimientos_sin_cambios of its migrations is missing or switched off. Remedy: make it again as its migration does.',
    ])
    await sql.unsafe(`ALTER TABLE inventario.movimientos ENABLE TRIGGER movimientos_sin_cambios`)
    await sql.unsafe('CREATE INDEX pedidos_por_estado ON pedidos.pedidos (estado, numero)')
  })

  test('explain tells the same story of an order, by its number or id', async () => {
    for (const named of ['1', '2', '3', shop.cancelado.id]) {
      const there = await said(() => explain([named], onServer()))
      expect(there).toEqual(await said(() => explain([named, '--data', dataDir], {})))
      expect(there.code).toBe(0)
    }
    const unknown = await said(() => explain(['77'], onServer()))
    expect(unknown.err).toMatch(/^There is no order 77 in postgres:\/\/127\.0\.0\.1:\d+\/t\w+\.$/)
  })

  test('installation says whose stock it is, and makes it that of the orders beside it', async () => {
    await sql.unsafe(`UPDATE inventario.instalacion SET pedidos = 'otro'`)
    const other = await said(() => runInstallation([], onServer()))
    expect(other.out).toContain("inventario's stock is for another pedidos, otro")
    const adopted = await said(() => runInstallation(['adopt'], onServer()))
    expect(adopted.out).toContain("inventario's stock is for it.\n1 active reservations, 0 of them")
    const now = Date.now()
    await said(() => runInstallation(['release'], onServer(), now))
    const [marca] = await sql.unsafe(
      `SELECT valor FROM pedidos.marcas WHERE nombre = 'barrido-permitido'`,
    )
    expect(marca.valor).toBe(String(now))
    await sql.unsafe(`DELETE FROM pedidos.marcas WHERE nombre = 'barrido-permitido'`)
  })

  test('audit, explain and installation find what an order holds under another id', async () => {
    const [{ id }, otra] = [shop.pendiente, Bun.randomUUIDv7()]
    await sql.unsafe(`UPDATE inventario.reservas SET pedido = pedido_id, pedido_id = '${otra}'
      WHERE pedido_id = '${id}'`)
    try {
      expect((await auditShop({ dataDir, servers: serversAt(url) }, noWait)).clean).toBe(true)
      expect((await said(() => explain([id], onServer()))).out).toContain(`, as ${otra}`)
      const { out } = await said(() => runInstallation([], onServer()))
      expect(out).toContain('1 active reservations, 0 of them')
    } finally {
      await sql.unsafe(`UPDATE inventario.reservas SET pedido_id = pedido, pedido = NULL
        WHERE pedido_id = '${otra}'`)
    }
  })

  test('backup writes files that restore puts into a folder or another database', async () => {
    const into = join(folder, 'kept')
    const { report } = await backup({
      dataDir,
      servers: serversAt(url),
      keySecret,
      into,
      version: 'test',
    })
    expect(report.clean).toBe(true)
    const plain = { from: into, force: false, unverified: false }
    const back = join(folder, 'back')
    await restore({ ...plain, dataDir: back })
    const elsewhere = await database()
    const other = join(folder, 'other')
    const servers = serversAt(elsewhere)
    // Its server seals them with another secret.
    const otherSecret = randomSecret()
    const there = { ...plain, dataDir: other, servers, keySecret: otherSecret }
    await restore(there)
    expect((await auditShop({ dataDir: back, servers: undefined }, noWait)).clean).toBe(true)
    expect((await auditShop({ dataDir: other, servers }, noWait)).clean).toBe(true)
    expect(secrets(other)).toBe(secrets(dataDir))
    expect(await kidsIn(back)).toEqual(await kidsIn(dataDir))
    const again = join(folder, 'again')
    const unknown = backup({ dataDir: other, servers, into: again, version: 'test' })
    await expect(unknown).rejects.toThrow('Set AUTH_KEY_SECRET to what auth has')
    await backup({ dataDir: other, servers, keySecret: otherSecret, into: again, version: 'test' })
    expect(await kidsIn(again)).toEqual(await kidsIn(dataDir))
    // A second one does not write over the first, unless told to, and then that is kept.
    await expect(restore(there)).rejects.toThrow(
      'The schema pedidos holds data already; with --force it is given another name, not deleted.',
    )
    const { movedTo } = await restore({ ...there, force: true })
    expect(movedTo).toMatch(/^the schemas pedidos_\d{17}, pagos_\d{17}, inventario_\d{17}, /)
  })

  test('move says what stands in its way, and what it has done', async () => {
    const [source, other] = [join(folder, 'moved'), join(folder, 'second')]
    for (const one of [source, other]) {
      mkdirSync(one)
      copyShop(dataDir, one)
    }
    const DATABASE_URL = await database()
    const there = ['--from', 'sqlite', '--to', 'postgres']
    const back = ['--from', 'postgres', '--to', 'sqlite']
    const move = (args: readonly string[], DATA_DIR = source) =>
      said(() => runMove(args, { DATABASE_URL, DATA_DIR, AUTH_KEY_SECRET: keySecret }))
    const none = await said(() => runMove(there, { DATA_DIR: source }))
    expect([none.code, none.err]).toEqual([
      1,
      'Set DATABASE_URL to the database to move to, or from.',
    ])
    expect((await move(['--from', 'sqlite'])).err).toMatch(/^Say --from sqlite --to postgres, or/)
    const tried = await move([...there, '--dry-run'])
    expect([tried.code, tried.out]).toEqual([
      0,
      'Nothing stands in the way, and nothing was moved.',
    ])
    expect((await said(() => audit([], { DATABASE_URL }))).err).toContain('it is not there')
    const moved = await move(there)
    expect(moved.out).toMatch(
      /^Moved to postgres:\S+: \d+ rows in \d+\.\d s \([\d,]+ a second\), with comparing and audits/,
    )
    expect(moved.out).toContain(`${source} starts no more`)
    // Its keys are on the server by now, whatever the folder says of itself; a folder that is named is meant.
    const rotate = (...args: string[]) =>
      said(() => rotateKeys(args, { DATABASE_URL, DATA_DIR: source, AUTH_KEY_SECRET: keySecret }))
    const before = await kidsIn(other)
    expect(await rotate()).toMatchObject({ code: 0, err: '' })
    expect(await kidsIn(other)).toEqual(before)
    expect(await rotate('--data', other)).toMatchObject({ code: 0, err: '' })
    expect(await kidsIn(other)).toHaveLength(before.length + 1)
    expect((await rotate('--data', source)).err).toContain('was moved to the database')
    const again = await move([...there, '--dry-run'], other)
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('holds data already')])
    expect((await move([...back, '--dry-run'], join(folder, 'empty'))).code).toBe(0)
    expect((await move(['--cancel'])).out).toMatch(/^Nothing of an interrupted move is left on/)
    expect((await said(() => audit([], { DATABASE_URL }))).code).toBe(0)
  })

  test('of a shop without payments audit, copy and move it as one with none', async () => {
    const lacking = await database()
    await copyIn(dataDir, serversAt(lacking))
    await keysToServer(dataDir, serversAt(lacking), { keySecret, dataDir })
    await releaseAll(serversAt(lacking))
    const at = new SQL(lacking, { max: 1 })
    await at.unsafe('DROP SCHEMA pagos CASCADE')
    await at.close()
    const servers = serversAt(lacking)
    expect((await auditShop({ dataDir, servers }, noWait)).clean).toBe(true)
    const into = join(folder, 'lacking')
    await backup({ dataDir, servers, keySecret, into, version: 'test' })
    expect((await auditShop({ dataDir: into, servers: undefined }, noWait)).clean).toBe(true)
    const home = join(folder, 'home')
    await moveToFolder({ dataDir: home, servers, keySecret, force: false })
    expect(firstDifference(fileOf(into, 'pagos'), fileOf(home, 'pagos'))).toBeUndefined()
  })

  test('say in one sentence what cannot be', async () => {
    const empty = await database()
    const absent = await said(() => audit([], { DATABASE_URL: empty }))
    expect([absent.code, absent.out]).toEqual([2, ''])
    expect(absent.err).toMatch(
      /^Cannot open the database postgres:\S+ \(schema pedidos\): it is not there: start the services/,
    )
    const half = await said(() => explain(['1'], { PEDIDOS_DATABASE_URL: empty }))
    expect([half.code, half.err]).toEqual([
      1,
      'Some services are on PostgreSQL and auth, productos, inventario, pagos not: set DATABASE_URL, or AUTH_DATABASE_URL, PRODUCTOS_DATABASE_URL, INVENTARIO_DATABASE_URL, PAGOS_DATABASE_URL.',
    ])
    const wrong = await said(() => runInstallation([], { DATABASE_URL: 'mysql://db/tienda' }))
    expect(wrong.err).toContain('DATABASE_URL must be the URL of a PostgreSQL database')
  })
})
