import type { Asked, Storage } from '@encargo/storage'
import { planner } from '@encargo/storage/testing/plans'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { PagosStore } from '../src/ports/store.ts'
import { pedirAvisos, pedirCobros, pedirEventos, pedirReembolsos } from '../src/store/listas.ts'
import { openPagosPostgres } from '../src/store/postgres/open.ts'
import { createPagosStore } from '../src/store/store.ts'
import { cobroNuevo, cuando, vistoDe } from './contract/fixture.ts'

type Sql = Asked<unknown>['statement']

/** What grows with every sale. */
const entera = /Seq Scan on (?:cobros|movimientos|reembolsos|avisos|eventos)\b/

const llenar = `
INSERT INTO cobros SELECT i + 1000, 'c' || md5(i::text), 'p' || i, i, 'u', 'u', 'm', 'stripe', 'antes',
  CASE WHEN i % 20 = 0 THEN 'abierto' ELSE 'cobrado' END, NULL, 10, 'USD', 'r' || i, NULL, NULL, 9, 9, 0, 10, 0, 0,
  NULL, NULL, 2, 2, CASE WHEN i % 20 = 0 THEN i END, 0, i, i FROM generate_series(1, 20000) i;
INSERT INTO movimientos SELECT i + 1000, 1, 'stripe', 'captura', 10, 'm' || i, i, NULL FROM generate_series(1, 20000) i;
INSERT INTO reembolsos SELECT 'x' || md5(i::text), i + 1000, 1, 'm', CASE WHEN i % 50 = 0 THEN 'fallido' ELSE 'hecho' END,
  NULL, NULL, 0, i, i FROM generate_series(1, 10000) i;
INSERT INTO avisos SELECT 'stripe', 'e' || md5(i::text), 'r' || i, NULL, 'hecho', 0, i, NULL, NULL
  FROM generate_series(1, 20000) i;
INSERT INTO eventos SELECT i + 1000, 'cobro.cobrado', 'c' || i, '{}', i FROM generate_series(1, 20000) i;
ANALYZE`

describeOnPostgres("pagos' statements", () => {
  let database: string
  let storage: Storage
  let store: PagosStore
  let planes: ReturnType<typeof planner>
  const textos: Sql[] = []
  beforeAll(async () => {
    database = await testDatabase()
    storage = await openPagosPostgres(database)
    const engine = { ...storage, prepare: (...some: Sql[]) => void textos.push(...some) }
    store = createPagosStore(engine, createTestClock())
    planes = planner(database, 'pagos')
  })
  afterAll(async () => {
    await planes.close()
    await storage.close()
    await dropDatabase(database)
  })

  const plan = async (texto: Sql) => (await planes.plan(texto)).join('\n')

  async function enteras(): Promise<string[]> {
    const found: string[] = []
    for (const texto of textos) if (entera.test(await plan(texto))) found.push(texto.postgres)
    return found
  }

  /** How often somebody has waited for the server until all of `work` was done. */
  async function vueltas(work: () => Promise<unknown>): Promise<number> {
    const before = storage.stats().roundTrips ?? 0
    await work()
    return (storage.stats().roundTrips ?? 0) - before
  }

  test('wait for the server as often as said', async () => {
    const uno = cobroNuevo()
    const { id: cobroId } = uno
    const sesion = { referencia: `cs_${cobroId}`, url: undefined, expiraEn: undefined }
    const captura = { tipo: 'captura', importe: 1_000, referencia: cobroId, en: 1 } as const
    const visto = vistoDe(cobroId, { estado: 'cobrado', movimientos: [captura] })
    const reembolso = { id: Bun.randomUUIDv7(), cobroId, importe: 1, motivo: 'm', proximaEn: 1 }
    const aviso = { proveedor: 'stripe', referencia: 'r', cuerpo: new Uint8Array(1), ahora: 1 }
    const novedad = { cobroId, proveedor: 'stripe', visto, consultable: true, ...cuando } as const
    const nuevo = (cobro: typeof uno) => ({ cobro, clave: undefined, proximaEn: 1, ...cuando })
    const abierta = { cobroId, sesion, ordenes: [], consultable: true, ...cuando }
    const operations: readonly (readonly [string, number, () => Promise<unknown>])[] = [
      ['a charge', 4, () => store.crear(nuevo(uno))],
      ['to open it', 6, () => store.abrir(abierta)],
      ['to look at it', 1, () => store.cobro(cobroId)],
      ['what its provider says', 3, () => store.conciliar(novedad)],
      ['the same again', 2, () => store.conciliar(novedad)],
      ['a notice', 3, () => store.guardar({ ...aviso, eventoId: 'e1' })],
      ['the same notice again', 1, () => store.guardar({ ...aviso, eventoId: 'e1' })],
      ['to be told', 3, () => store.contado({ cobroId, version: 3, ordenes: [], ...cuando })],
      ['a refund', 6, () => store.pedir({ ...reembolso, ...cuando })],
    ]
    const seen: [string, number][] = []
    for (const [name, , work] of operations) seen.push([name, await vueltas(work)])
    expect(seen).toEqual(operations.map(([name, times]) => [name, times]))
    // Each is looked for; those of one moment are written together.
    const cien = Array.from({ length: 100 }, (_, n) => ({ ...aviso, eventoId: `f${n}` }))
    const juntos = await vueltas(() => Promise.all(cien.map((una) => store.guardar(una))))
    expect(juntos).toBeLessThan(150)
  })

  test('look up what they are about, also by plans that are made while there is nothing', async () => {
    expect(textos.length).toBeGreaterThan(40)
    expect(await enteras()).toEqual([])
  })

  test('do so when there is much, and walk each list along an index, without a sort', async () => {
    await planes.run(llenar)
    expect(await enteras()).toEqual([])
    const limite = 50
    const listas = [
      pedirCobros({ limite }),
      pedirCobros({ limite, estado: 'abierto' }),
      pedirReembolsos({ limite, estado: 'fallido' }),
      pedirAvisos({ limite, estado: 'pendiente' }),
      pedirEventos({ limite, despuesDe: 9, tipos: undefined }),
    ]
    const sorted: string[] = []
    for (const { statement } of listas) {
      const steps = await plan(statement)
      if (/\bSort\b/.test(steps)) sorted.push(steps)
    }
    expect(sorted).toEqual([])
  })
})
