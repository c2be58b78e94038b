import { expect, test } from 'bun:test'
import { efectivoDe, leerDocumento, leerIds, leerPapel } from '../src/documentos/datos.ts'
import { useTextosDocumentos } from '../src/documentos/textos.ts'

test('a receipt says what goes back of the cash that was given, or what is missing', () => {
  const pedido = { exigible: 2_332 }
  expect(efectivoDe(pedido, '5000')).toEqual({ recibido: 5_000, cambio: 2_668, falta: 0 })
  expect(efectivoDe(pedido, '2332')).toEqual({ recibido: 2_332, cambio: 0, falta: 0 })
  expect(efectivoDe(pedido, '2000')).toEqual({ recibido: 2_000, cambio: 0, falta: 332 })
  for (const mal of [undefined, '', '-5', '50,00', '1e3', '9'.repeat(16), 'x']) {
    expect(efectivoDe(pedido, mal)).toBeUndefined()
  }
})

test('an address names documents, paper and orders, and whatever else it says is left out', () => {
  expect([leerDocumento('picking'), leerDocumento('factura')]).toEqual(['picking', 'recibo'])
  expect([leerPapel('80mm'), leerPapel(undefined)]).toEqual(['80mm', 'a4'])
  const [a, b] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  expect(leerIds(`${a},x,${b},${a},`)).toEqual([a, b])
  expect(leerIds(undefined)).toEqual([])
  expect(leerIds(Array.from({ length: 99 }, () => Bun.randomUUIDv7()).join(','))).toHaveLength(50)
})

test('what is printed says in both languages that it is no invoice, and how much there is to take', () => {
  for (const textos of [useTextosDocumentos.es, useTextosDocumentos.en]) {
    expect(textos.noEsFactura).toMatch(/no es factura|not an invoice/)
    expect(textos.unidades(1)).not.toBe(textos.unidades(2).replace('2', '1'))
  }
})
