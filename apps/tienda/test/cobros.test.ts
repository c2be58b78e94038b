import { describe, expect, test } from 'bun:test'
import type { Pedido } from '@encargo/client'
import {
  admiteCobro,
  faltaPagar,
  neto,
  type Pago,
  recibidoEl,
  seAsegura,
  trasAbonar,
} from '../src/backoffice/cobros/cuentas.ts'
import {
  codigoLimpio,
  horasParaEditar,
  leerMetodo,
  type Lector,
} from '../src/backoffice/metodos-pago/forma.ts'
import { direccionDeAvisos } from '../src/backoffice/metodos-pago/proveedores.tsx'
import { useTextosMetodosPago } from '../src/backoffice/metodos-pago/textos.ts'

const nada: Pago = {
  estado: 'pendiente',
  metodo: null,
  exigible: 1_000,
  cobrado: 0,
  reembolsado: 0,
  enDisputa: 0,
  saldo: 1_000,
  cobros: [],
}
const pagado: Pago = { ...nada, estado: 'pagado', cobrado: 1_000, saldo: 0 }
const pedido = (de: Partial<Pedido>) => ({ estado: 'Pendiente', pago: nada, ...de }) as Pedido

describe('the money of an order, as staff see it', () => {
  test('a credit lowers what is due first, and gives back what is over then', () => {
    expect(trasAbonar(nada, 300)).toEqual({ exigible: 700, vuelve: 0 })
    expect(trasAbonar(pagado, 300)).toEqual({ exigible: 700, vuelve: 300 })
    const enParte = { ...nada, cobrado: 800, saldo: 200 }
    expect(trasAbonar(enParte, 300)).toEqual({ exigible: 700, vuelve: 100 })
    // What is over already goes back whether it is credited or not.
    const deMas = { ...nada, cobrado: 1_200, saldo: -200 }
    expect(trasAbonar(deMas, 300)).toEqual({ exigible: 700, vuelve: 300 })
    expect(neto({ ...pagado, reembolsado: 200, enDisputa: 100 })).toBe(700)
  })

  test('is taken while something is due and its stock is not free', () => {
    expect(admiteCobro(pedido({ apartado: 'plazo' }))).toBe(true)
    expect(admiteCobro(pedido({ estado: 'Completado', apartado: 'despachado' }))).toBe(true)
    expect(admiteCobro(pedido({ apartado: 'vencido' }))).toBe(false)
    expect(admiteCobro(pedido({ estado: 'Cancelado' }))).toBe(false)
    expect(admiteCobro(pedido({ pago: pagado, apartado: 'firme' }))).toBe(false)
  })

  test('makes firm and forces only what has a way to pay', () => {
    const conMetodo = { ...nada, metodo: 'contra-entrega' }
    expect(seAsegura(pedido({ apartado: 'plazo', pago: conMetodo }))).toBe(true)
    expect(seAsegura(pedido({ apartado: 'plazo' }))).toBe(false)
    expect(seAsegura(pedido({ apartado: 'firme', pago: conMetodo }))).toBe(false)
    expect(faltaPagar(pedido({ pago: conMetodo }))).toBe(true)
    expect(faltaPagar(pedido({}))).toBe(false)
    expect(faltaPagar(pedido({ pago: { ...conMetodo, estado: 'autorizado' } }))).toBe(false)
  })

  test('that came on an earlier day came when that day began, and today is now', () => {
    const ahora = Date.parse('2026-03-15T18:00:00Z')
    const zona = 'America/Guayaquil'
    expect(recibidoEl('2026-03-15', zona, ahora)).toBeUndefined()
    expect(recibidoEl('2026-03-14', zona, ahora)).toBe('2026-03-14T05:00:00.000Z')
  })
})

describe('the form of a way to pay', () => {
  const lector: Lector = { region: 'es-EC', moneda: 'USD', textos: useTextosMetodosPago.es }
  const leer = (campos: Readonly<Record<string, string>>, mas: Partial<Lector> = {}) => {
    const datos = new FormData()
    const todos = { proveedor: 'manual', nombre: 'Efectivo', momento: 'antes', ...campos }
    for (const [campo, valor] of Object.entries(todos)) datos.set(campo, valor)
    return leerMetodo(datos, { ...lector, ...mas })
  }

  test('says no more than was typed', () => {
    const nulos = { plazoSegundos: null, instrucciones: null, minimo: null, maximo: null }
    const efectivo = { proveedor: 'manual', nombre: 'Efectivo', momento: 'antes' } as const
    expect(leer({})).toEqual({ ...efectivo, ...nulos, paises: [], activo: false })
    const entero = {
      momento: 'contra-entrega',
      plazo: '1,5',
      instrucciones: 'Caja 2.\r\nDe 9 a 17.',
      minimo: '5',
      maximo: '200,50',
      'pais-0': 'EC',
      'pais-3': 'PE',
      activo: 'si',
    }
    expect(leer(entero)).toMatchObject({
      momento: 'contra-entrega',
      plazoSegundos: 5_400,
      instrucciones: 'Caja 2.\nDe 9 a 17.',
      minimo: 500,
      maximo: 20_050,
      paises: ['EC', 'PE'],
      activo: true,
    })
  })

  test('stops at the field that is wrong, and keeps a time that nobody touched', () => {
    const t = useTextosMetodosPago.es
    expect(() => leer({ plazo: '721' })).toThrow(t.plazoMal)
    expect(() => leer({ plazo: 'mucho' })).toThrow(t.plazoMal)
    expect(() => leer({ minimo: '10', maximo: '5' })).toThrow(t.maximoMal)
    expect(() => leer({ maximo: 'x' })).toThrow(t.importeMal)
    expect(() => leer({ 'pais-0': 'EC', 'pais-1': 'EC' })).toThrow(t.paisRepetido)
    const inicial = { plazoSegundos: 1_000 }
    expect(horasParaEditar(1_000)).toBe('0.28')
    expect(leer({ plazo: '0.28' }, { inicial }).plazoSegundos).toBe(1_000)
  })

  test('has a code that the service takes, and an address that its provider reaches', () => {
    expect(codigoLimpio('contra-entrega')).toBe('contra-entrega')
    for (const mala of ['', 'Efectivo', '-a', 'a'.repeat(41)]) {
      expect(codigoLimpio(mala)).toBeUndefined()
    }
    expect(direccionDeAvisos('https://tienda.example', 'stripe')).toBe(
      'https://tienda.example/api/pagos/avisos/stripe',
    )
  })
})
