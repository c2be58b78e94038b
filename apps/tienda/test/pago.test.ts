import type { MetodoPago } from '@encargo/client'
import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { enlaceDe, guardarEnlace } from '../src/pages/pago/acceso.ts'
import { claveDe } from '../src/pages/pago/cobrar.ts'
import { esperaMs } from '../src/pages/pago/consulta.ts'
import { encargarCobro, tomarEncargado } from '../src/pages/pago/encargado.ts'
import {
  cobroActual,
  type Detalle,
  type PorPagar,
  porqueNo,
  seDebe,
  situacionDe,
} from '../src/pages/pago/situacion.ts'
import { useTextosPago } from '../src/pages/pago/textos.ts'

type Dicho = PorPagar['pago']['cobros'][number]

const cobro = (estado: Dicho['estado'], mas: Partial<Dicho> = {}): Dicho => ({
  id: `cobro-${estado}`,
  metodo: 'tarjeta',
  estado,
  importe: 1_250,
  cobrado: estado === 'cobrado' ? 1_250 : 0,
  reembolsado: 0,
  ...mas,
})

const pedido = (pago: Partial<PorPagar['pago']> = {}, mas: Partial<PorPagar> = {}): PorPagar => ({
  id: 'pedido-1',
  numero: 42,
  estado: 'Pendiente',
  apartado: 'plazo',
  moneda: 'USD',
  expiraEn: '2026-01-15T12:00:00.000Z',
  pago: {
    estado: 'pendiente',
    metodo: 'tarjeta',
    exigible: 1_250,
    cobrado: 0,
    reembolsado: 0,
    enDisputa: 0,
    saldo: 1_250,
    cobros: [],
    ...pago,
  },
  ...mas,
})

const tarjeta: MetodoPago = {
  codigo: 'tarjeta',
  nombre: 'Tarjeta',
  proveedor: 'stripe',
  momento: 'antes',
}
const banco: MetodoPago = {
  codigo: 'banco',
  nombre: 'Transferencia',
  proveedor: 'manual',
  momento: 'antes',
}
const entrega: MetodoPago = { ...banco, codigo: 'entrega', momento: 'contra-entrega' }
const metodos = [tarjeta, banco, entrega]

const dicho = (de: Dicho, mas: Partial<Detalle> = {}): Detalle => ({
  id: de.id,
  causa: null,
  expiraEn: '2026-01-15T12:30:00.000Z',
  ultimoRechazo: null,
  url: null,
  ...mas,
})
const situacion = (uno: PorPagar, detalle?: Detalle) => situacionDe(uno, metodos, detalle)
const tipo = (uno: PorPagar, detalle?: Detalle) => situacion(uno, detalle).tipo
const pagado = { cobrado: 1_250, saldo: 0, estado: 'pagado' } as const

