import { change, plan } from '@encargo/storage/testing'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { porIdsHallados, preguntaDe } from '../src/store/busqueda.ts'
import { vigentes } from '../src/store/impuestos.ts'
import { articulos, categorias, createProductosStore } from '../src/store/store.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import { porClaves } from '../src/store/surtido.ts'
import { busqueda, crearUno } from './contract/productos-store.ts'

const storage = openProductosStorage(':memory:')
const orders = ['nombre', 'precio', '-precio', '-creadoEn'] as const

beforeAll(async () => {
  const store = createProductosStore(storage)
  const indexes = Array.from({ length: 5000 }, (_, index) => index)
  for (let from = 0; from < indexes.length; from += 500) {
    await Promise.all(indexes.slice(from, from + 500).map((index) => crearUno(store, index)))
  }
})
afterAll(() => storage.close())

const planOf = (one: Parameters<typeof plan>[1]) => plan(storage, one)

describe('with 5000 products', () => {
  for (const orden of orders) {
    for (const categoria of [undefined, 'categoria 3']) {
      const within = categoria === undefined ? '' : ' within a category'
      test(`a page by ${orden}${within} reads its index from where the last one ended`, async () => {
        for (const tras of [undefined, ['a', 1]] as const) {
          const asked = preguntaDe(busqueda({ orden, categoria }), orden, {
            tras,
            limite: 51,
          })
          const steps = await planOf(asked.statement)
          expect(steps).toHaveLength(1)
          expect(steps[0]).toStartWith('SEARCH productos USING INDEX productos_')
        }
      })
    }

    test(`a search by ${orden} finds its rows in the full-text index`, async () => {
      const asked = preguntaDe(busqueda({ orden }), orden, { expresion: 'tmora', limite: 51 })
      const steps = await planOf(asked.statement)
      expect(steps.some((step) => /SCAN productos_fts VIRTUAL TABLE INDEX/.test(step))).toBe(true)
      expect(steps.filter((step) => /^SCAN productos\b(?!_fts)/.test(step))).toEqual([])
    })
  }

  test('a range of prices, ids, SKUs and the categories use an index', async () => {
    const range = busqueda({ precioMin: 10, precioMax: 20, orden: 'precio' })
    const priced = await planOf(preguntaDe(range, 'precio', { limite: 51 }).statement)
    expect(priced).toEqual([
      expect.stringContaining(
        'USING INDEX productos_por_precio (activo=? AND precio>? AND precio<?)',
      ),
    ])
    expect(await planOf(categorias)).toEqual([
      expect.stringContaining('USING COVERING INDEX productos_categorias (activo=? AND'),
    ])
    expect((await planOf(porClaves)).join()).toContain('USING INDEX productos_sku_clave')
    expect((await planOf(porIdsHallados([], 'tmora').statement)).join()).toContain(
      'USING INDEX productos_id_unique',
    )
  })

  test('the rate of a line of an order is one step in the key of the classes', async () => {
    const steps = await planOf(articulos)
    expect(steps.filter((step) => step.startsWith('SCAN') && !step.includes('json_each'))).toEqual(
      [],
    )
    const key = 'USING INDEX sqlite_autoindex_impuestos_1 (codigo=? AND desde=?)'
    expect(steps).toContain(`SEARCH i ${key} LEFT-JOIN`)
    expect((await planOf(vigentes)).join()).toContain(
      'SEARCH v USING COVERING INDEX sqlite_autoindex_impuestos_1 (codigo=? AND desde<?)',
    )
  })

  test('the full-text index is in step with the table', async () => {
    const check = "INSERT INTO productos_fts (productos_fts, rank) VALUES ('integrity-check', 1)"
    await change(storage, check)
  })
})
