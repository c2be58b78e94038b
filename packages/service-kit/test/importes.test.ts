import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { escribirImporte, leerImporte, signoDecimalDe } from '../src/values/importes.ts'
import { decimalesDe, monedasIso } from '../src/values/monedas.ts'
import { fuzzSeed } from '../src/testing/random.ts'

describe('a currency', () => {
  test('has the decimals of ISO 4217, and is known by its code alone', () => {
    const monedas = monedasIso()
    expect([monedas.length, new Set(monedas).size]).toEqual([167, 167])
    for (const moneda of monedas) expect(moneda).toMatch(/^[A-Z]{3}$/)
    // Those about which engines do not agree, and some that everybody knows.
    expect(['COP', 'HUF', 'IDR', 'LBP', 'PKR', 'RSD', 'UYW', 'CLF'].map(decimalesDe)).toEqual([
      2, 2, 2, 2, 2, 2, 4, 4,
    ])
    expect(['USD', 'EUR', 'JPY', 'CLP', 'KWD', 'TND'].map(decimalesDe)).toEqual([2, 2, 0, 0, 3, 3])
    for (const otro of ['', 'usd', 'XAU', 'XXX', 'USD EUR', 'SD ']) {
      expect(monedas).not.toContain(otro)
    }
  })
})

const read = (escrito: string, moneda = 'USD', region?: string) => {
  const leido = leerImporte(escrito, moneda, region)
  return leido.ok ? leido.valor : leido.motivo
}

describe('an amount', () => {
  test('is read as people of any country write it', () => {
    for (const [escrito, menor] of [
      ['12', 1200],
      ['12,50', 1250],
      ['12.5', 1250],
      ['1.500', 150_000],
      ['1,500', 150_000],
      ['1.500,00', 150_000],
      ['1,500.00', 150_000],
      ['1.234.567', 123_456_700],
      ['1,234,567.8', 123_456_780],
      ['1 500,00', 150_000],
      ['1\u00a0500', 150_000],
      ['1\u202f500,5', 150_050],
      ["1'500.00", 150_000],
      ['$ 12', 1200],
      ['12,50\u00a0US$', 1250],
      ['USD 12', 1200],
      [' 007.10 ', 710],
      ['0', 0],
      ['10000000000.00', 1_000_000_000_000],
    ] as const) {
      expect([escrito, read(escrito)]).toEqual([escrito, menor])
    }
  })

  test('that could be two is what the decimals of its currency allow, else what the reader writes', () => {
    expect(read('1.500', 'COP')).toBe(150_000)
    expect(read('1.500', 'CLP')).toBe(1500)
    expect(read('1.500', 'KWD')).toBe(1500)
    expect(read('1.500', 'KWD', 'es')).toBe(1_500_000)
    expect(read('1.500', 'KWD', 'en')).toBe(1500)
    // Nobody groups a zero.
    expect(read('0.500', 'KWD', 'es')).toBe(500)
    expect(read('0.500')).toBe('forma')
  })

  test('is refused rather than rounded or guessed', () => {
    for (const escrito of [
      '',
      'diez',
      '-1',
      '+1',
      '1e3',
      '.5',
      '5.',
      '1,2,3',
      '12.34.567',
      '1.23.456,00',
      '1.500,000',
      '1,500.00.00',
      '1.2345',
      '1500.005',
      '€ 12',
      '0x10',
      '٣',
      '1..5',
      '1 5',
    ]) {
      expect([escrito, read(escrito)]).toEqual([escrito, 'forma'])
    }
    expect(read('1999.0', 'JPY')).toBe('forma')
    expect(read('10000000000,01')).toBe('maximo')
    expect(read('9'.repeat(40))).toBe('maximo')
  })

  const importe = fc.integer({ min: 0, max: 1_000_000_000_000 })
  const moneda = fc.constantFrom(...monedasIso())

  test('is read back as it was written, in every currency', () => {
    const ida = fc.property(importe, moneda, fc.constantFrom('es', 'en'), (menor, una, region) => {
      const escrito = escribirImporte(menor, una, signoDecimalDe(region))
      expect([read(escrito, una, region), read(escrito, una)]).toEqual([menor, menor])
    })
    fc.assert(ida, { seed: fuzzSeed(process.env['FUZZ_SEED']), numRuns: 2000 })
    expect([1999, 5, 0].map((menor) => escribirImporte(menor, 'COP'))).toEqual([
      '19.99',
      '0.05',
      '0.00',
    ])
    expect(escribirImporte(1999, 'CLP')).toBe('1999')
  })
})
