import { change, rows } from '@encargo/storage/testing'
import { afterAll, describe, expect, test } from 'bun:test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { encodeCursor } from '@encargo/service-kit/http/pagination'
import { backupDatabase } from '@encargo/storage'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { auditData } from '../audit/audit.ts'
import { fileOf, type Service, services } from '../audit/databases.ts'
import { openShop, type Shop, temporaryFolder } from '../audit/test-shop.ts'
import { restore } from './restore.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const { folder, remove } = temporaryFolder('moments')
afterAll(remove)

let count = 0

/** A shop, and copies of its files at whatever moments the test likes. */
async function begin() {
  count++
  const shop = await openShop(join(folder, `shop-${count}`))
  const copies = join(folder, `copies-${count}`)
  mkdirSync(copies)
  const copy = async (...which: Service[]) => {
    for (const service of which) {
      await backupDatabase(fileOf(shop.dataDir, service), fileOf(copies, service))
    }
  }
  return { shop, copies, copy }
}

/** Restores the copies, runs the drivers as minutes pass, and audits what has become of them. */
async function restoreAndDrive(shop: Shop, copies: string) {
  const { clock } = shop
  const dataDir = join(folder, `restored-${count}`)
  await shop.close()
  const now = clock.now
  const { reconciled } = await restore({
    from: copies,
    dataDir,
    force: false,
    unverified: true,
    now,
  })
  const restored = await openShop(dataDir, clock)
  const { pedidos } = restored.stores
  const [ultimo] = await rows(pedidos, 'SELECT coalesce(max(numero), 0) AS numero FROM pedidos')
  // It goes on selling: what was reserved before must then have its order.
  const productoId = await restored.producto(1)
  await restored.comprar(await restored.cliente(), [{ productoId, cantidad: 1 }])
  for (let minute = 0; minute < 5; minute++) {
    clock.advance(61_000)
    await restored.tick()
  }
  const report = await auditData(dataDir, { now: clock.ms, wait: () => Promise.resolve() })
  const orders = await rows(
    pedidos,
    `SELECT numero, estado FROM pedidos WHERE numero <= ${ultimo?.['numero']} ORDER BY numero`,
  )
  const states = orders.map((row) => Object.values(row))
  const money = await rows<{ saldo: number }>(pedidos, 'SELECT saldo FROM pedido_cobranza')
  const saldos = money.map(({ saldo }) => saldo)
  await restored.close()
  const lines = report.discrepancies.map(({ subject, what }) => `${subject}: ${what}`)
  return { reconciled, lines, waiting: report.waiting, states, saldos }
}

const others = ['productos', 'auth'] as const

