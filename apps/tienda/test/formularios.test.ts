import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { AnyProblem } from '@encargo/client'
import { FalloApi } from '../src/api.ts'
import { importeParaEditar, leerImporte } from '../src/formularios/importe.ts'
import { Intento } from '../src/formularios/intento.ts'

describe('a price that somebody types', () => {
  test('is read as the reader writes numbers', () => {
    expect(leerImporte('19,99', 'es-EC', 'USD')).toBe(1_999)
    expect(leerImporte('19.99', 'en-US', 'USD')).toBe(1_999)
    expect(leerImporte('1.234,5', 'es-EC', 'USD')).toBe(123_450)
    expect(leerImporte('1,234.5', 'en-US', 'USD')).toBe(123_450)
    expect(leerImporte('1.500', 'es-EC', 'USD')).toBe(150_000)
    expect(leerImporte('1 500,00 €', 'fr-FR', 'EUR')).toBe(150_000)
    expect(leerImporte(' $ 7 ', 'en-US', 'USD')).toBe(700)
    expect(leerImporte('7 USD', 'en-US', 'USD')).toBe(700)
    expect(leerImporte('0', 'en-US', 'USD')).toBe(0)
  })

  test("may have the other country's sign where nothing else can be meant", () => {
    expect(leerImporte('19.99', 'es-EC', 'USD')).toBe(1_999)
    expect(leerImporte('19,9', 'en-US', 'USD')).toBe(1_990)
  })

  test('has as many decimals as its currency', () => {
    expect(leerImporte('1999', 'es-EC', 'JPY')).toBe(1_999)
    expect(leerImporte('1,5', 'es-EC', 'JPY')).toBeUndefined()
    expect(leerImporte('1.234', 'en-US', 'KWD')).toBe(1_234)
    expect(leerImporte('1,005', 'es-EC', 'USD')).toBeUndefined()
  })

  test('is refused rather than guessed', () => {
    const malos = ['', 'diez', '-1', '1e3', '1,2,3', '12.34.567', '1.23.456,00', ',5', '5,', '0x10']
    for (const malo of malos) expect(leerImporte(malo, 'es-EC', 'USD')).toBeUndefined()
    expect(leerImporte('10000000000,00', 'es-EC', 'USD')).toBe(1_000_000_000_000)
    expect(leerImporte('10000000000,01', 'es-EC', 'USD')).toBeUndefined()
  })

  test('is read as it was written, whatever the region and the currency', () => {
    const region = fc.constantFrom('es-EC', 'es-ES', 'es-MX', 'en-US', 'en-GB', 'en-IN', 'de-CH')
    const moneda = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD')
    const importe = fc.integer({ min: 0, max: 1_000_000_000_000 })
    const ida = fc.property(importe, region, moneda, (uno, donde, cual) => {
      expect(leerImporte(importeParaEditar(uno, donde, cual), donde, cual)).toBe(uno)
    })
    const seed = Date.now() % 1_000_000
    console.log(`prices, seed ${seed}`)
    fc.assert(ida, { seed, numRuns: 500 })
  })
})

const fallo = (codigo: string, status: number) =>
  new FalloApi({ codigo, status, title: '', detail: '' } as AnyProblem, null)

function conIntento() {
  let claves = 0
  const intento = new Intento(() => `clave-${++claves}`)
  const enviadas: string[] = []
  const hacer = async (peticion: unknown, error?: Error) => {
    const envio = intento.hacer(peticion, (clave) => {
      enviadas.push(clave)
      return error ? Promise.reject(error) : Promise.resolve('hecho')
    })
    await envio.catch(() => undefined)
  }
  return { hacer, enviadas }
}

describe('an attempt to book something', () => {
  test('keeps its key as long as nobody knows what came of it', async () => {
    const { hacer, enviadas } = conIntento()
    await hacer({ cantidad: 1 }, fallo('sin-conexion', 0))
    await hacer({ cantidad: 1 }, fallo('servicio-no-disponible', 503))
    await hacer({ cantidad: 1 }, fallo('error-interno', 500))
    await hacer({ cantidad: 1 }, fallo('no-autenticado', 401))
    await hacer({ cantidad: 1 })
    expect(enviadas).toEqual(Array.from({ length: 5 }, () => 'clave-1'))
  })

  test('is another one after it succeeded, or was refused for good', async () => {
    const { hacer, enviadas } = conIntento()
    await hacer({ cantidad: 1 })
    await hacer({ cantidad: 1 }, fallo('stock-insuficiente', 409))
    await hacer({ cantidad: 1 })
    expect(enviadas).toEqual(['clave-1', 'clave-2', 'clave-3'])
  })

  test('is another one when something else is asked for', async () => {
    const { hacer, enviadas } = conIntento()
    await hacer({ cantidad: 1 }, fallo('sin-conexion', 0))
    await hacer({ cantidad: 2 }, fallo('sin-conexion', 0))
    expect(enviadas).toEqual(['clave-1', 'clave-2'])
  })
})
