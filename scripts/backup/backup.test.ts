import { Database } from 'bun:sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ownDatabase } from '@encargo/storage'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { addKey, keyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { auditData } from '../audit/audit.ts'
import { fileOf } from '../audit/databases.ts'
import { fillShop, openShop, temporaryFolder } from '../audit/test-shop.ts'
import { backup } from './backup.ts'
import { BackupError, manifestName } from './manifest.ts'
import { restore } from './restore.ts'

const { folder, remove } = temporaryFolder('backup')
const dataDir = join(folder, 'data')
const kept = join(folder, 'kept')
beforeAll(async () => {
  await fillShop(dataDir)
  await ensureServiceSecrets(dataDir)
  await addKey(keyFolder(dataDir), '2026-01', Date.now())
  await backup({ dataDir, into: kept, version: 'test' })
})
afterAll(remove)

let count = 0
const fresh = (name: string) => join(folder, `${name}-${++count}`)
const made: string[] = []
afterEach(() => {
  for (const one of made.splice(0)) rmSync(one, { recursive: true, force: true })
})

const all = [
  'auth.db',
  'claves/2026-01.json',
  'credenciales.json',
  'inventario.db',
  'pagos.db',
  'pedidos.db',
  'productos.db',
]
/** All files of a folder, without the empty ones by which services lock their databases. */
const filesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .filter((path) => !path.endsWith('.db-lock'))
    .sort()

/** A copy of the backup, for a test to spoil. */
function copyOfBackup(): string {
  const copy = fresh('copy')
  made.push(copy)
  mkdirSync(join(copy, 'claves'), { recursive: true })
  for (const path of filesIn(kept)) writeFileSync(join(copy, path), readFileSync(join(kept, path)))
  return copy
}

const plain = { force: false, unverified: false }