describe('files that were copied at different moments', () => {
  test('with an order from after the copy of pedidos: its reservation is swept', async () => {
    const { shop, copies, copy } = await begin()
    const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
    await copy('pedidos')
    await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }])
    await copy('inventario', ...others)
    const { lines, waiting, states } = await restoreAndDrive(shop, copies)
    expect([lines, waiting, states]).toEqual([[], [], []])
  })

  for (const estado of ['Completado', 'Cancelado'] as const) {
    test(`with an order that became ${estado} after the copy of pedidos: it becomes so again`, async () => {
      const { shop, copies, copy } = await begin()
      const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
      const { id } = await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }])
      await copy('pedidos')
      await shop.terminar(id, estado)
      await copy('inventario', ...others)
      const { lines, waiting, states, reconciled } = await restoreAndDrive(shop, copies)
      expect([lines, waiting, states]).toEqual([[], [], [[1, estado]]])
      expect(reconciled.completar + reconciled.cancelar).toBe(1)
    })

    test(`with an order that became ${estado} after the copy of inventario: inventario follows`, async () => {
      const { shop, copies, copy } = await begin()
      const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
      const { id } = await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }])
      await copy('inventario')
      await shop.terminar(id, estado)
      await copy('pedidos', ...others)
      const { lines, waiting, states } = await restoreAndDrive(shop, copies)
      expect([lines, waiting, states]).toEqual([[], [], [[1, estado]]])
    })
  }

  test('with an order that ended before where the sweep of pedidos has come: it is looked at anew', async () => {
    const { shop, copies, copy } = await begin()
    const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
    const { id } = await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }])
    await copy('inventario')
    await shop.terminar(id, 'Completado')
    const { pedidos } = shop.stores
    const beyond = encodeCursor([shop.clock.ms() + 1_000, Bun.randomUUIDv7()])
    await change(pedidos, `INSERT INTO marcas VALUES ('barrido', '${beyond}')`)
    await copy('pedidos', ...others)
    const { lines, states } = await restoreAndDrive(shop, copies)
    expect([lines, states]).toEqual([[], [[1, 'Completado']]])
  })

  test('with an order whose reservation is from after the copy of inventario: it is cancelled', async () => {
    const { shop, copies, copy } = await begin()
    const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
    await copy('inventario')
    await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }])
    await copy('pedidos', ...others)
    const { lines, waiting, states } = await restoreAndDrive(shop, copies)
    expect([lines, waiting, states]).toEqual([[], [], [[1, 'Cancelado']]])
  })

  test('with a sale from after the copy of pedidos: the audit names it', async () => {
    const { shop, copies, copy } = await begin()
    const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
    await copy('pedidos')
    const { id } = await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }], { completar: true })
    await copy('inventario', ...others)
    const { lines } = await restoreAndDrive(shop, copies)
    expect(lines).toEqual([`reservation ${id}: stock has left for an order that is not there`])
  })

  test('with a sale from after the copy of inventario: the audit names it', async () => {
    const { shop, copies, copy } = await begin()
    const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
    await copy('inventario')
    const { id } = await shop.comprar(ana, [{ productoId: cafe, cantidad: 3 }], { completar: true })
    await copy('pedidos', ...others)
    const { lines } = await restoreAndDrive(shop, copies)
    expect(lines).toEqual([`order 1 (${id}): Completado, but nothing was ever reserved for it`])
  })
})

test('money from after the copy of pedidos is told of again, and what both know is not', async () => {
  const { shop, copies, copy } = await begin()
  const [ana, cafe] = [await shop.cliente(), await shop.producto(10)]
  const lineas = [{ productoId: cafe, cantidad: 1 }]
  const [una, otra] = [await shop.comprar(ana, lineas), await shop.comprar(ana, lineas)]
  await shop.pagar(una.id)
  await copy('pedidos')
  await shop.pagar(otra.id)
  await copy('pagos', 'inventario', ...others)
  const { lines, states, saldos, reconciled } = await restoreAndDrive(shop, copies)
  expect([lines, reconciled.contar, saldos]).toEqual([[], 1, [0, 0]])
  expect(states.map(([, estado]) => estado)).toEqual(['Pendiente', 'Pendiente'])
})

/** One customer who buys, completes and cancels at random until told to stop. */
async function keepBuying(
  shop: Shop,
  productos: readonly string[],
  random: () => number,
  stopped: () => boolean,
) {
  const cliente = await shop.cliente()
  while (!stopped()) {
    const lineas = productos
      .filter(() => random() < 0.7)
      .map((productoId) => ({ productoId, cantidad: 1 + Math.floor(random() * 3) }))
    if (lineas.length > 0) {
      const { id } = await shop.comprar(cliente, lineas)
      const fate = random()
      if (fate < 0.8) await shop.terminar(id, fate < 0.5 ? 'Completado' : 'Cancelado')
    }
    await new Promise(setImmediate)
  }
}

test('files copied under load, in any order, mend or are named line by line', async () => {
  console.log(`moments: FUZZ_SEED=${seed}`)
  const random = createRandom(seed)
  for (let round = 0; round < 4; round++) {
    const { shop, copies, copy } = await begin()
    const productos = [await shop.producto(1_000_000), await shop.producto(1_000_000)]
    let stop = false
    const buyers = Array.from({ length: 4 }, () => keepBuying(shop, productos, random, () => stop))
    const order = [...services].sort(() => random() - 0.5)
    for (const service of order) await copy(service)
    stop = true
    await Promise.all(buyers)
    const { lines, waiting } = await restoreAndDrive(shop, copies)
    const named =
      /stock has left for an order that is not there|Completado, but nothing was ever reserved for it/
    expect({ seed, order, unforeseen: lines.filter((line) => !named.test(line)), waiting }).toEqual(
      {
        seed,
        order,
        unforeseen: [],
        waiting: [],
      },
    )
  }
}, 60_000)
