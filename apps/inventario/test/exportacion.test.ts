import { rows } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import * as fc from 'fast-check'
import { exportar, importar } from './csv.ts'
import { checkInvariants, openWarehouse, pedido, skuDe, type Warehouse } from './fixture.ts'

const header =
  'sku,nombre,productoId,fisico,reservado,disponible,umbralMinimo,actualizadoEn,control\r\n'

describe('GET /inventario/exportacion', () => {
  test('is a file of the stock with what the catalogue calls it', async () => {
    const warehouse = await openWarehouse()
    const uno = await warehouse.producto(10, 3)
    await warehouse.reservar(pedido(), [{ productoId: uno, cantidad: 4 }])
    const answer = await exportar(warehouse)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="inventario-\d{4}-\d{2}-\d{2}\.csv"$/,
    )
    const en = new Date((await warehouse.store.existencia(uno))?.actualizadoEn ?? 0).toISOString()
    const text = await answer.text()
    expect(text.replace(/[0-9a-f-]{36}\.[0-9a-z]{18}(?=\r\n)/, '')).toBe(
      `${header}${skuDe(uno)},"Producto, ""${uno}""",${uno},10,4,6,3,${en},\r\n`,
    )
  })

  test('has all the stock, also where the catalogue knows no name', async () => {
    const warehouse = await openWarehouse()
    const productos: string[] = []
    for (let index = 0; index < 405; index++) productos.push(await warehouse.producto(index))
    warehouse.catalogo.ids.delete(productos[0] ?? '')
    const lines = (await (await exportar(warehouse)).text()).trim().split('\r\n')
    expect(lines).toHaveLength(406)
    expect(lines[1]).toStartWith(`,,${productos[0]},0,0,0,`)
    const exported = lines.slice(1).map((line) => /[0-9a-f-]{36}(?=,\d)/.exec(line)?.[0])
    expect(exported).toEqual(productos.toSorted())
  })

  test('without rows is its header, and without productos 503', async () => {
    const warehouse = await openWarehouse()
    expect(await (await exportar(warehouse)).text()).toBe(header)
    await warehouse.producto(1)
    warehouse.catalogo.go(true)
    const answer = await exportar(warehouse)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })
})

const counts = ({ storage }: Warehouse) =>
  rows(storage, 'SELECT producto_id, fisico, reservado, umbral_minimo, version FROM existencias')

test('an untouched file imports as no change, and a changed one as just that', async () => {
  const seed = fuzzSeed(process.env['FUZZ_SEED'])
  const warehouse = await openWarehouse()
  const productos: string[] = []
  for (let index = 0; index < 6; index++) productos.push(await warehouse.producto(50, index))
  const count = fc.record({
    index: fc.nat({ max: 5 }),
    fisico: fc.nat({ max: 60 }),
    cantidad: fc.integer({ min: 1, max: 10 }),
  })
  await fc.assert(
    fc.asyncProperty(count, async ({ index, fisico, cantidad }) => {
      const productoId = productos[index] ?? ''
      await warehouse.reservar(pedido(), [{ productoId, cantidad }])
      const before = await counts(warehouse)
      const text = await (await exportar(warehouse)).text()
      expect(await importar(warehouse, text)).toMatchObject({ status: 200, sinCambios: 6 })
      expect(await counts(warehouse)).toEqual(before)
      const [, reservado = 0] = await warehouse.existencia(productoId)
      const told = await importar(warehouse, `productoId;fisico\n${productoId};${fisico}\n`)
      expect(told.status).toBe(200)
      expect(await warehouse.existencia(productoId)).toEqual([
        Math.max(fisico, reservado),
        reservado,
      ])
      await checkInvariants(warehouse.storage)
    }),
    { seed, numRuns: 40 },
  )
}, 30_000)