describe('a backup', () => {
  test('holds databases, credentials and keys, for their owner alone', () => {
    expect(filesIn(kept)).toEqual([...all, manifestName].sort())
    for (const path of filesIn(kept)) expect(statSync(join(kept, path)).mode & 0o777).toBe(0o600)
    expect(statSync(kept).mode & 0o777).toBe(0o700)
  })

  test('can be audited where it lies, and is left as it is', async () => {
    expect((await auditData(kept)).clean).toBe(true)
    expect(filesIn(kept)).toEqual([...all, manifestName].sort())
  })

  test('says in its manifest what it is made of', () => {
    const manifest = JSON.parse(readFileSync(join(kept, manifestName), 'utf8'))
    expect(manifest).toMatchObject({
      format: 1,
      encargo: 'test',
      audit: { clean: true, inFlight: 0, wrong: 0 },
    })
    const paths = manifest.files.map(({ path }: { path: string }) => path)
    expect(paths.toSorted()).toEqual(all)
  })

  test('copies what is referred to after what refers to it', () => {
    const { files } = JSON.parse(readFileSync(join(kept, manifestName), 'utf8'))
    const order = files.slice(0, 5).map(({ path }: { path: string }) => path)
    expect(order).toEqual(['pedidos.db', 'pagos.db', 'inventario.db', 'productos.db', 'auth.db'])
  })

  test('is consistent while the shop goes on selling', async () => {
    const busy = fresh('busy')
    const shop = await openShop(busy)
    const ana = await shop.cliente()
    const cafe = await shop.producto(10_000)
    const state = { stop: false, sold: 0 }
    const sell = async () => {
      while (!state.stop) {
        const { id } = await shop.comprar(ana, [{ productoId: cafe, cantidad: 1 }])
        await shop.terminar(id, state.sold++ % 2 === 0 ? 'Completado' : 'Cancelado')
        await new Promise(setImmediate)
      }
    }
    const sellers = [sell(), sell(), sell()]
    const into = fresh('into')
    await backup({ dataDir: busy, into, version: 'test' })
    const during = state.sold
    state.stop = true
    await Promise.all(sellers)
    await shop.close()
    expect(during).toBeGreaterThan(0)
    const ofOneFile = 'files limits ledger reserved sales totals history summary'.split(' ')
    const integrity = (await auditData(into)).invariants.filter(({ id }) => ofOneFile.includes(id))
    expect(integrity.map(({ wrong }) => wrong)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('finds services that have a folder each, as volumes are mounted', async () => {
    const volumes = fresh('volumes')
    for (const path of filesIn(dataDir)) {
      const owner = path.endsWith('.db') ? path.slice(0, -3) : 'auth'
      mkdirSync(join(volumes, owner, 'claves'), { recursive: true })
      writeFileSync(join(volumes, owner, path), readFileSync(join(dataDir, path)))
    }
    expect((await auditData(volumes)).clean).toBe(true)
    const into = fresh('into')
    await backup({ dataDir: volumes, into, version: 'test' })
    expect(filesIn(into)).toEqual([...all, manifestName].sort())
    const refused = restore({ from: into, dataDir: volumes, force: true, unverified: false })
    await expect(refused).rejects.toThrow('restore to an empty folder')
  })

  test('is only written to a folder that is empty or not there', async () => {
    const into = fresh('full')
    mkdirSync(into)
    await backup({ dataDir, into, version: 'test' })
    const again = backup({ dataDir, into, version: 'test' })
    await expect(again).rejects.toBeInstanceOf(BackupError)
    await expect(again).rejects.toThrow('is not empty')
  })

  test('says in a sentence which file could not be copied, and leaves nothing behind', async () => {
    const damaged = fresh('damaged')
    mkdirSync(damaged)
    for (const path of filesIn(kept).filter((name) => name.endsWith('.db'))) {
      writeFileSync(join(damaged, path), readFileSync(join(kept, path)))
    }
    writeFileSync(fileOf(damaged, 'inventario'), 'not a database, '.repeat(1000))
    const into = fresh('never')
    const refused = backup({ dataDir: damaged, into, version: 'test' })
    await expect(refused).rejects.toThrow(/inventario\.db could not be copied: .*damaged/)
    expect(existsSync(into)).toBe(false)
  })

  test('names a folder where nobody can write', async () => {
    const below = join(kept, 'auth.db', 'folder')
    const told = `The folder ${below} cannot be written (`
    const made = backup({ dataDir, into: join(below, 'copy'), version: 'test' })
    await expect(made).rejects.toThrow(told)
    await expect(restore({ from: kept, dataDir: below, ...plain })).rejects.toThrow(told)
    const asked = backup({ dataDir, into: join('/proc', 'copy'), version: 'test' })
    await expect(asked).rejects.toBeInstanceOf(BackupError)
  })

  test('leaves nothing behind when it cannot be made', async () => {
    const before = readdirSync(folder)
    const from = fresh('nowhere')
    const refused = backup({ dataDir: from, into: fresh('never'), version: 'test' })
    await expect(refused).rejects.toThrow(`There is no database ${fileOf(from, 'pedidos')}`)
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('a restore', () => {
  test('brings everything back, for its owner alone', async () => {
    const into = fresh('back')
    await restore({ from: kept, dataDir: into, ...plain })
    expect(filesIn(into)).toEqual(all)
    for (const path of filesIn(into)) expect(statSync(join(into, path)).mode & 0o777).toBe(0o600)
    for (const path of ['credenciales.json', 'claves/2026-01.json']) {
      expect(readFileSync(join(into, path))).toEqual(readFileSync(join(dataDir, path)))
    }
    expect((await auditData(into)).clean).toBe(true)
  })

  test('refuses a folder that holds data, and with --force moves it aside whole', async () => {
    const into = fresh('again')
    await restore({ from: kept, dataDir: into, ...plain })
    writeFileSync(join(into, 'credenciales.json'), 'mine')
    await expect(restore({ from: kept, dataDir: into, ...plain })).rejects.toThrow(
      'holds data already',
    )
    const { movedTo } = await restore({ from: kept, dataDir: into, force: true, unverified: false })
    expect(movedTo && filesIn(movedTo)).toEqual(all)
    expect(readFileSync(join(movedTo ?? '', 'credenciales.json'), 'utf8')).toBe('mine')
    expect(readFileSync(join(into, 'credenciales.json'), 'utf8')).not.toBe('mine')
  })

  test('never joins a log of the old data to the new file', async () => {
    const into = fresh('log')
    await restore({ from: kept, dataDir: into, ...plain })
    // As a crash leaves it: a log, and nobody who has it open.
    writeFileSync(`${fileOf(into, 'auth')}-wal`, 'what was left of a crash')
    const { movedTo } = await restore({ from: kept, dataDir: into, force: true, unverified: false })
    expect(existsSync(`${fileOf(into, 'auth')}-wal`)).toBe(false)
    expect(movedTo).not.toBeNull()
    expect((await auditData(into)).clean).toBe(true)
  })

  test('refuses a system that runs, even by force, and changes nothing', async () => {
    const into = fresh('live')
    const shop = await openShop(into)
    const before = filesIn(into)
    for (const force of [false, true]) {
      const refused = restore({ from: kept, dataDir: into, force, unverified: false })
      await expect(refused).rejects.toThrow(/pedidos\.db is in use: stop pedidos/)
    }
    expect(filesIn(into)).toEqual(before)
    await shop.cliente()
    await shop.close()
  })

  test('refuses while another process has a single file open', async () => {
    const into = fresh('held')
    await restore({ from: kept, dataDir: into, ...plain })
    const program = `import { Database } from 'bun:sqlite'
      const client = new Database(${JSON.stringify(fileOf(into, 'auth'))}, { readwrite: true })
      client.run('PRAGMA journal_mode = WAL')
      client.query('SELECT count(*) FROM usuarios').get()
      console.log('open')
      setInterval(() => client, 1000)`
    const holder = Bun.spawn([process.execPath, '-e', program], { stdout: 'pipe' })
    await holder.stdout.getReader().read()
    const forced = { force: true, unverified: false }
    const refused = restore({ from: kept, dataDir: into, ...forced })
    await expect(refused).rejects.toThrow(/auth\.db is in use/)
    holder.kill('SIGKILL')
    await holder.exited
    await restore({ from: kept, dataDir: into, ...forced })
  })

  test('lets no service start while it is at work', async () => {
    const into = fresh('busy')
    const own = () => ownDatabase(fileOf(into, 'inventario'), 0)
    const couldStart: string[] = []
    let steps = 0
    const step = (name: string) => {
      steps++
      if (own()) couldStart.push(name)
    }
    await restore({ from: kept, dataDir: into, ...plain, step })
    expect([couldStart, steps > 6]).toEqual([[], true])
    expect(own()).toBeDefined()
  })

  const spoilt: readonly [string, (copy: string) => void, RegExp][] = [
    [
      'a changed file',
      (copy) => appendFileSync(join(copy, 'auth.db'), 'x'),
      /auth\.db is not what/,
    ],
    [
      'a missing file',
      (copy) => unlinkSync(join(copy, 'productos.db')),
      /productos\.db is missing/,
    ],
    ['no manifest', (copy) => unlinkSync(join(copy, manifestName)), /is not a backup/],
    [
      'a broken manifest',
      (copy) => writeFileSync(join(copy, manifestName), '{'),
      /not the manifest/,
    ],
    [
      'a manifest that names a file outside',
      (copy) => {
        const file = join(copy, manifestName)
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace('claves/2026-01.json', '../mine.json'),
        )
      },
      /not the manifest/,
    ],
    [
      'a manifest without one that every shop has',
      (copy) => {
        const file = join(copy, manifestName)
        const manifest = JSON.parse(readFileSync(file, 'utf8'))
        manifest.files = manifest.files.filter(({ path }: { path: string }) => path !== 'auth.db')
        writeFileSync(file, JSON.stringify(manifest))
      },
      /lacks auth\.db/,
    ],
  ]
  for (const [what, damage, told] of spoilt) {
    test(`refuses ${what}, and puts nothing in place`, async () => {
      const from = copyOfBackup()
      damage(from)
      const into = fresh('refused')
      const refused = restore({ from, dataDir: into, ...plain })
      await expect(refused).rejects.toThrow(told)
      expect(existsSync(into) ? filesIn(into) : []).toEqual([])
    })
  }

  test('of a shop without payments puts an empty database where another had some', async () => {
    const from = copyOfBackup()
    const file = join(from, manifestName)
    const manifest = JSON.parse(readFileSync(file, 'utf8'))
    manifest.files = manifest.files.filter(({ path }: { path: string }) => path !== 'pagos.db')
    writeFileSync(file, JSON.stringify(manifest))
    unlinkSync(join(from, 'pagos.db'))
    expect((await auditData(from)).clean).toBe(true)
    writeFileSync(join(from, 'pagos.db-kept'), '')
    // It was there, and is lost.
    await expect(auditData(from)).rejects.toThrow(/There is no database .*pagos\.db/)
    unlinkSync(join(from, 'pagos.db-kept'))
    const into = fresh('without')
    await restore({ from, dataDir: into, ...plain })
    expect(filesIn(into)).toEqual(all)
    const pagos = new Database(join(into, 'pagos.db'), { readonly: true })
    expect(pagos.query('SELECT count(*) FROM metodos_pago').values()).toEqual([[0]])
    pagos.close()
  })

  test('takes files without a manifest when told to', async () => {
    const from = copyOfBackup()
    unlinkSync(join(from, manifestName))
    const into = fresh('streamed')
    const done = await restore({ from, dataDir: into, force: false, unverified: true })
    expect(done.takenAt).toBeNull()
    expect(filesIn(into)).toEqual(all)
  })
})