describe('how an order stands with its payment', () => {
  test('while nothing was paid: chosen, open, declined, ended and why', () => {
    expect(tipo(pedido())).toBe('sin-pagar')
    expect(tipo(pedido({ metodo: null }))).toBe('por-elegir')
    const abierto = cobro('abierto')
    const uno = pedido({ cobros: [abierto] })
    expect(tipo(uno)).toBe('abierto')
    expect(situacion(uno, dicho(abierto, { ultimoRechazo: 'insufficient_funds' }))).toEqual({
      tipo: 'rechazado',
      porque: 'insufficient_funds',
    })
    // What was heard of another charge says nothing of this one.
    expect(tipo(uno, dicho(cobro('cerrado'), { ultimoRechazo: 'insufficient_funds' }))).toBe(
      'abierto',
    )
    const cerrado = cobro('cerrado')
    expect(situacion(pedido({ cobros: [cerrado] }))).toEqual({ tipo: 'terminado', causa: null })
    const vencido = dicho(cerrado, { causa: 'vencido' })
    expect(situacion(pedido({ cobros: [cerrado] }), vencido)).toEqual({
      tipo: 'terminado',
      causa: 'vencido',
    })
  })

  test('a voucher waits until it ends, whatever else was tried after it', () => {
    const vale = cobro('en-proceso')
    const uno = pedido({ estado: 'en-proceso', cobros: [vale, cobro('abierto')] })
    expect(cobroActual(uno.pago)).toBe(vale)
    const url = 'https://pay.example/vale'
    expect(situacion(uno, dicho(vale, { url: 'javascript:alert(1)' }))).not.toHaveProperty('url')
    expect(situacion(uno, dicho(vale, { url }))).toEqual({
      tipo: 'en-proceso',
      hasta: '2026-01-15T12:30:00.000Z',
      url,
    })
  })

  test('by hand it is told how, once stock is held for it', () => {
    const con = (metodo: string) => pedido({ metodo, cobros: [cobro('abierto', { metodo })] })
    expect(situacion(con('banco'))).toEqual({ tipo: 'a-mano', metodo: banco })
    expect(situacion(con('entrega'))).toEqual({ tipo: 'a-la-entrega', metodo: entrega })
    // Whoever sent money to an order without a charge would send it too late.
    expect(tipo(pedido({ metodo: 'banco' }))).toBe('sin-pagar')
    // Somebody who chose another way afterwards is told of that one.
    expect(tipo(pedido({ metodo: 'banco', cobros: [cobro('abierto')] }))).toBe('abierto')
  })

  test('once money is there, or is on its way back', () => {
    const cobros = [cobro('cobrado')]
    expect(tipo(pedido({ ...pagado, cobros }))).toBe('pagado')
    expect(tipo(pedido({ ...pagado, cobros }, { estado: 'Completado' }))).toBe('pagado')
    const sobra = {
      cobros,
      cobrado: 1_250,
      exigible: 0,
      saldo: -1_250,
      estado: 'excedido',
    } as const
    expect(situacion(pedido(sobra, { estado: 'Cancelado' }))).toEqual({
      tipo: 'de-vuelta',
      importe: 1_250,
    })
    const vuelto = { cobros, cobrado: 1_250, reembolsado: 1_250, saldo: 0 } as const
    expect(tipo(pedido({ ...vuelto, estado: 'reembolsado' }, { estado: 'Cancelado' }))).toBe(
      'devuelto',
    )
    expect(tipo(pedido({ ...pagado, enDisputa: 1_250, estado: 'en-disputa' }))).toBe('en-disputa')
    const parte = { cobrado: 250, saldo: 1_000, estado: 'parcial' } as const
    expect(tipo(pedido({ ...parte, cobros: [cobro('cobrado', { cobrado: 250 })] }))).toBe(
      'sin-pagar',
    )
    const apartado = cobro('autorizado')
    expect(tipo(pedido({ estado: 'autorizado', cobros: [apartado] }))).toBe('autorizado')
  })

  test('nobody is asked for money that is not due, or that would only have to go back', () => {
    const debe = (...de: Parameters<typeof pedido>) => seDebe(pedido(...de))
    expect(debe()).toBe(true)
    expect(debe({ metodo: null })).toBe(true)
    expect(debe(pagado)).toBe(false)
    expect(debe({ estado: 'autorizado' })).toBe(false)
    expect(debe({ saldo: 0 }, { estado: 'Cancelado' })).toBe(false)
    expect(debe({}, { apartado: 'vencido' })).toBe(false)
    expect(tipo(pedido({}, { apartado: 'vencido' }))).toBe('vencido')
    // A sale that was settled elsewhere, as before there were payments here.
    expect(debe({ metodo: null }, { estado: 'Completado' })).toBe(false)
    expect(tipo(pedido({ metodo: null }, { estado: 'Completado' }))).toBe('nada')
    expect(debe({}, { estado: 'Completado' })).toBe(true)
    const cancelado = { estado: 'Cancelado', apartado: 'ninguno' } as const
    expect(tipo(pedido({ saldo: 0, exigible: 0 }, cancelado))).toBe('nada')
    const abierto = { saldo: 0, exigible: 0, cobros: [cobro('abierto')] }
    expect(tipo(pedido(abierto, cancelado))).toBe('cancelado')
  })

  test('the reasons of banks are told as far as somebody can do something about them', () => {
    expect(porqueNo('insufficient_funds')).toBe('fondos')
    expect(porqueNo('cc_rejected_insufficient_amount')).toBe('fondos')
    expect(porqueNo('incorrect_cvc')).toBe('datos')
    expect(porqueNo('cc_rejected_bad_filled_security_code')).toBe('datos')
    expect(porqueNo('expired_card')).toBe('caducada')
    expect(porqueNo('authentication_required')).toBe('banco')
    expect(porqueNo('cc_rejected_call_for_authorize')).toBe('banco')
    for (const otro of ['stolen_card', 'fraudulent', 'generic_decline', 'lo que sea', ''])
      expect(porqueNo(otro)).toBe('otro')
  })

  test('every state and cause has its words, in both languages', () => {
    for (const { causas, porqueNo: porques, ...t } of [useTextosPago.es, useTextosPago.en]) {
      const todos = [...Object.values(causas), ...Object.values(porques), t.pagado.texto]
      expect(todos.filter((texto) => texto.trim() === '')).toEqual([])
    }
  })
})

