import type { Asked } from '@encargo/storage'
import { planner } from '@encargo/storage/testing/plans'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { porIdsHallados, preguntaDe } from '../src/store/busqueda.ts'
import { conocida, near } from '../src/store/palabras.ts'
import { openProductosPostgres } from '../src/store/postgres/open.ts'
import { articulos, createProductosStore } from '../src/store/store.ts'
import { porClaves } from '../src/store/surtido.ts'
import { busqueda, datosDe, importacion } from './contract/productos-store.ts'

describeOnPostgres('with 3000 products, PostgreSQL finds', () => {
  let planes: ReturnType<typeof planner>
  beforeAll(async () => {
    const url = await testDatabase()
    const storage = await openProductosPostgres(url)
    const store = createProductosStore(storage)
    const filas = Array.from({ length: 3000 }, (_, at) => {
      const { sku, ...cambios } = datosDe(at)
      return { fila: at + 2, sku, cambios, exportada: undefined }
    })
    await store.importar(importacion(filas))
    await storage.close()
    planes = planner(url, 'productos')
    await planes.run('ANALYZE')
  })
  afterAll(() => planes.close())

  const planOf = async (asked: Asked<unknown>) => (await planes.plan(asked.statement)).join('\n')

  const orders = {
    nombre: 'productos_por_nombre',
    precio: 'productos_por_precio',
    '-precio': 'productos_por_precio',
    '-creadoEn': 'productos_por_creacion',
  } as const
  for (const [orden, index] of Object.entries(orders)) {
    test(`a page by ${orden} from where the last one ended along its index`, async () => {
      for (const tras of [undefined, ['1', 1]] as const) {
        const by = orden as keyof typeof orders
        const plan = await planOf(preguntaDe(busqueda({ orden: by }), by, { tras, limite: 51 }))
        expect(plan).toContain(` using ${index} on productos`)
        expect(plan).not.toContain('Sort')
        const within = busqueda({ orden: by, categoria: 'x' })
        const planWithin = await planOf(preguntaDe(within, by, { tras, limite: 51 }))
        expect(planWithin).toContain(
          ` using ${index.replace('_por', '_categoria_por')} on productos`,
        )
        expect(planWithin).not.toContain('Sort')
      }
    })

    test(`a search by ${orden} in the full-text index`, async () => {
      const by = orden as keyof typeof orders
      const asked = preguntaDe(busqueda({ orden: by }), by, { expresion: '"nmora"', limite: 51 })
      expect(await planOf(asked)).toContain('Bitmap Index Scan on productos_fts')
    })
  }

  test('words, ids, SKUs and the lines of an order by an index, and nothing row by row', async () => {
    const plans = {
      productos_fts: conocida.get('n', 'o', '"tmora"'),
      productos_palabras_pkey: near.all('n', 'o', 1, 2),
      productos_id_unique: articulos.all('["a"]', 1),
      productos_sku_clave: porClaves.all('["a"]'),
    }
    for (const [index, asked] of Object.entries(plans)) {
      const plan = await planOf(asked)
      expect(plan).toContain(index)
      expect(plan).not.toContain('Seq Scan')
    }
    expect(await planOf(porIdsHallados(['a'], '"tmora"'))).not.toContain('Seq Scan')
  })
})
