import { afterAll, describe, expect, test } from 'bun:test'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { auditData } from '../../scripts/audit/audit.ts'
import { services } from '../../scripts/audit/databases.ts'
import { openShop, temporaryFolder } from '../../scripts/audit/test-shop.ts'

const { folder, remove } = temporaryFolder('kept')
afterAll(remove)

const versions = readdirSync(import.meta.dir).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name))

/** The four databases of a version, in a folder of their own. */
async function unpack(version: string): Promise<string> {
  const dataDir = join(folder, version)
  mkdirSync(dataDir)
  for (const service of services) {
    const packed = await Bun.file(join(import.meta.dir, version, `${service}.db.gz`)).bytes()
    await Bun.write(join(dataDir, `${service}.db`), Bun.gunzipSync(packed))
  }
  return dataDir
}

/** The shop as its version left it, a minute later. */
async function reopen(version: string) {
  const shop = openShop(await unpack(version), createTestClock(Date.parse(`${version}T06:46:00Z`)))
  const ana = await shop.stores.auth.usuarios.credencialPorEmail('cliente@encargo.example')
  const { datos } = await shop.stores.catalogo.buscar({
    palabras: ['tazas'],
    categoria: null,
    precioMin: null,
    precioMax: null,
    orden: 'relevancia',
    activo: true,
    limite: 20,
    cursor: null,
  })
  const stock = await Promise.all(
    datos.map(async ({ id }) => ({ id, ...(await shop.inventario.store.existencia(id)) })),
  )
  const taza = stock.find(({ fisico = 0, reservado = 0 }) => fisico > reservado)
  if (!ana || !taza) throw new Error('the demo shop has a customer, and cups')
  const rounds = async () => {
    for (let round = 0; round < 5; round++) {
      shop.clock.advance(5_000)
      await shop.tick()
    }
    await shop.follow()
  }
  const states = () =>
    shop.stores.pedidos.client
      .query('SELECT numero, estado FROM pedidos WHERE numero IN (14, 15, 16) ORDER BY numero')
      .values()
  return { shop, ana, taza, rounds, states }
}

describe('the databases of a version from before', () => {
  for (const version of versions) {
    test(`of ${version} end what was begun, go on selling, and are whole`, async () => {
      const { shop, ana, taza, rounds, states } = await reopen(version)
      await rounds()
      expect(states()).toEqual([
        [14, 'Completado'],
        [15, 'Completado'],
        [16, 'Cancelado'],
      ])
      const order = await shop.comprar(ana.id, [{ productoId: taza.id, cantidad: 1 }], {
        clave: 'k',
      })
      await shop.terminar(order.id, 'Completado')
      await rounds()
      await shop.close()
      const report = await auditData(shop.dataDir, { now: () => shop.clock.ms() })
      expect([report.discrepancies, report.waiting]).toEqual([[], []])
      const sku = "products whose SKU is another one's too, in other letters"
      expect(report.notices).toEqual([`${sku}: 1 (NIÑO)`])
    })
  }

  test('are there', () => expect(versions.length).toBeGreaterThan(0))
})
