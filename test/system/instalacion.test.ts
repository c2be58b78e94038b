import { change, rows } from '@encargo/storage/testing'
import { afterAll, afterEach, beforeEach, describe, expect, spyOn, test } from 'bun:test'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PeerMisfitError } from '@encargo/service-kit/peer/peer-fit'
import { auditData } from '../../scripts/audit/audit.ts'
import { fileOf, type Service } from '../../scripts/audit/databases.ts'
import { openShop, type Shop, temporaryFolder } from '../../scripts/audit/test-shop.ts'
import { backup } from '../../scripts/backup/backup.ts'
import { restore } from '../../scripts/backup/restore.ts'
import { runInstallation } from '../../scripts/installation/command.ts'

const { folder, remove } = temporaryFolder('instalacion')
afterAll(remove)
let count = 0
/** What the command says. */
const said: string[] = []
const spies = [spyOn(console, 'log'), spyOn(console, 'error')]
beforeEach(() => {
  for (const spy of spies) spy.mockImplementation((line: string) => void said.push(line))
})
afterEach(() => {
  said.length = 0
})
afterAll(() => {
  for (const spy of spies) spy.mockRestore()
})
const fresh = () => join(folder, `data-${++count}`)

const vendidas = 15

/** A shop with open orders, closed. */
async function abiertos(dataDir = fresh()) {
  const shop = await openShop(dataDir)
  const [ana, cafe] = [await shop.cliente(), await shop.producto(100)]
  await shop.tick()
  const lineas = [{ productoId: cafe, cantidad: 1 }]
  for (let n = 0; n < vendidas; n++) await shop.comprar(ana, lineas)
  const { clock } = shop
  await shop.close()
  return { dataDir, ana, cafe, lineas, clock }
}

function lose(dataDir: string, service: Service): void {
  for (const ending of ['', '-wal', '-shm', '-kept']) {
    rmSync(`${fileOf(dataDir, service)}${ending}`, { force: true })
  }
}

/** So many minutes, each with its rounds. */
async function minutes(shop: Shop, many: number) {
  for (let minute = 0; minute < many; minute++) {
    shop.clock.advance(61_000)
    await shop.tick()
  }
}

const reserved = async ({ inventario }: Shop, id: string) =>
  (await inventario.store.existencia(id))?.reservado
const refusal = (work: Promise<unknown>) =>
  work.then(() => undefined).catch((error: unknown) => error)
const run = (dataDir: string, shop: Pick<Shop, 'clock'>, action: string) =>
  runInstallation([action, '--data', dataDir], {}, shop.clock.ms())

describe('a pedidos with an empty database beside stock with a past', () => {
  test('lets go of nothing, sells nothing, and says why', async () => {
    const { dataDir, ana, cafe, lineas, clock } = await abiertos()
    lose(dataDir, 'pedidos')
    const shop = await openShop(dataDir, clock)
    await minutes(shop, 10)
    expect(await reserved(shop, cafe)).toBe(vendidas)
    expect(shop.impedimentos()).toEqual([expect.stringContaining('otra instalación')])
    expect(await refusal(shop.comprar(ana, lineas))).toBeInstanceOf(PeerMisfitError)
    expect(await reserved(shop, cafe)).toBe(vendidas)
    expect(await rows(shop.stores.pedidos, 'SELECT * FROM descartes')).toEqual([])
    await shop.close()
  })

  test('takes the stock over when told, asks before it lets go, and does when told', async () => {
    const { dataDir, ana, cafe, lineas, clock } = await abiertos()
    lose(dataDir, 'pedidos')
    const shop = await openShop(dataDir, clock)
    await minutes(shop, 2)
    expect(await run(dataDir, shop, 'adopt')).toBe(0)
    await minutes(shop, 5)
    expect(shop.impedimentos()).toEqual([])
    await shop.comprar(ana, lineas)
    expect(await reserved(shop, cafe)).toBe(vendidas + 1)
    await minutes(shop, 4)
    expect(shop.casos.driver.espera.sinPedido).toBe(vendidas)
    expect(await run(dataDir, shop, 'release')).toBe(0)
    await minutes(shop, 4)
    expect(await reserved(shop, cafe)).toBe(1)
    await shop.follow()
    await shop.close()
    expect((await auditData(dataDir, { now: clock.ms })).clean).toBe(true)
  })
})

