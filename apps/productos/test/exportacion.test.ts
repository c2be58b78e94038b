import { describe, expect, test } from 'bun:test'
import { apart } from '@encargo/service-kit/testing/clean-up'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { anyCharacter } from '@encargo/service-kit/testing/texts'
import { onPostgres } from '@encargo/storage/testing/postgres'
import * as fc from 'fast-check'
import { exportar, importar } from './csv.ts'
import { cliente, crear, openShop, operador, type Shop, servicio } from './fixture.ts'

/** What a cell of `control` is made of is nobody's business but the import's. */
const sinControl = (text: string) => text.replace(/[0-9a-f-]{36}\.[0-9a-z]{60}(?=\r\n)/g, '')

describe('GET /productos/exportacion', () => {
  test('is a file of the products on sale, or of the archived ones as well', async () => {
    const shop = await openShop()
    await crear(shop, {
      sku: 'A,1',
      nombre: 'Taza "fina"',
      precio: 5,
      categoria: 'Vajilla',
      atributos: { color: 'azul' },
      pesoGramos: 250,
    })
    const { id } = await crear(shop, { sku: 'B', nombre: '=HYPERLINK("x")', precio: 123_456 })
    await shop.send('DELETE', `/productos/${id}`, { headers: operador })
    const answer = await exportar(shop)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="productos-\d{4}-\d{2}-\d{2}\.csv"$/,
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const header =
      'sku,nombre,descripcion,precio,categoria,imagenUrl,activo,atributos,claseImpuesto,pesoGramos,control\r\n'
    const first =
      '"A,1","Taza ""fina""",,0.05,Vajilla,,true,"{""color"":""azul""}",general,250,\r\n'
    expect(sinControl(await answer.text())).toBe(header + first)
    expect(sinControl(await (await exportar(shop, '?archivados=true')).text())).toBe(
      `${header}${first}B,"'=HYPERLINK(""x"")",,1234.56,,,false,,general,,\r\n`,
    )
  })

  test('has semicolons and decimal commas for a spreadsheet that wants them', async () => {
    const shop = await openShop()
    await crear(shop, { sku: 'A;1', nombre: 'Taza, azul', precio: 123_456 })
    const text = await (await exportar(shop, '?separador=punto-y-coma')).text()
    expect(sinControl(text).split('\r\n')[1]).toBe('"A;1";Taza, azul;;1234,56;;;true;;general;;')
    expect((await exportar(shop, '?separador=tabulador')).status).toBe(422)
    expect(await importar(shop, text)).toMatchObject({ status: 200, sinCambios: 1 })
  })

  test('has every product, however many pages they are', async () => {
    const shop = await openShop()
    const rows = Array.from({ length: 601 }, (_, index) => `S-${index},Cosa,1`)
    await importar(shop, ['sku,nombre,precio', ...rows].join('\n'))
    const lines = (await (await exportar(shop)).text()).trim().split('\r\n')
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(
      Array.from({ length: 601 }, (_, index) => `S-${index}`),
    )
  })
})

describe('an amount', () => {
  test('is the same sold, exported and imported, whatever engines think of its currency', async () => {
    for (const [moneda, escrito, precio] of [
      ['COP', '25000.00', 3_000_000],
      ['CLP', '2500000', 30_000],
      ['KWD', '2500.000', 30_000_000],
    ] as const) {
      const shop = await openShop({ moneda })
      const { id } = await crear(shop, { sku: 'A', nombre: 'Taza', precio: 2_500_000 })
      expect(await (await exportar(shop)).text()).toContain(`A,Taza,,${escrito},`)
      await importar(shop, 'sku,precio\nA,30000\n')
      const { json } = await shop.send('GET', `/productos/${id}`)
      expect(json).toMatchObject({ moneda, precio })
      await importar(shop, `sku,precio\nA,${escrito}\n`)
      expect((await shop.send('GET', `/productos/${id}`)).json.precio).toBe(2_500_000)
    }
  })
})

/** Products as their routes take them, with the texts that break sheets. */
const texts = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\'",;{} aéñ😀'), maxLength: 30 })
const notBlank = texts.filter((text) => text.trim() !== '')
const producto = fc.record(
  {
    nombre: notBlank,
    precio: fc.integer({ min: 0, max: 1e12 }),
    descripcion: texts,
    categoria: fc.option(notBlank),
    imagenUrl: fc.option(fc.constantFrom('https://x.example/a.png', '/fotos/a.png')),
    atributos: fc.dictionary(
      fc.stringMatching(/^[a-zñ ]{0,8}[a-z]$/),
      texts.filter((text) => !text.includes('\r')),
      { maxKeys: 4 },
    ),
  },
  { requiredKeys: ['nombre', 'precio'] },
)

