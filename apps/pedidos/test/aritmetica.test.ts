import { describe, expect, test } from 'bun:test'
import { decimalesDe, monedasIso } from '@encargo/service-kit/values/monedas'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import * as fc from 'fast-check'
import { impuestoEn, parteDe, porcentajeDe, repartir } from '../src/domain/aritmetica.ts'
import { totalMaximo } from '../src/domain/compra.ts'
import { totalesDe } from '../src/domain/totales.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const dinero = fc.integer({ min: 0, max: totalMaximo })
const gravado = fc.record({ tasa: fc.integer({ min: 0, max: 10_000 }), porDentro: fc.boolean() })
const cumple = <T>(caso: fc.Arbitrary<T>, propiedad: (caso: T) => void, numRuns = 500) =>
  fc.assert(fc.property(caso, propiedad), { seed, numRuns })

/** How far the tax in any amount up to 2 000,00 is from the rate of its base, in minor units by 10^4. */
const lejosDe = (tasa: number) => {
  let mas = 0
  for (let importe = 0; importe <= 200_000; importe++) {
    const impuesto = impuestoEn(importe, { tasa, porDentro: false })
    mas = Math.max(mas, Math.abs((importe - impuesto) * tasa - impuesto * 10_000))
  }
  return mas
}

/** A line of one unit that is taxed so. */
function linea(precioUnitario: number, tasa: number, clase = 'general') {
  const gravamen = { clase, tasa, porDentro: false }
  const impuesto = impuestoEn(precioUnitario, gravamen)
  const cuenta = { descuento: 0, gravamen, impuesto }
  return { productoId: 'p', sku: 'S', nombre: 'N', cantidad: 1, precioUnitario, cuenta }
}

console.log(`money: FUZZ_SEED=${seed}`)

