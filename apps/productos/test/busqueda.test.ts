import { describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { anyCharacter } from '@encargo/service-kit/testing/texts'
import * as fc from 'fast-check'
import { crear, openShop, type Shop } from './fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
console.log(`productos search fuzz: FUZZ_SEED=${seed}`)

async function search(shop: Shop, q: string): Promise<string[]> {
  const { status, json } = await shop.send('GET', `/productos?q=${encodeURIComponent(q)}`)
  expect([q, status]).toEqual([q, 200])
  return json.datos.map((producto) => producto.nombre)
}

/** A shop with these products, each with a SKU that no search is for unless it says one. */
async function stocked(...products: readonly Record<string, unknown>[]): Promise<Shop> {
  const shop = await openShop()
  for (const [at, product] of products.entries())
    await crear(shop, { sku: `zzz-${at}`, ...product })
  return shop
}

describe('search in Spanish', () => {
  test('finds the singular by the plural and back, in every gender', async () => {
    const shop = await stocked(
      { nombre: 'Vela de soja' },
      { nombre: 'Luces de jardín' },
      { nombre: 'Mantel rojo' },
    )
    for (const q of ['velas', 'VELAS', 'vela'])
      expect(await search(shop, q)).toEqual(['Vela de soja'])
    expect(await search(shop, 'luz')).toEqual(['Luces de jardín'])
    expect(await search(shop, 'manteles rojas')).toEqual(['Mantel rojo'])
  })

  test('puts what is called so before what only mentions it', async () => {
    const shop = await stocked(
      { nombre: 'Café molido', descripcion: 'Llena una taza' },
      { nombre: 'Azucarero', descripcion: 'Va con las tazas' },
      { nombre: 'Taza de barro' },
      { nombre: 'Juego de tazas' },
    )
    expect(await search(shop, 'tazas')).toEqual([
      'Juego de tazas',
      'Taza de barro',
      'Azucarero',
      'Café molido',
    ])
    expect((await search(shop, 'taza'))[0]).toBe('Taza de barro')
    // Also by what only its plural would be: the one that is called so, not one that has it inside.
    const sweet = await stocked({ nombre: 'Jabón de miel' }, { nombre: 'Miel de abeja' })
    expect(await search(sweet, 'mieles')).toEqual(['Miel de abeja', 'Jabón de miel'])
  })

  test('puts whole words before words that only begin so', async () => {
    const shop = await stocked(
      { nombre: 'Manopla de tela', descripcion: 'Para servir el té' },
      { nombre: 'Té negro', descripcion: 'Con un poco de té verde' },
      { nombre: 'Té verde' },
      { nombre: 'Tetera' },
    )
    expect(await search(shop, 'té')).toEqual(['Té negro', 'Té verde', 'Manopla de tela', 'Tetera'])
    expect((await search(shop, 'te verde'))[0]).toBe('Té verde')
  })

  test('finds a SKU without its dashes and by its beginning, the SKU itself first', async () => {
    const shop = await stocked(
      { nombre: 'Café de Loja, 250 g', sku: 'CAF-LOJA-250' },
      { nombre: 'Café de Loja, dos kilos y medio', sku: 'CAF-LOJA-2500' },
      { nombre: 'Anuncio', descripcion: 'caf loja 250' },
    )
    for (const q of ['CAF LOJA 250', 'cafloja250', 'CAF-LOJA-250', 'caf_loja.250']) {
      expect((await search(shop, q)).slice(0, 2)).toEqual([
        'Café de Loja, 250 g',
        'Café de Loja, dos kilos y medio',
      ])
    }
    expect(await search(shop, 'cafloj')).toHaveLength(2)
  })

  test('takes a word that the catalogue does not have for the most alike that it has', async () => {
    const shop = await stocked(
      { nombre: 'Chocolate amargo' },
      { nombre: 'Taza de barro' },
      { nombre: 'Tapa de olla' },
    )
    for (const q of ['chocolatte', 'chocolta', 'chcoolate', 'chocolate amrgo']) {
      expect(await search(shop, q)).toEqual(['Chocolate amargo'])
    }
    expect(await search(shop, 'tzaa')).toEqual(['Taza de barro'])
    // What is there is meant: nothing is corrected away.
    expect(await search(shop, 'tapa')).toEqual(['Tapa de olla'])
    for (const q of ['xyzw', 'te', 'bicicleta']) expect(await search(shop, q)).toEqual([])
  })

  test('goes on by relevance from page to page, without repeats and without gaps', async () => {
    const shop = await stocked(
      ...Array.from({ length: 7 }, (_, at) => ({ nombre: `Vela ${at}` })),
      ...Array.from({ length: 7 }, (_, at) => ({ nombre: `Caja ${at}`, descripcion: 'de velas' })),
    )
    const all = await search(shop, 'velas')
    expect(all).toHaveLength(14)
    expect(all.slice(0, 7).every((one) => one.startsWith('Vela'))).toBe(true)
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query = new URLSearchParams({ q: 'velas', limite: '3', ...(cursor && { cursor }) })
      const { json } = await shop.send('GET', `/productos?${query}`)
      paged.push(...json.datos.map(({ nombre }) => nombre))
      cursor = json.siguiente
    }
    expect(paged).toEqual(all)
  })

  test('is by name, price or age where that is asked for', async () => {
    const shop = await stocked(
      { nombre: 'Vela', precio: 900 },
      { nombre: 'Bolsa', descripcion: 'para velas', precio: 100 },
    )
    const { json } = await shop.send('GET', '/productos?q=velas&orden=nombre')
    expect(json.datos.map(({ nombre }) => nombre)).toEqual(['Bolsa', 'Vela'])
    expect(await search(shop, '')).toEqual(['Bolsa', 'Vela'])
  })
})