describe('an empty inventario beside orders', () => {
  test('cancels none of them, and says why', async () => {
    const { dataDir, clock } = await abiertos()
    lose(dataDir, 'inventario')
    const shop = await openShop(dataDir, clock)
    const [order] = await rows(shop.stores.pedidos, 'SELECT id FROM pedidos')
    const id = String(order?.['id'])
    expect(await refusal(shop.terminar(id, 'Completado'))).toBeInstanceOf(Error)
    await minutes(shop, 10)
    expect(shop.impedimentos()).toEqual([expect.stringContaining('otra instalación')])
    const states = await rows(shop.stores.pedidos, 'SELECT DISTINCT estado FROM pedidos')
    expect(states).toEqual([{ estado: 'Pendiente' }])
    await shop.close()
  })

  test('that was exchanged while pedidos ran is refused as well', async () => {
    const { dataDir, clock, ana, lineas } = await abiertos()
    const shop = await openShop(dataDir, clock)
    await shop.comprar(ana, lineas)
    const { inventario } = shop.stores
    await change(inventario, `UPDATE instalacion SET pedidos = '${crypto.randomUUID()}'`)
    // The process that has it open knows it from before; another one would not.
    const other = await openShop(dataDir, clock)
    expect(await refusal(other.comprar(ana, lineas))).toBeInstanceOf(PeerMisfitError)
    await other.close()
    await shop.close()
  })
})

describe('databases from before installations', () => {
  test('find each other, whoever comes first', async () => {
    const { dataDir, clock, ana, lineas } = await abiertos()
    const before = await openShop(dataDir, clock)
    await change(before.stores.inventario, 'DELETE FROM instalacion')
    await before.close()
    // Another shop's pedidos comes first, then one that is empty.
    const { dataDir: strange } = await abiertos()
    for (const lost of [false, true]) {
      const mixed = fresh()
      cpSync(dataDir, mixed, { recursive: true })
      lose(mixed, 'pedidos')
      if (!lost) cpSync(fileOf(strange, 'pedidos'), fileOf(mixed, 'pedidos'))
      const wrong = await openShop(mixed, clock)
      await minutes(wrong, 3)
      expect(wrong.impedimentos()).toHaveLength(1)
      await wrong.close()
    }
    const own = await openShop(dataDir, clock)
    await own.comprar(ana, lineas)
    expect(own.impedimentos()).toEqual([])
    await own.close()
  })
})

describe('a restored backup', () => {
  test('is an installation of its own, whose parts agree', async () => {
    const { dataDir, clock, ana, lineas } = await abiertos()
    const kept = fresh()
    await backup({ dataDir, into: kept, version: 'test', now: clock.now })
    const restored = fresh()
    const from = { from: kept, force: false, unverified: false, now: clock.now }
    await restore({ ...from, dataDir: restored })
    const shop = await openShop(restored, clock)
    await minutes(shop, 4)
    await shop.comprar(ana, lineas)
    expect(shop.impedimentos()).toEqual([])
    await shop.close()
    // As in containers, when only one of the files came to its place, or a copy meets the original.
    for (const service of ['pedidos', 'inventario'] as const) {
      const mixed = fresh()
      cpSync(dataDir, mixed, { recursive: true })
      lose(mixed, service)
      cpSync(fileOf(restored, service), fileOf(mixed, service))
      const half = await openShop(mixed, clock)
      await minutes(half, 4)
      expect(half.impedimentos()).toHaveLength(1)
      await half.close()
    }
  })
})

test('a restore with an inventario that knows nothing of the orders cancels them only when told', async () => {
  const { dataDir, clock } = await abiertos()
  const empty = fresh()
  await (await openShop(empty)).close()
  lose(dataDir, 'inventario')
  cpSync(fileOf(empty, 'inventario'), fileOf(dataDir, 'inventario'))
  const restored = fresh()
  const options = {
    from: dataDir,
    dataDir: restored,
    force: false,
    unverified: true,
    now: clock.now,
  }
  await expect(restore(options)).rejects.toThrow(
    'Of 15 open orders in pedidos.db, 15 are unknown to inventario.db',
  )
  expect(existsSync(fileOf(restored, 'pedidos'))).toBe(false)
  const { reconciled } = await restore({ ...options, cancelUnknown: true })
  expect(reconciled).toEqual({ completar: 0, cancelar: vendidas, contar: 0 })
})

test('the command says what it was asked, and refuses what it does not know', async () => {
  const { dataDir, clock } = await abiertos()
  expect(await runInstallation(['--data', dataDir], {})).toBe(0)
  expect(await run(dataDir, { clock }, 'free')).toBe(1)
  expect(await runInstallation(['--data', join(folder, 'nowhere')], {})).toBe(1)
  expect(await runInstallation(['--help'], {})).toBe(0)
  expect(said).toEqual([
    expect.stringMatching(
      /stock is for it\.\n15 active reservations, 0 of them without an order\.$/,
    ),
    'installation takes adopt, release or nothing; --help says more.',
    expect.stringContaining('There is no database'),
    expect.stringContaining('Usage: bun run installation'),
  ])
})