/** All products, the archived ones too. */
const todos = async (shop: Shop) =>
  (await shop.recorrer({ archivados: true, despuesDe: 0, limite: 1000 })).productos

test('an untouched file imports as no change, and into an empty shop as the same products', async () => {
  const seed = fuzzSeed(process.env['FUZZ_SEED'])
  await fc.assert(
    fc.asyncProperty(fc.array(producto, { minLength: 1, maxLength: 8 }), (productos) =>
      apart(async () => {
        const [shop, other] = [await openShop(), await openShop()]
        for (const [index, one] of productos.entries()) {
          const made = await crear(shop, { sku: `=SKU"${index},`, ...one })
          if (index % 3 === 2) {
            await shop.send('DELETE', `/productos/${made.id}`, { headers: operador })
          }
        }
        const before = await todos(shop)
        const file = await (await exportar(shop, '?archivados=true')).bytes()
        const filas = productos.length
        expect(await importar(shop, file)).toMatchObject({
          status: 200,
          sinCambios: filas,
          actualizados: 0,
          creados: 0,
        })
        expect(await todos(shop)).toEqual(before)
        expect(await importar(other, file)).toMatchObject({ status: 200, creados: filas })
        const there = await (await exportar(other, '?archivados=true')).text()
        expect(sinControl(there)).toBe(sinControl(new TextDecoder().decode(file)))
      }),
    ),
    { seed, numRuns: onPostgres ? 10 : 30 },
  )
})

test('rows of rubbish are refused with a reason each or taken, and never half', async () => {
  const seed = fuzzSeed(process.env['FUZZ_SEED'])
  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('', 'A', 'Taza', '1', '19,99', 'true', '{}', 'no') },
    { weight: 1, arbitrary: texts },
    { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 5 }) },
  )
  const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`)
  const line = fc.array(quoted, { minLength: 4, maxLength: 5 }).map((cells) => cells.join(','))
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), (lines) =>
      apart(async () => {
        const shop = await openShop()
        const csv = ['sku,nombre,precio,activo', ...lines].join('\n')
        const told = await importar(shop, csv)
        const { length: count } = await todos(shop)
        if (told.status === 200) {
          expect(count).toBe(told.creados)
        } else {
          expect(told).toMatchObject({ status: 422, codigo: 'importacion-invalida' })
          expect(told.filas).not.toBeEmpty()
          expect(count).toBe(0)
        }
      }),
    ),
    { seed, numRuns: onPostgres ? 20 : 100 },
  )
})

async function skusOf(shop: Shop, skus: string, headers: Record<string, string> = {}) {
  const path = `/productos?skus=${encodeURIComponent(skus)}`
  const { status, json } = await shop.send('GET', path, { headers })
  return status === 200 ? json.datos.map(({ sku }) => sku) : [status, json.errores[0]?.campo]
}

describe('GET /productos?skus=', () => {
  test('answers them in that order, each once, whatever their capitals', async () => {
    const shop = await openShop()
    for (const sku of ['Uno', 'DOS', 'a,b', '5"', 'ñandú']) await crear(shop, { sku })
    expect(await skusOf(shop, 'dos,uno,UNO,nadie, ')).toEqual(['DOS', 'Uno'])
    expect(await skusOf(shop, '"A,B",5",ñandú')).toEqual(['a,b', '5"', 'ñandú'])
    expect(await skusOf(shop, 'ÑANDÚ')).toEqual(['ñandú'])
    expect(await skusOf(shop, 'n\u0303andu\u0301')).toEqual(['ñandú'])
    expect(await skusOf(shop, '')).toEqual([])
  })

  test('shows the archived ones to staff and service accounts', async () => {
    const shop = await openShop()
    const { id } = await crear(shop, { sku: 'A' })
    await shop.send('DELETE', `/productos/${id}`, { headers: operador })
    expect(await skusOf(shop, 'a')).toEqual([])
    expect(await skusOf(shop, 'a', cliente)).toEqual([])
    expect(await skusOf(shop, 'a', operador)).toEqual(['A'])
    expect(await skusOf(shop, 'a', servicio)).toEqual(['A'])
  })

  test('refuses more than 200, open quotes, and what it would ignore', async () => {
    const shop = await openShop()
    const many = Array.from({ length: 201 }, (_, index) => `S${index}`).join(',')
    expect(await skusOf(shop, many)).toEqual([422, 'skus'])
    expect(await skusOf(shop, '"a')).toEqual([422, 'skus'])
    for (const [query, campo] of [
      ['skus=a&q=x', 'q'],
      ['skus=a,b&limite=1', 'limite'],
      ['skus=a&archivados=true', 'archivados'],
    ] as const) {
      const { status, json } = await shop.send('GET', `/productos?${query}`)
      expect([status, json.errores[0]?.campo]).toEqual([422, campo])
    }
  })
})
