import type { Asked, Storage } from '@encargo/storage'
import { planner } from '@encargo/storage/testing/plans'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { pedirUltimos } from '../src/store/existencias.ts'
import { pedirActivas, pedirMovimientos, pedirReservasDe } from '../src/store/listas.ts'
import { openInventarioPostgres } from '../src/store/postgres/open.ts'
import { pedirVencidas } from '../src/store/reservas.ts'
import { createInventarioStore } from '../src/store/store.ts'

type Texto = Asked<unknown>['statement']

/** What grows with every order. */
const entera = /Seq Scan on (?:reservas|reserva_lineas|movimientos)\b/
/** Ends at the first row. */
const soloUna = 'SELECT n FROM reservas LIMIT 1'

const llenar = `
INSERT INTO existencias SELECT 'p' || i, 9, 0, 0, 1, 1, i FROM generate_series(1, 2000) i;
INSERT INTO reservas SELECT i, 'o' || md5(i::text), CASE WHEN i % 20 = 0 THEN 'activa' ELSE 'confirmada' END,
  i + 9, i, CASE WHEN i % 20 > 0 THEN i END FROM generate_series(1, 20000) i;
INSERT INTO reserva_lineas SELECT i, 'p' || (1 + i % 2000), 1 FROM generate_series(1, 20000) i;
INSERT INTO movimientos SELECT i, 'm' || i, 'p' || (1 + i % 2000), 'VENTA', -1, 0, NULL, 'o' || i, NULL, i, NULL, 'principal'
  FROM generate_series(1, 30000) i;
ANALYZE`

describeOnPostgres("inventario's statements", () => {
  let database: string
  let storage: Storage
  let planes: ReturnType<typeof planner>
  const textos: Texto[] = []
  beforeAll(async () => {
    database = await testDatabase()
    storage = await openInventarioPostgres(database)
    const engine = { ...storage, prepare: (...some: Texto[]) => void textos.push(...some) }
    createInventarioStore(engine, () => Bun.randomUUIDv7())
    planes = planner(database, 'inventario')
  })
  afterAll(async () => {
    await planes.close()
    await storage.close()
    await dropDatabase(database)
  })

  const plan = async (texto: Texto) => (await planes.plan(texto)).join('\n')

  async function enteras(): Promise<string[]> {
    const found: string[] = []
    for (const texto of textos) {
      if (texto.postgres !== soloUna && entera.test(await plan(texto))) found.push(texto.postgres)
    }
    return found
  }

  test('look up what they are about, also by plans that are made while there is nothing', async () => {
    expect(textos.length).toBeGreaterThan(30)
    expect(await enteras()).toEqual([])
  })

  test('do so when there is much, and walk each list along an index, without a sort', async () => {
    await planes.run(llenar)
    expect(await enteras()).toEqual([])
    const listas = [
      pedirMovimientos({ de: { productoId: 'p1' }, limite: 50 }),
      pedirMovimientos({ de: { pedidoId: 'o1' }, limite: 50 }),
      pedirActivas({ ahora: 0, limite: 50 }),
      pedirReservasDe({ productoId: 'p1', limite: 50 }),
      pedirVencidas.all(9, 50),
    ]
    const sorted: string[] = []
    for (const { statement } of listas) {
      const steps = await plan(statement)
      if (/\bSort\b/.test(steps)) sorted.push(steps)
    }
    expect(sorted).toEqual([])
    const ultimos = await plan(pedirUltimos)
    expect(ultimos).toContain('Index Only Scan Backward using movimientos_por_producto')
    expect(ultimos).not.toContain('GroupAggregate')
  })
})
