import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { type Environment, serviceNames } from '@encargo/service-kit/run/config'
import { serviceDataDir } from '@encargo/service-kit/run/service-data-dir'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { ownDatabase, statement } from '@encargo/storage'
import { firstDifference } from '@encargo/storage/copy'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { openAuthPostgres } from '../../apps/auth/src/store/postgres/open.ts'
import { openInventarioPostgres } from '../../apps/inventario/src/store/postgres/open.ts'
import { openPagosPostgres } from '../../apps/pagos/src/store/postgres/open.ts'
import { openPedidosPostgres } from '../../apps/pedidos/src/store/postgres/open.ts'
import { openProductosPostgres } from '../../apps/productos/src/store/postgres/open.ts'
import { addKey, folderKeys, keyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { fileOf } from '../audit/databases.ts'
import { auditShop } from '../audit/shop.ts'
import { copyShop, type Filled, fillShop, openShop, temporaryFolder } from '../audit/test-shop.ts'
import { seedDemo } from '../demo/seed.ts'
import { patientClient } from '../lib/client.ts'
import { admin } from '../../test/system/harness.ts'
import { origins, startInOneProcess } from '../../test/system/one-process.ts'
import { cancelMove, moveToFolder, moveToServer } from './move.ts'
import { copied } from './services.ts'
import { serversAt } from './test-servers.ts'

const openers = {
  auth: openAuthPostgres,
  productos: openProductosPostgres,
  inventario: openInventarioPostgres,
  pedidos: openPedidosPostgres,
  pagos: openPagosPostgres,
}

/** A table of each that a shop has rows in. */
const anyRow = {
  auth: statement<{ n: number }, []>('SELECT 1 AS n FROM usuarios LIMIT 1'),
  productos: statement<{ n: number }, []>('SELECT 1 AS n FROM productos LIMIT 1'),
  inventario: statement<{ n: number }, []>('SELECT 1 AS n FROM reservas LIMIT 1'),
  pedidos: statement<{ n: number }, []>('SELECT 1 AS n FROM pedidos LIMIT 1'),
  pagos: statement<{ n: number }, []>('SELECT 1 AS n FROM metodos_pago LIMIT 1'),
}

/** The services that would start on the server and have their part of the shop, and what others say. */
async function startAt(url: string) {
  const found = { serving: [] as string[], refusals: [] as string[] }
  for (const service of serviceNames) {
    try {
      const opened = await openers[service](url)
      if (await opened.ask(anyRow[service].get())) found.serving.push(service)
      await opened.close()
    } catch (error) {
      found.refusals.push(String(error))
    }
  }
  return found
}
const refusalsAt = async (url: string) => (await startAt(url)).refusals

/** Whether they would start on the folder, with the shop in it. */
function startsIn(dataDir: string): boolean {
  try {
    return existsSync(fileOf(serviceDataDir(dataDir), 'pedidos'))
  } catch {
    return false
  }
}

const keysOf = async (folder: string) =>
  (await folderKeys(folder, () => '').read()).map(({ key, signsFrom }) => [key.kid, signsFrom])

async function killAt(step: number, direction: string, dataDir: string, url: string) {
  const script = join(import.meta.dir, 'killed.ts')
  const command = [process.execPath, script, direction, dataDir, url, String(step)]
  const child = Bun.spawn(command, { stdout: 'pipe', stderr: 'inherit' })
  return (await new Response(child.stdout).text()).trim()
}

/** The shop of `bun run dev`, with all that it shows: pictures, a face, orders in every state. */
async function demoIn(dataDir: string): Promise<void> {
  const shop = await startInOneProcess({}, dataDir)
  const newClient = () => patientClient(origins, { fetch: shop.fetch, sleep: Bun.sleep })
  await seedDemo({ newClient, admin, report: () => {} })
  await shop.stop()
}

const expectSame = (original: string, dataDir: string) => {
  for (const service of serviceNames) {
    const [one, other] = [fileOf(original, service), fileOf(dataDir, service)]
    const table = firstDifference(one, other, copied[service].ignored)
    expect([service, table]).toEqual([service, undefined])
  }
}

describeOnPostgres('a shop that is moved', () => {
  const { folder, remove } = temporaryFolder('move')
  const before = join(folder, 'before')
  const databases: string[] = []
  const database = async () => {
    const made = await testDatabase()
    databases.push(made)
    return made
  }
  let filled: Filled
  beforeAll(async () => {
    filled = await fillShop(before)
  })
  afterAll(async () => {
    for (const one of databases) await dropDatabase(one)
    remove()
  })
  const shopIn = (name: string) => {
    const dataDir = join(folder, name)
    mkdirSync(dataDir)
    copyShop(before, dataDir)
    return dataDir
  }
  const plain = { force: false }

  /** Sells one in a shop that is opened for it; answers the order's number. */
  const sold = async (folder: string, more: Environment, clave: string) => {
    const shop = await openShop(folder, createTestClock(filled.clock.ms()), more)
    try {
      const linea = { productoId: filled.cafe, cantidad: 1 }
      const { id, numero } = await shop.comprar(filled.ana, [linea], { clave })
      await shop.terminar(id, 'Completado')
      await shop.follow()
      return numero
    } finally {
      await shop.close()
    }
  }

  test('is on the server alone, and back in a folder alone, with each row that it had', async () => {
    const dataDir = join(folder, 'there')
    await demoIn(dataDir)
    const original = join(folder, 'original')
    mkdirSync(original)
    copyShop(dataDir, original)
    await addKey(keyFolder(dataDir), 'primera', Date.now())
    const url = await database()
    const servers = serversAt(url)
    const plain = { force: false, keySecret: randomSecret() }
    const { rows } = await moveToServer({ ...plain, dataDir, servers })
    expect(rows).toBeGreaterThan(400)
    expect(() => serviceDataDir(dataDir)).toThrow(
      /^the shop in \S+there was moved to the database that \S+moved-away\.json names: set DATABASE_URL/,
    )
    expect(await refusalsAt(url)).toEqual([])
    const back = join(folder, 'back')
    await moveToFolder({ ...plain, dataDir: back, servers })
    expectSame(original, back)
    expect(startsIn(back)).toBe(true)
    expect(await keysOf(back)).toEqual(await keysOf(dataDir))
    for (const sentence of await refusalsAt(url)) {
      expect(sentence).toContain('the shop was moved away from it, to a folder')
    }
    // There it is known, and what is left on the server is no shop any more.
    const again = moveToFolder({ ...plain, dataDir: join(folder, 'twice'), servers })
    await expect(again).rejects.toThrow(`The shop was moved away from ${'postgres://'}`)
    const second = moveToServer({ ...plain, dataDir: back, servers })
    await expect(second).rejects.toThrow('The schema pedidos holds data already; with --force')
    await moveToServer({ ...plain, force: true, dataDir: back, servers })
    expect(await refusalsAt(url)).toEqual([])
  })

  test('goes on selling there, and when it is back, where it left off', async () => {
    const dataDir = shopIn('selling')
    const url = await database()
    const servers = serversAt(url)
    await moveToServer({ ...plain, dataDir, servers })
    expect(await sold(dataDir, { DATABASE_URL: url }, 'there')).toBe(5)
    const noWait = { wait: () => Promise.resolve() }
    expect((await auditShop({ dataDir, servers }, noWait)).discrepancies).toEqual([])
    const back = join(folder, 'sold')
    await moveToFolder({ ...plain, dataDir: back, servers })
    expect(await sold(back, {}, 'back')).toBe(6)
    const { discrepancies } = await auditShop({ dataDir: back, servers: undefined }, noWait)
    expect(discrepancies).toEqual([])
  })

  test('can be used in one place at most, wherever the move is killed, and arrives when it is run again', async () => {
    const seen: string[] = []
    for (const [direction, steps] of Object.entries({
      server: [4, 9, 13, 16],
      folder: [3, 5, 8],
    })) {
      const url = await database()
      const dataDir = direction === 'server' ? shopIn('killed') : join(folder, 'arrived')
      if (direction === 'folder') {
        await moveToServer({ ...plain, dataDir: shopIn('source'), servers: serversAt(url) })
      }
      for (const step of steps) {
        const name = await killAt(step, direction, dataDir, url)
        seen.push(`${direction}: ${name}`)
        const { serving } = await startAt(url)
        if (startsIn(dataDir)) expect([name, serving]).toEqual([name, []])
      }
      const move = direction === 'server' ? moveToServer : moveToFolder
      await move({ ...plain, dataDir, servers: serversAt(url) })
      expect([direction, startsIn(dataDir)]).toEqual([direction, direction === 'folder'])
      expectSame(before, dataDir)
    }
    expect(seen).toEqual([
      'server: claim productos',
      'server: fill productos',
      'server: mark the folder',
      'server: release inventario',
      'folder: verify',
      'folder: begin',
      'folder: put inventario.db',
    ])
  })

  test('goes on where it was when an interrupted move is cancelled', async () => {
    const dataDir = shopIn('cancelled')
    const url = await database()
    await killAt(6, 'server', dataDir, url)
    expect(await refusalsAt(url)).toHaveLength(serviceNames.length)
    await cancelMove(serversAt(url))
    expect(startsIn(dataDir)).toBe(true)
    expect(await refusalsAt(url)).toEqual([])
  })

  test('is not moved while it is used, nor where its audit is not clean', async () => {
    const dataDir = shopIn('used')
    const url = await database()
    const servers = serversAt(url)
    const letGo = ownDatabase(fileOf(dataDir, 'inventario'))
    const used = moveToServer({ ...plain, dataDir, servers })
    await expect(used).rejects.toThrow(
      /inventario\.db is in use: stop inventario, and then move\.$/,
    )
    letGo?.()
    const opened = await openPedidosPostgres(url)
    await opened.ask(anyRow.pedidos.get())
    const served = moveToServer({ ...plain, dataDir, servers })
    await expect(served).rejects.toThrow(
      /^pedidos is in use \(\d+ connections\): stop every replica/,
    )
    await opened.close()
    const broken = join(folder, 'broken')
    cpSync(dataDir, broken, { recursive: true })
    const sql = new SQL(`sqlite://${fileOf(broken, 'inventario')}`)
    await sql.unsafe('UPDATE existencias SET reservado = reservado + 1')
    await sql.close()
    const unclean = moveToServer({ ...plain, dataDir: broken, servers })
    await expect(unclean).rejects.toThrow(/is not clean, so it is not moved:\n/)
  })
})