describe('search', () => {
  test('finds whole words and the beginning of the last one, in name, description and SKU', async () => {
    const shop = await openShop()
    await crear(shop, { nombre: 'Café de Loja', descripcion: 'Tueste medio', sku: 'CAF-LOJA-250' })
    await crear(shop, { nombre: 'Taza', descripcion: 'Para el café', sku: 'TAZ-9' })
    expect(await search(shop, 'CAFÉ')).toEqual(['Café de Loja', 'Taza'])
    expect(await search(shop, 'cafe lo')).toEqual(['Café de Loja'])
    expect(await search(shop, 'loja cafe')).toEqual(['Café de Loja'])
    expect(await search(shop, 'ca loja')).toEqual([])
    expect(await search(shop, 'tueste')).toEqual(['Café de Loja'])
    expect(await search(shop, 'caf-loja-25')).toEqual(['Café de Loja'])
    expect(await search(shop, 'taz-9')).toEqual(['Taza'])
    expect(await search(shop, 'chocolate')).toEqual([])
  })

  test('ignores accents however they are written, on both sides', async () => {
    const shop = await openShop()
    const nombre = 'Piñón ÁÉÍÓÚÜ'
    await crear(shop, { nombre: nombre.normalize('NFD') })
    for (const q of ['piñón', 'PINON', 'piñon'.normalize('NFD'), 'aeiouu', 'áéíóúü']) {
      expect(await search(shop, q)).toEqual([nombre])
    }
  })

  test('blank text asks for everything, text without words finds nothing', async () => {
    const shop = await openShop()
    const { nombre } = await crear(shop)
    for (const q of ['', '   ']) expect(await search(shop, q)).toEqual([nombre])
    for (const q of ['"', '*', '!!!', '- - -', '\u0301', '😀']) {
      expect(await search(shop, q)).toEqual([])
    }
  })

  test('takes the words of the query language for words', async () => {
    const shop = await openShop()
    const nombre = 'Sal AND pimienta OR NOT NEAR nombre'
    await crear(shop, { nombre })
    for (const q of [
      'and',
      'OR',
      'NOT',
      'NEAR(sal',
      'nombre:sal',
      '^sal',
      'sal + pimienta',
      '(or',
    ]) {
      expect(await search(shop, q)).toEqual([nombre])
    }
    expect(await search(shop, 'sal NOT ajo')).toEqual([])
    expect(await search(shop, 'ajo OR sal')).toEqual([])
  })
})

const syntax = fc.constantFrom(
  '"',
  '*',
  '^',
  ':',
  '-',
  '+',
  '(',
  ')',
  '{',
  '}',
  'AND',
  'NEAR',
  '\0',
)
const anything = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.oneof(syntax, fc.string({ maxLength: 5 })), { maxLength: 12 })
    .map((x) => x.join(' ')),
)

// What the index can tell apart: Latin letters with accents, some of them in two code points.
const letters = [...'abcñÑáÁéíóúüÜçàêöABC123', 'n\u0303', 'e\u0301']
// So short that none is another's plural, and none is taken for a mistake.
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 3 })
const words = fc.array(word, { minLength: 1, maxLength: 4 })
const separator = fc.constantFrom(' ', '-', ', ', '  ', ' / ', '"', '\t')

/** Independent of the program's own folding. */
function fold(text: string): string {
  return [...text.normalize('NFD').toLowerCase()].filter((c) => /[a-z0-9]/.test(c)).join('')
}

describe('any search', () => {
  test('is answered, whatever its text, with 200 or a refusal that names q', async () => {
    const shop = await openShop()
    await crear(shop, { nombre: 'a AND b', descripcion: '0 "x" NEAR' })
    await fc.assert(
      fc.asyncProperty(anything, async (q) => {
        const query = new URLSearchParams({ q: q.toWellFormed() })
        const { status, json } = await shop.send('GET', `/productos?${query}`)
        // PostgreSQL can't be asked for U+0000, so nobody may ask.
        expect(q.includes('\0') ? [400] : [200, 422]).toContain(status)
        if (status === 422) expect(json.errores[0]?.campo).toBe('q')
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('survives escapes that are no text', async () => {
    const shop = await openShop()
    for (const q of ['%', '%ff', '%ed%a0%80', '%00', '+', '%2B%', '&&q']) {
      const { status } = await shop.send('GET', `/productos?q=${q}`)
      expect([q, status < 500]).toEqual([q, true])
    }
  })

  test('finds exactly the products that a plain comparison of folded words finds', async () => {
    const shop = await openShop()
    const names = fc
      .sample(words, { seed, numRuns: 120 })
      .map((name) => name.join(' ').normalize('NFC'))
    // One word that begins with no letter of the searches.
    for (const [index, nombre] of names.entries()) await crear(shop, { nombre, sku: `zz${index}` })
    const folded = names.map((name) => ({ name, parts: name.split(' ').map(fold) }))
    await fc.assert(
      fc.asyncProperty(words, separator, async (asked, between) => {
        const wanted = asked.map(fold)
        const last = wanted.at(-1) ?? ''
        const expected = folded.filter(
          ({ parts }) =>
            wanted.slice(0, -1).every((one) => parts.includes(one)) &&
            parts.some((part) => part.startsWith(last)),
        )
        const query = new URLSearchParams({ q: asked.join(between), limite: '200' })
        const { json } = await shop.send('GET', `/productos?${query}`)
        const found = json.datos.map((one) => one.nombre)
        expect(found.toSorted()).toEqual(expected.map((one) => one.name).toSorted())
      }),
      { seed, numRuns: 500 },
    )
  })
})
