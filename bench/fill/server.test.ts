import { expect, test } from 'bun:test'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { auditShop } from '../../scripts/audit/shop.ts'
import { openShop, temporaryFolder } from '../../scripts/audit/test-shop.ts'
import { serversAt } from '../../scripts/move/test-servers.ts'
import { fillServer } from './server.ts'

describeOnPostgres('the past of a shop on a database server', () => {
  test('is there as if its services had written it', async () => {
    const { folder, remove } = temporaryFolder('fill')
    const url = await testDatabase()
    const servers = serversAt(url)
    try {
      const shop = await openShop(folder, undefined, { DATABASE_URL: url })
      const customers = [await shop.cliente(), await shop.cliente()]
      const id = await shop.producto(100_000)
      await shop.close()
      const goods = { id, sku: `SKU-${id}`, nombre: 'Café de altura', precio: 500 }
      const past = { count: 500, products: [goods], customers, now: shop.clock.ms() }
      await fillServer(servers, past, () => {})
      const again = await openShop(folder, shop.clock, { DATABASE_URL: url })
      await again.follow()
      await again.close()
      const noWait = { wait: () => Promise.resolve() }
      const report = await auditShop({ dataDir: folder, servers }, noWait)
      expect(report.discrepancies).toEqual([])
      expect(report.invariants.find(({ id: one }) => one === 'orders')?.checked).toBe(500)
    } finally {
      await dropDatabase(url)
      remove()
    }
  })
})