describe('money', () => {
  test('the examples come out, and are printed', () => {
    const ejemplos = [
      ['USD', 12_500, 1_500, false, 10_870, 1_630],
      ['USD', 801, 2_000, false, 667, 134],
      ['CLP', 1_990, 1_900, false, 1_672, 318],
      ['PYG', 110_000, 1_000, false, 100_000, 10_000],
      ['ARS', 11_050, 1_050, false, 10_000, 1_050],
      ['EUR', 1_052, 520, false, 1_000, 52],
      ['BOB', 10_000, 1_300, true, 8_700, 1_300],
      ['KWD', 12_345, 500, false, 11_757, 588],
      ['USD', totalMaximo, 1_500, false, 869_565_217_391, 130_434_782_609],
    ] as const
    const tabla = ejemplos.map(([moneda, importe, tasa, porDentro, base, impuesto]) => {
      expect(impuestoEn(importe, { tasa, porDentro })).toBe(impuesto)
      expect(importe - impuesto).toBe(base)
      const dicho = (menor: number) =>
        (menor / 10 ** decimalesDe(moneda)).toFixed(decimalesDe(moneda))
      const con = porDentro ? 'por dentro' : 'incluido'
      const fila = { importe: dicho(importe), tasa: `${tasa / 100} % ${con}` }
      return { moneda, ...fila, base: dicho(base), impuesto: dicho(impuesto) }
    })
    process.stdout.write(`${Bun.inspect.table(tabla)}\n`)
    const tres = totalesDe([linea(4_500, 2_100), linea(4_900, 2_100), linea(600, 2_100)])
    expect(tres).toMatchObject({ total: 10_000, base: 8_265, impuesto: 1_735 })
  })

  test('a split adds up, takes no more than there is, and is fair to one unit', () => {
    const caso = fc
      .array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 100 })
      .chain((entre) => {
        const suma = entre.reduce((total, uno) => total + uno, 0)
        return fc.record({ entre: fc.constant(entre), importe: fc.integer({ min: 0, max: suma }) })
      })
    cumple(caso, ({ entre, importe }) => {
      const partes = repartir(importe, entre)
      const suma = entre.reduce((total, uno) => total + uno, 0)
      expect(partes.reduce((total, una) => total + una, 0)).toBe(importe)
      for (const [posicion, parte] of partes.entries()) {
        const suyo = entre[posicion] ?? 0
        expect(parte).toBeGreaterThanOrEqual(0)
        expect(parte).toBeLessThanOrEqual(suyo)
        if (suma === 0) continue
        const exacta = (BigInt(importe) * BigInt(suyo)) / BigInt(suma)
        expect(BigInt(parte) - exacta).toBeOneOf([0n, 1n])
      }
    })
  })

  test('the first of two with the same claim has the last unit', () => {
    expect(repartir(100, [50, 50, 50])).toEqual([34, 33, 33])
    expect(repartir(1, [5, 5])).toEqual([1, 0])
    expect(repartir(0, [0, 0])).toEqual([0, 0])
    expect(() => repartir(11, [5, 5])).toThrow(RangeError)
  })

  test('tax is a part of the amount, and no further from the rate of its base than rounding is', () => {
    cumple(fc.record({ importe: dinero, gravado }), ({ importe, gravado: { tasa, porDentro } }) => {
      const impuesto = impuestoEn(importe, { tasa, porDentro })
      expect(impuesto).toBeGreaterThanOrEqual(0)
      expect(impuesto).toBeLessThanOrEqual(importe)
      const de = porDentro ? 10_000n : BigInt(10_000 + tasa)
      const exacto = BigInt(importe) * BigInt(tasa)
      const lejos = 2n * (BigInt(impuesto) * de - exacto)
      expect(lejos > -de && lejos <= de).toBe(true)
    })
  })

  test('up to 2 000,00 every amount is within 0,55 of the rate of its base, at every usual rate', () => {
    for (const tasa of [520, 1_050, 1_500]) expect(lejosDe(tasa)).toBeLessThanOrEqual(5_500)
  })

  test('however a line is taken apart, its parts add up to it', () => {
    const caso = fc.record({
      importe: dinero,
      cantidad: fc.integer({ min: 1, max: 1_000_000 }),
      cortes: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 20 }),
    })
    cumple(caso, ({ importe, cantidad, cortes }) => {
      const hasta = [...cortes.map((uno) => uno % (cantidad + 1)), 0, cantidad].toSorted(
        (a, b) => a - b,
      )
      const partes = hasta.slice(1).map((fin, n) => {
        const antes = hasta[n] ?? 0
        return parteDe(importe, { cantidad, antes, unidades: fin - antes })
      })
      expect(partes.reduce((suma, parte) => suma + parte, 0)).toBe(importe)
      expect(partes.every((parte) => parte >= 0)).toBe(true)
    })
    const unidades = Array.from({ length: 3 }, (_, antes) =>
      parteDe(1_000, { cantidad: 3, antes, unidades: 1 }),
    )
    expect(unidades).toEqual([333, 333, 334])
  })

  test('a percentage is the nearest amount, halves up', () => {
    expect([porcentajeDe(1_005, 1_000), porcentajeDe(1_004, 1_000)]).toEqual([101, 100])
    expect(porcentajeDe(totalMaximo, 10_000)).toBe(totalMaximo)
    expect(porcentajeDe(999, 0)).toBe(0)
  })

  test('totals are the sums of their parts, rate by rate, in every currency', () => {
    const clase = fc.constantFrom('general', 'reducida', 'exenta')
    const cuatro = fc.array(
      fc.record({ precio: fc.integer({ min: 0, max: 1e9 }), tasa: gravado, clase }),
      {
        minLength: 1,
        maxLength: 20,
      },
    )
    cumple(cuatro, (lineas) => {
      const hechas = lineas.map(({ precio, tasa: { tasa }, clase: una }) =>
        linea(precio, tasa, una),
      )
      const envio = {
        metodoEnvio: {
          codigo: 'moto',
          nombre: 'Moto',
          tipo: 'domicilio',
          plazoDias: null,
        } as const,
        envioImporte: 350,
        envioGravamen: { clase: 'general', tasa: 1_500, porDentro: false },
        envioImpuesto: 46,
      }
      const totales = totalesDe(hechas, envio)
      expect(totales.base + totales.impuesto).toBe(totales.total)
      expect(totales.subtotal - totales.descuento + totales.envioImporte).toBe(totales.total)
      const suma = (que: 'base' | 'impuesto') =>
        totales.impuestos.reduce((s, uno) => s + uno[que], 0)
      expect([suma('base'), suma('impuesto')]).toEqual([totales.base, totales.impuesto])
    })
    // Amounts are whole minor units, whatever of them makes one unit: nothing depends on the currency.
    const decimales = new Set(monedasIso().map(decimalesDe))
    expect([...decimales].toSorted()).toEqual([0, 2, 3, 4])
  })
})
