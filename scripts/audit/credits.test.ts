import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { auditData } from './audit.ts'
import type { Service } from './databases.ts'
import { copyShop, openShop, temporaryFolder } from './test-shop.ts'
import { spoil } from './test-spoil.ts'

const { folder, remove } = temporaryFolder('credits')
afterAll(remove)
const original = join(folder, 'original')
let sold: { readonly id: string; readonly taza: string }
const now = Date.now() + 3_600_000

beforeAll(async () => {
  const shop = await openShop(original)
  const [cafe, taza] = [await shop.producto(10), await shop.producto(10)]
  const lineas = [
    { productoId: cafe, cantidad: 2 },
    { productoId: taza, cantidad: 1 },
  ]
  const ana = await shop.cliente()
  const { id } = await shop.comprar(ana, lineas)
  await shop.terminar(id, 'Completado')
  await shop.anular(id)
  const otro = await shop.comprar(ana, lineas)
  await shop.terminar(otro.id, 'Completado')
  await shop.follow()
  await shop.close()
  sold = { id, taza }
})

async function audit(spoiled?: readonly [Service, string]) {
  const dataDir = join(folder, Bun.randomUUIDv7())
  mkdirSync(dataDir)
  copyShop(original, dataDir)
  if (spoiled) spoil(dataDir, ...spoiled)
  return await auditData(dataDir, { now: () => now, wait: () => Promise.resolve() })
}

const owe = () =>
  `INSERT INTO obligaciones VALUES ('reponer', '${sold.id}', '{}', 0, 0, NULL, 0, NULL)`

const spoilings: readonly (readonly [string, Service, () => string, RegExp])[] = [
  [
    'less is owed back than was taken in',
    'pedidos',
    () => 'UPDATE abonos SET importe = importe - 1',
    /owes back 1499, 0 of it tax, of 1500 with 0/,
  ],
  [
    'nothing is owed back',
    'pedidos',
    () => 'DELETE FROM abonos',
    /was voided, and nothing is owed back[^]*its units came back as .*, which nobody owed/,
  ],
  [
    'its history does not know',
    'pedidos',
    () => 'DELETE FROM pedido_eventos WHERE tipo IS NOT NULL',
    /its history says 0 times that it was voided/,
  ],
  [
    'its units did not come back',
    'inventario',
    () => `DELETE FROM movimientos WHERE tipo = 'DEVOLUCION'`,
    /its units neither came back nor are owed to the stock/,
  ],
  [
    'some of its units did not come back',
    'inventario',
    () => `DELETE FROM movimientos WHERE tipo = 'DEVOLUCION' AND producto_id = '${sold.taza}'`,
    /other units came back than it took/,
  ],
  [
    'more came back than was sold',
    'inventario',
    () => `UPDATE movimientos SET cantidad = 3 WHERE tipo = 'DEVOLUCION'`,
    /3 came back of 1 that were sold/,
  ],
  [
    'units are owed to the stock of an order that stands',
    'pedidos',
    () => `${owe().replace(sold.id, 'nobody')}`,
    /its units are to be put back, but it was never voided/,
  ],
]

describe('of a sale that was voided the audit says', () => {
  test('nothing while it is owed back and its units are there, or are still owed', async () => {
    const { discrepancies, invariants, waiting } = await audit()
    expect([discrepancies, waiting]).toEqual([[], []])
    expect(invariants.find(({ id }) => id === 'credits')?.checked).toBe(1)
    const owed = await audit(['pedidos', owe()])
    expect(owed.discrepancies).toEqual([])
    expect(owed.waiting).toMatchObject([{ reason: 'units of a voided order to be put back' }])
  })

  test.each(spoilings)('when %s', async (_what, service, sql, told) => {
    const { discrepancies } = await audit([service, sql()])
    expect(discrepancies.map(({ what }) => what).join('\n')).toMatch(told)
  })
})