describe('asking for a charge', () => {
  test('two presses, a reload and another tab are one charge, until that one has ended', () => {
    const antes = pedido()
    const clave = claveDe(antes, 'tarjeta')
    expect(clave).toMatch(/^[\x20-\x7e]{1,255}$/)
    expect(claveDe(pedido({ cobros: [cobro('abierto')] }), 'tarjeta')).toBe(clave)
    expect(claveDe(pedido({ cobros: [cobro('creado')] }), 'tarjeta')).toBe(clave)
    const otra = claveDe(pedido({ cobros: [cobro('cerrado')] }), 'tarjeta')
    expect(otra).not.toBe(clave)
    const desdeOtroMetodo = pedido({ cobros: [cobro('cerrado', { metodo: 'banco' })] })
    expect(claveDe(desdeOtroMetodo, 'tarjeta')).toBe(clave)
    expect(claveDe(antes, 'banco')).not.toBe(clave)
    expect(claveDe({ ...antes, id: 'pedido-2' }, 'tarjeta')).not.toBe(clave)
    // What was refused for good would only be refused again.
    expect(claveDe(antes, 'tarjeta', 1)).not.toBe(clave)
  })

  test('what was chosen with the order is asked for once, by the page of that order', () => {
    encargarCobro('pedido-1', 'tarjeta')
    expect(tomarEncargado('pedido-2')).toBeUndefined()
    expect(tomarEncargado('pedido-1')).toBe('tarjeta')
    expect(tomarEncargado('pedido-1')).toBeUndefined()
  })

  test('who waits is told soon, and who leaves the page open asks ever more seldom', () => {
    const esperas = [0, 1, 2, 3, 4, 5, 6, 7, 50].map(esperaMs)
    expect(esperas).toEqual(esperas.toSorted((a, b) => a - b))
    // Sooner than that the service refuses to ask.
    expect(esperas[0]).toBeGreaterThan(5_000)
    expect(esperas.at(-1)).toBe(60_000)
  })
})

describe('the links of orders that somebody is paying', () => {
  const dia = 24 * 60 * 60 * 1000
  const kept = new Map<string, string>()
  const guardado = {
    getItem: (clave: string) => kept.get(clave) ?? null,
    setItem: (clave: string, valor: string) => void kept.set(clave, valor),
    removeItem: (clave: string) => void kept.delete(clave),
  }
  beforeEach(() => {
    kept.clear()
    Object.defineProperty(globalThis, 'localStorage', { value: guardado, configurable: true })
  })
  afterEach(() => void Reflect.deleteProperty(globalThis, 'localStorage'))

  test('are found again by the order, as long as a voucher may be paid', () => {
    guardarEnlace('a', 'token-a', 0)
    guardarEnlace('b', 'token-b', dia)
    expect([enlaceDe('a', 2 * dia), enlaceDe('b', 2 * dia)]).toEqual(['token-a', 'token-b'])
    expect(enlaceDe('c', 2 * dia)).toBeUndefined()
    guardarEnlace('a', 'token-nuevo', 3 * dia)
    expect(enlaceDe('a', 30 * dia)).toBe('token-nuevo')
    expect(enlaceDe('a', 39 * dia)).toBeUndefined()
  })

  test('are few, and whatever stands in the storage is no link', () => {
    for (const n of Array.from({ length: 12 }).keys()) guardarEnlace(`p${n}`, `t${n}`, n)
    expect([enlaceDe('p1', 12), enlaceDe('p2', 12), enlaceDe('p11', 12)]).toEqual([
      undefined,
      't2',
      't11',
    ])
    for (const basura of ['', '{', 'null', '[null, {}, {"id": "a", "token": 1, "en": 0}]']) {
      kept.set('encargo:enlaces', basura)
      expect(enlaceDe('a', 0)).toBeUndefined()
    }
  })
})
