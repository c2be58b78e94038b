import { describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { anyCharacter } from '@encargo/service-kit/testing/texts'
import * as fc from 'fast-check'
import { claveOrden } from '../src/domain/clave-orden.ts'
import { crear, openShop } from './fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
console.log(`productos order by name: FUZZ_SEED=${seed}`)

const sorted = [
  'Álamo',
  'alamo 2',
  'Ámbar',
  'Nuez',
  'Ñandú',
  'Oro',
  'Tornillo 2',
  'Tornillo 2 mm',
  'Tornillo 10',
  'Tornillo 010 b',
  'Zapato',
]

describe('a list by name', () => {
  test('is in the order of a Spanish dictionary, with numbers by their size', async () => {
    const shop = await openShop()
    for (const nombre of sorted.toReversed()) await crear(shop, { nombre })
    const { json } = await shop.send('GET', '/productos?orden=nombre')
    expect(json.datos.map(({ nombre }) => nombre)).toEqual(sorted)
  })

  test('is in the order that Intl.Collator has for Spanish words and numbers', () => {
    const { compare } = new Intl.Collator('es', { numeric: true, sensitivity: 'base' })
    const part = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'abcnñoxyzÑáéÁÜ'), minLength: 1, maxLength: 4 }),
      fc.nat(1200).map(String),
    )
    const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [one, other] = [claveOrden(a), claveOrden(b)]
        const mine = one < other ? -1 : one > other ? 1 : 0
        expect([a, b, mine]).toEqual([a, b, Math.sign(compare(a, b))])
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('has keys of a bounded length, of text that can travel', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        const key = claveOrden(text)
        expect(key.length).toBeLessThanOrEqual(100)
        expect(key.isWellFormed()).toBe(true)
      }),
      { seed, numRuns: 500 },
    )
  })
})
