import { describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing-random'
import * as fc from 'fast-check'
import { crear, openShop, type Shop } from './fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
console.log(`productos search fuzz: FUZZ_SEED=${seed}`)

async function search(shop: Shop, q: string): Promise<string[]> {
  const { status, json } = await shop.send('GET', `/productos?q=${encodeURIComponent(q)}`)
  expect([q, status]).toEqual([q, 200])
  return json.datos.map((producto) => producto.nombre)
}

describe('search', () => {
  test('finds whole words and the beginning of the last one, in name, description and SKU', async () => {
    const shop = openShop()
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
    const shop = openShop()
    const nombre = 'Piñón ÁÉÍÓÚÜ'.normalize('NFD')
    await crear(shop, { nombre })
    for (const q of ['piñón', 'PINON', 'piñon'.normalize('NFD'), 'aeiouu', 'áéíóúü']) {
      expect(await search(shop, q)).toEqual([nombre])
    }
  })

  test('blank text asks for everything, text without words finds nothing', async () => {
    const shop = openShop()
    const { nombre } = await crear(shop)
    for (const q of ['', '   ']) expect(await search(shop, q)).toEqual([nombre])
    for (const q of ['"', '*', '!!!', '- - -', '\u0301', '😀']) {
      expect(await search(shop, q)).toEqual([])
    }
  })

  test('takes the words of the query language for words', async () => {
    const shop = openShop()
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
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.oneof(syntax, fc.string({ maxLength: 5 })), { maxLength: 12 })
    .map((x) => x.join(' ')),
)

// What the index can tell apart: Latin letters with accents, some of them in two code points.
const letters = [...'abcñÑáÁéíóúüÜçàêöABC123', 'n\u0303', 'e\u0301']
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 4 })
const words = fc.array(word, { minLength: 1, maxLength: 4 })
const separator = fc.constantFrom(' ', '-', ', ', '  ', ' / ', '"', '\t')

/** Independent of the program's own folding. */
function fold(text: string): string {
  return [...text.normalize('NFD').toLowerCase()].filter((c) => /[a-z0-9]/.test(c)).join('')
}

describe('any search', () => {
  test('is answered, whatever its text, with 200 or a refusal that names q', async () => {
    const shop = openShop()
    await crear(shop, { nombre: 'a AND b', descripcion: '0 "x" NEAR' })
    await fc.assert(
      fc.asyncProperty(anything, async (q) => {
        const query = new URLSearchParams({ q: q.toWellFormed() })
        const { status, json } = await shop.send('GET', `/productos?${query}`)
        expect([200, 422]).toContain(status)
        if (status === 422) expect(json.errores[0]?.campo).toBe('q')
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('survives escapes that are no text', async () => {
    const shop = openShop()
    for (const q of ['%', '%ff', '%ed%a0%80', '%00', '+', '%2B%', '&&q']) {
      const { status } = await shop.send('GET', `/productos?q=${q}`)
      expect([q, status < 500]).toEqual([q, true])
    }
  })

  test('finds exactly the products that a plain comparison of folded words finds', async () => {
    const shop = openShop()
    const names = fc.sample(words, { seed, numRuns: 120 }).map((name) => name.join(' '))
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
