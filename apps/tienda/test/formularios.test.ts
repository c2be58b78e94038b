import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import type { AnyProblem } from '@encargo/client'
import { FalloApi } from '../src/api.ts'
import { importeParaEditar, leerImporte } from '../src/formularios/importe.ts'
import { monedasIso } from '@encargo/service-kit/values/monedas'
import { escribirDinero } from '../src/textos/formato.ts'
import { Intento } from '../src/formularios/intento.ts'

describe('a price that somebody types', () => {
  test('is read as the reader writes numbers, where it could be two', () => {
    expect(leerImporte('1.500', 'es-EC', 'USD')).toBe(150_000)
    expect(leerImporte('1.500', 'en-US', 'USD')).toBe(150_000)
    expect(leerImporte('1.500', 'es-EC', 'KWD')).toBe(1_500_000)
    expect(leerImporte('1.500', 'en-US', 'KWD')).toBe(1_500)
    expect(leerImporte('diez', 'es-EC', 'USD')).toBeUndefined()
  })

  test('is read as it was shown or put into a field, whatever the region and the currency', () => {
    const region = fc.constantFrom('es', 'es-EC', 'es-ES', 'es-MX', 'es-CO', 'en', 'en-US', 'en-GB')
    const moneda = fc.constantFrom(...monedasIso())
    const importe = fc.integer({ min: 0, max: 1_000_000_000_000 })
    const ida = fc.property(importe, region, moneda, (uno, donde, cual) => {
      expect(leerImporte(importeParaEditar(uno, donde, cual), donde, cual)).toBe(uno)
      expect(leerImporte(escribirDinero(donde, uno, cual), donde, cual)).toBe(uno)
    })
    const seed = Date.now() % 1_000_000
    console.log(`prices, seed ${seed}`)
    fc.assert(ida, { seed, numRuns: 2000 })
  })
})

const fallo = (codigo: string, status: number) =>
  new FalloApi({
    problem: { codigo, status, title: '', detail: '' } as AnyProblem,
    headers: new Headers(),
  })

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
