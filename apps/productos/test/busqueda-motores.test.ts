import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { anyCharacter } from '@encargo/service-kit/testing/texts'
import { rows } from '@encargo/storage/testing'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { type Lugar, palabrasDe } from '../src/domain/busqueda.ts'
import { datosDeAlta } from '../src/domain/producto.ts'
import type { ProductosStore } from '../src/ports.ts'
import { openProductosPostgres } from '../src/store/postgres/open.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import { createProductosStore } from '../src/store/store.ts'
import { busqueda } from './contract/productos-store.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
console.log(`productos search on both engines: FUZZ_SEED=${seed}`)

/** Of many, so that what is searched is also there: with accents, plurals, and what folding takes apart. */
const escritas = (
  'taza tazas café cafe\u0301 CAFÉS chocolate chocolatte luz luces l CAF-LOJA-250 ½ Ⅷ ﬁn ΟΔΟΣ Οδός straße ' +
  "STRASSE 한국어 日本 हिन्दी اللغة 3.5mm a/b l'eau USB-C 😀té İzmir ŉ x\u{1e94b}y mañana manana ٣٤ ²"
).split(' ')
const palabra = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...escritas) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, minLength: 1, maxLength: 6 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom(...'abcé'), minLength: 4, maxLength: 9 }),
  },
  { weight: 1, arbitrary: fc.constantFrom('ß'.repeat(130), '漢'.repeat(99) + '字'.repeat(20)) },
)
// No store is given control characters: the schemas refuse them.
const texto = (palabras: readonly string[]) =>
  palabras
    .join(' ')
    .replace(/\p{Cc}/gu, '')
    .toWellFormed()
const textos = fc.array(palabra, { minLength: 1, maxLength: 5 }).map(texto)
const producto = fc.record({
  nombre: textos.map((one) => one || 'x'),
  descripcion: textos,
  sku: textos.map((one) => one.slice(0, 20).toWellFormed()),
  precio: fc.integer({ min: 0, max: 9 }),
  activo: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
})
/** A word as somebody types it: cut short, or with two letters the other way round. */
const tecleada = fc
  .tuple(palabra, fc.nat(8), fc.boolean())
  .map(([one, at, swap]) =>
    swap
      ? `${one.slice(0, at)}${one[at + 1] ?? ''}${one[at] ?? ''}${one.slice(at + 2)}`
      : one.slice(0, at + 1),
  )
const q = fc.array(fc.oneof(palabra, tecleada), { minLength: 1, maxLength: 3 }).map(texto)
const orden = fc.constantFrom('relevancia', 'nombre', 'precio', '-precio', '-creadoEn')

/** All pages of a search, with the place of each product. */
async function todo(store: ProductosStore, asked: Parameters<typeof busqueda>[0]) {
  const found: (readonly [sku: string, lugar: Lugar])[] = []
  let tras: Lugar | undefined
  do {
    const page = await store.buscar(busqueda({ ...asked, limite: 7, tras }))
    found.push(...page.slice(0, 7).map(({ producto: { sku }, lugar }) => [sku, lugar] as const))
    tras = page.length > 7 ? page[6]?.lugar : undefined
  } while (tras !== undefined)
  return found
}

describeOnPostgres('a search of the same products on SQLite and on PostgreSQL', () => {
  const sqlite = openProductosStorage(':memory:')
  let postgres: Awaited<ReturnType<typeof openProductosPostgres>>
  let stores: readonly [ProductosStore, ProductosStore]
  const ids: string[] = []

  beforeAll(async () => {
    postgres = await openProductosPostgres(await testDatabase())
    stores = [createProductosStore(sqlite), createProductosStore(postgres)]
    for (const [at, datos] of fc.sample(producto, { seed, numRuns: 150 }).entries()) {
      const id = Bun.randomUUIDv7()
      ids.push(id)
      const sku = `${datos.sku}-${at}`
      const autoria = { usuarioId: 'x', ahora: at % 40 }
      const hechos = stores.map((store) =>
        store.crear(id, { ...datosDeAlta({ ...datos, sku }), activo: datos.activo }, autoria),
      )
      const [one, other] = await Promise.all(hechos)
      expect(other).toEqual(one)
    }
    // Words that go are no longer known, and those that come are.
    for (const [at, { nombre }] of fc.sample(producto, { seed: seed + 1, numRuns: 30 }).entries()) {
      const objetivo = { id: ids[at * 2] ?? '', admite: () => true, usuarioId: 'x', ahora: 50 }
      const hechos = stores.map((store) => store.editar({ ...objetivo, cambios: { nombre } }))
      const [one, other] = await Promise.all(hechos)
      expect(other).toEqual(one)
    }
  })
  afterAll(() => Promise.all([sqlite.close(), postgres.close()]))

  test('finds the same ones in the same order, page by page, and by their ids', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(q, orden, async (text, by) => {
        const palabras = palabrasDe(text)
        const [one, other] = await Promise.all(
          stores.map((store) => todo(store, { palabras, orden: palabras ? by : 'nombre' })),
        )
        expect(other).toEqual(one)
        found += one?.length ? 1 : 0
        const [deIds, deIdsOther] = await Promise.all(
          stores.map((store) => store.porIds(ids.slice(0, 20), palabras)),
        )
        expect(deIdsOther).toEqual(deIds)
      }),
      { seed, numRuns: 200 },
    )
    expect(found).toBeGreaterThan(60)
  })

  test('knows the same words of names, each of as many products', async () => {
    const words = `SELECT term, doc FROM productos_palabras
      WHERE term >= 'n' AND term < 'o' AND doc > 0 ORDER BY term`
    expect(await rows(postgres, words)).toEqual(await rows(sqlite, words))
  })
})
