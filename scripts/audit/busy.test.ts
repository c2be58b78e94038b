import { change } from '@encargo/storage/testing'
import { afterAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { root } from '../lib/install.ts'
import { auditData } from './audit.ts'
import type { AuditReport } from './report.ts'
import { openShop, type Shop, temporaryFolder } from './test-shop.ts'

const { folder, remove } = temporaryFolder('busy')
afterAll(remove)
const noWait = () => Promise.resolve()

async function buy(shop: Shop, producto: string, turn: number): Promise<void> {
  const cliente = await shop.cliente()
  const lineas = [{ productoId: producto, cantidad: 1 + (turn % 3) }]
  const { id } = await shop.comprar(cliente, lineas, {
    clave: `turn ${turn}`,
    completar: turn % 4 === 0,
  })
  if (turn % 4 === 1) await shop.terminar(id, 'Completado')
  if (turn % 4 === 2) await shop.terminar(id, 'Cancelado')
}

/** The audit as people run it: in a process of its own, beside the one that sells. */
async function auditBeside(dataDir: string): Promise<{ code: number; report: AuditReport }> {
  const command = [process.execPath, join(root, 'scripts', 'audit.ts'), '--data', dataDir, '--json']
  const child = Bun.spawn(command, { stdout: 'pipe', stderr: 'inherit' })
  const report: AuditReport = JSON.parse(await new Response(child.stdout).text())
  return { code: await child.exited, report }
}

test('a shop that sells while it is audited is clean, time after time', async () => {
  const shop = await openShop(join(folder, 'selling'))
  const cafe = await shop.producto(1_000_000)
  const state = { stop: false, turn: 0 }
  const sell = async () => {
    while (!state.stop) {
      await buy(shop, cafe, state.turn++)
      await new Promise(setImmediate)
    }
  }
  const sellers = Array.from({ length: 6 }, sell)
  const audits = []
  for (let round = 0; round < 4; round++) audits.push(await auditBeside(shop.dataDir))
  state.stop = true
  await Promise.all(sellers)
  await shop.close()
  expect(audits.flatMap(({ report }) => report.discrepancies)).toEqual([])
  expect(audits.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  const checked = audits.map(
    ({ report }) => report.invariants.find(({ id }) => id === 'orders')?.checked ?? 0,
  )
  expect(checked.at(-1)).toBeGreaterThan(checked[0] ?? Number.NaN)
})

test('what waits for a peer, or for the driver, is told apart from what is wrong', async () => {
  const shop = await openShop(join(folder, 'waiting'))
  const { clock, away } = shop
  const cafe = await shop.producto(100)
  const ana = await shop.cliente()
  const orders = []
  for (let n = 0; n < 3; n++) {
    orders.push(await shop.comprar(ana, [{ productoId: cafe, cantidad: 1 }]))
  }
  away(true)
  const [first, second] = orders
  await shop.terminar(first?.id ?? '', 'Completado').catch(() => {})
  await shop.terminar(second?.id ?? '', 'Cancelado').catch(() => {})
  clock.advance(86_400_000 + 1_000)
  const waiting = await auditData(shop.dataDir, { now: clock.ms, wait: noWait })
  expect(waiting.discrepancies).toEqual([])
  expect(waiting.waiting.map(({ reason, count }) => `${count} x ${reason}`)).toEqual([
    '1 x an order that is to be completed',
    '1 x an order that is to be cancelled',
    '1 x an order that ran out, to be cancelled',
  ])
  away(false)
  // The circuit opened on the outage; its wait is on the real clock, so another process goes on.
  await shop.close()
  const again = await openShop(shop.dataDir, clock)
  await again.tick()
  await again.tick()
  const settled = await auditData(shop.dataDir, { now: clock.ms, wait: noWait })
  expect([settled.discrepancies, settled.waiting]).toEqual([[], []])
  await again.close()
})

test('what a driver mends while the audit looks again is not wrong', async () => {
  const shop = await openShop(join(folder, 'mending'))
  const { clock } = shop
  const cafe = await shop.producto(100)
  const { inventario } = shop.stores
  // pedidos and inventario meet before there is anything to be mistaken about.
  await shop.tick()
  clock.advance(61_000)
  const now = clock.ms()
  // A shop that goes on: what was reserved before must have its order.
  await shop.comprar(await shop.cliente(), [{ productoId: cafe, cantidad: 1 }])
  await change(
    inventario,
    `INSERT INTO reservas VALUES
       (NULL, '${Bun.randomUUIDv7()}', 'activa', ${now + 86_400_000}, ${now - 3_600_000}, NULL, NULL);
     INSERT INTO reserva_lineas VALUES (last_insert_rowid(), '${cafe}', 2);
     UPDATE existencias SET reservado = reservado + 2`,
  )
  const looks: number[] = []
  const report = await auditData(shop.dataDir, {
    now: clock.ms,
    wait: async (ms) => {
      looks.push(ms)
      clock.advance(61_000)
      await shop.tick()
    },
  })
  expect(looks.length).toBeGreaterThan(0)
  expect([report.discrepancies, report.clean]).toEqual([[], true])
  await shop.close()
})
