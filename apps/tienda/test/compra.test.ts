import { describe, expect, test } from 'bun:test'
import {
  conCantidad,
  conMas,
  leerCesta,
  type LineaCesta,
  lineasMaximas,
} from '../src/cesta/cesta.ts'
import { leerFiltros } from '../src/datos/filtros.ts'
import { dispositivoDe } from '../src/pages/cuenta/dispositivo.ts'
import { cestaPosible, totalVisto } from '../src/pages/compra/comprar.ts'
import { leerVolver } from '../src/sesion/volver.ts'
import { escribirDinero, unidadMayor } from '../src/textos/formato.ts'

const linea = (productoId: string, cantidad = 1, precioVisto = 100): LineaCesta => ({
  productoId,
  nombre: productoId.toUpperCase(),
  cantidad,
  precioVisto,
})

describe('the basket', () => {
  test('adds up what is put in twice, at the price seen last', () => {
    const cesta = conMas(conMas([], linea('a', 2, 100)), linea('a', 3, 120))
    expect(cesta).toEqual([linea('a', 5, 120)])
  })

  test('holds no more lines than an order may have', () => {
    const llena = Array.from({ length: lineasMaximas }, (_, indice) => linea(`p${indice}`))
    expect(conMas(llena, linea('otra'))).toBe(llena)
    expect(conMas(llena, linea('p3', 4))[3]?.cantidad).toBe(5)
  })

  test('loses a line whose quantity becomes nothing', () => {
    expect(conCantidad([linea('a'), linea('b')], 'a', 0)).toEqual([linea('b')])
    expect(conCantidad([linea('a'), linea('b')], 'a', 5)[0]?.cantidad).toBe(5)
  })

  test('survives whatever stands in the storage', () => {
    const buena = linea('a', 2)
    const rubbish = [null, 1, 'x', {}, { ...buena, cantidad: 0 }, { ...buena, cantidad: 1.5 }]
    const mala = [...rubbish, { ...buena, cantidad: '2' }, { ...buena, precioVisto: null }]
    expect(leerCesta(JSON.stringify([...mala, buena]))).toEqual([buena])
    for (const texto of [null, '', '{', '{}', 'null', '"a"']) expect(leerCesta(texto)).toEqual([])
  })
})

describe('agreeing with what has changed', () => {
  const cesta = [linea('a', 2, 100), linea('b', 3, 200)]

  test('takes the new prices, and only those', () => {
    const cambios = [{ productoId: 'b', precioEsperado: 200, precioActual: 250 }]
    const nueva = cestaPosible(cesta, { tipo: 'precio', cambios })
    expect(nueva).toEqual([linea('a', 2, 100), linea('b', 3, 250)])
    expect(totalVisto(nueva)).toBe(950)
  })

  test('takes what is left, and nothing of what is sold out', () => {
    const faltantes = [
      { productoId: 'a', solicitado: 2, disponible: 0 },
      { productoId: 'b', solicitado: 3, disponible: 1 },
    ]
    expect(cestaPosible(cesta, { tipo: 'stock', faltantes })).toEqual([linea('b', 1, 200)])
  })

  test('takes nothing out for a total or a coupon that changed: those are agreed to as they are', () => {
    const problema = {
      codigo: 'cupon-agotado',
      status: 409,
      title: '',
      detail: '',
      type: '',
      motivo: 'agotado',
    } as const
    expect(cestaPosible(cesta, { tipo: 'cupon', problema })).toBe(cesta)
  })

  test('leaves out what is no longer sold', () => {
    expect(cestaPosible(cesta, { tipo: 'retirado', ids: new Set(['a']) })).toEqual([
      linea('b', 3, 200),
    ])
  })
})

describe('addresses that anybody may have written', () => {
  test('name filters, and nothing else', () => {
    const todo = { q: ' café ', categoria: 'Té', precioMin: 100, precioMax: 200, orden: '-precio' }
    expect(leerFiltros(todo)).toEqual({ ...todo, orden: '-precio' })
    expect(leerFiltros({ q: 2024 })).toEqual({ q: '2024' })
    const basura = {
      q: {},
      categoria: ['x'],
      precioMin: -1,
      precioMax: 0.5,
      orden: 'azar',
      otra: 1,
    }
    expect(leerFiltros(basura)).toEqual({})
    expect(leerFiltros({ q: '   ', orden: 'nombre' })).toEqual({})
    // With words the best match comes first, unless another order was chosen.
    expect(leerFiltros({ q: 'vela', orden: 'relevancia' })).toEqual({ q: 'vela' })
    expect(leerFiltros({ q: 'vela', orden: 'nombre' })).toEqual({ q: 'vela', orden: 'nombre' })
    expect(leerFiltros({ orden: 'relevancia' })).toEqual({})
  })

  test('lead back to our own pages only', () => {
    expect(leerVolver({ volver: '/pedidos/1?nuevo=true' })).toEqual({
      volver: '/pedidos/1?nuevo=true',
    })
    for (const volver of [
      '//otra.example',
      '/\\otra.example',
      'https://otra.example',
      '',
      7,
      '/entrar',
    ]) {
      expect(leerVolver({ volver })).toEqual({})
    }
  })
})

test('money is written from minor units, whatever the currency has of them', () => {
  expect(escribirDinero('en', 1_999, 'USD')).toBe('$19.99')
  expect(escribirDinero('en', 1_999, 'JPY')).toBe('¥1,999')
  expect(escribirDinero('en', -1_999, 'USD')).toBe('-$19.99')
  expect(escribirDinero('es-EC', -1_999, 'USD')).toBe('$-19,99')
  expect(unidadMayor('KWD')).toBe(1_000)
})

test('a device is told by its browser and its system', () => {
  const agente = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  expect(dispositivoDe(agente)).toBe('Firefox · Linux')
  expect(dispositivoDe('Bun/1.4.5')).toBe('Bun/1.4.5')
  expect(dispositivoDe(null)).toBeNull()
})
