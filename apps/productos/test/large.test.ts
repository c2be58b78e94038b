import { beforeAll, afterAll, describe, expect, test } from 'bun:test'
import { SqliteCatalogo } from '../src/store/catalogo.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import type { Busqueda, Orden } from '../src/domain/busqueda.ts'
import type { Producto } from '../src/domain/producto.ts'

const storage = openProductosStorage(':memory:')
const catalogo = new SqliteCatalogo(storage, 'USD')
const count = 5_000
const words = ['café', 'té', 'mora', 'ñandú', 'quinua', 'barro', 'pañuelo']
const orders = ['nombre', 'precio', '-precio', '-creadoEn'] as const

/** Names, prices and times repeat, so that only the tie-break tells many rows apart. */
function create(index: number) {
  const nombre = `${words[index % 7]} ${words[(index * 3) % 5]} ${index % 400}`
  const datos = {
    sku: `SKU-${index}`,
    nombre,
    descripcion: `Producto ${index}`,
    precio: (index * 7919) % 1000,
    categoria: `Categoría ${index % 12}`,
    imagenUrl: null,
    atributos: {},
    activo: index % 50 !== 0,
  }
  const ahora = new Date(Date.UTC(2026, 0, 1) + ((index * 104729) % 2000) * 1000)
  return catalogo.crear(Bun.randomUUIDv7(), datos, { usuarioId: 'x', ahora })
}

const search = (changes: Partial<Busqueda>): Busqueda => ({
  palabras: null,
  categoria: null,
  precioMin: null,
  precioMax: null,
  orden: 'nombre',
  activo: true,
  limite: 50,
  cursor: null,
  ...changes,
})

beforeAll(async () => {
  const indexes = Array.from({ length: count }, (_, index) => index)
  for (let from = 0; from < count; from += 500) {
    await Promise.all(indexes.slice(from, from + 500).map(create))
  }
})
afterAll(() => storage.close())

/** How SQLite goes about the statement that `work` prepares. */
async function planOf(work: () => Promise<unknown>): Promise<string[]> {
  const { client } = storage
  const prepare = client.prepare.bind(client)
  const statements: string[] = []
  client.prepare = (text, ...rest) => {
    statements.push(text)
    return prepare(text, ...rest)
  }
  try {
    await work()
  } finally {
    client.prepare = prepare
  }
  expect(statements).toHaveLength(1)
  const plan = client.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${statements[0]}`)
  return plan.all().map((step) => step.detail)
}

async function cursorOf(orden: Orden, changes: Partial<Busqueda> = {}): Promise<string | null> {
  return (await catalogo.buscar(search({ ...changes, orden, limite: 1 }))).siguiente
}

describe('with 5000 products', () => {
  for (const orden of orders) {
    for (const categoria of [null, 'categoria 3']) {
      const within = categoria === null ? '' : ' within a category'
      test(`a page by ${orden}${within} reads its index from where the last one ended`, async () => {
        const cursor = await cursorOf(orden, { categoria })
        expect(cursor).not.toBeNull()
        for (const at of [null, cursor]) {
          const plan = await planOf(() => catalogo.buscar(search({ orden, categoria, cursor: at })))
          expect(plan).toHaveLength(1)
          expect(plan[0]).toStartWith('SEARCH productos USING INDEX productos_')
        }
      })
    }

    test(`a search by ${orden} finds its rows in the full-text index`, async () => {
      const plan = await planOf(() => catalogo.buscar(search({ orden, palabras: ['mora'] })))
      expect(plan.some((step) => /SCAN productos_fts VIRTUAL TABLE INDEX/.test(step))).toBe(true)
      expect(plan.filter((step) => /^SCAN productos\b(?!_fts)/.test(step))).toEqual([])
    })
  }

  test('SKUs are found along their index', () => {
    const plan = storage.client
      .query<{ detail: string }, [string]>(
        'EXPLAIN QUERY PLAN SELECT * FROM productos WHERE sku_clave IN (SELECT value FROM json_each(?))',
      )
      .all('[]')
    expect(plan.map(({ detail }) => detail).join()).toContain('USING INDEX productos_sku_clave')
  })

  test('a range of prices, ids and the categories use an index', async () => {
    const range = search({ precioMin: 10, precioMax: 20, orden: 'precio' })
    const [priced, ...sorted] = await planOf(() => catalogo.buscar(range))
    expect(priced).toContain(
      'USING INDEX productos_por_precio (activo=? AND precio>? AND precio<?)',
    )
    expect(sorted).toEqual([])
    const categories = await planOf(() => catalogo.categorias())
    expect(categories).toEqual([
      expect.stringContaining('USING COVERING INDEX productos_categorias (activo=? AND'),
    ])
  })

  for (const orden of orders) {
    test(`paging by ${orden} shows every product exactly once, in order, while others are added`, async () => {
      const before = storage.client
        .query<{ id: string }, []>('SELECT id FROM productos WHERE activo = 1')
        .all()
        .map((row) => row.id)
      const seen: Producto[] = []
      let cursor: string | null = null
      do {
        const page = await catalogo.buscar(search({ orden, limite: 200, cursor }))
        seen.push(...page.datos)
        cursor = page.siguiente
        await create(10_000_000 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0))
      } while (cursor !== null)
      const ids = seen.map((producto) => producto.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(new Set(before).difference(new Set(ids)).size).toBe(0)
      const inOrder = seen.every((one, index) => {
        const next = seen[index + 1]
        if (next === undefined) return true
        if (orden === 'precio') return one.precio <= next.precio
        if (orden === '-precio') return one.precio >= next.precio
        return orden === '-creadoEn' ? one.creadoEn >= next.creadoEn : true
      })
      expect(inOrder).toBe(true)
    })
  }

  test('the full-text index is in step with the table', () => {
    const check = "INSERT INTO productos_fts (productos_fts, rank) VALUES ('integrity-check', 1)"
    expect(() => storage.client.run(check)).not.toThrow()
  })
})
