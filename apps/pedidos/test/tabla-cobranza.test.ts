import { describe, expect, test } from 'bun:test'
import { cubierto, estadoPago, saldo } from '../src/domain/cobranza/cuenta.ts'
import { decidir, type Decision } from '../src/domain/cobranza/decidir.ts'
import { propositos } from '../src/domain/pedido.ts'
import {
  celda,
  claves,
  cobro,
  type Columna,
  columnas,
  cuenta,
  type Fila,
  filas,
  nada,
  reembolso,
  total,
} from './cuenta-fixture.ts'

// The decision table of the design, a test for each of its cells: rows are what the order is, columns what
// its charge is. Row X, an order that pedidos does not know, is of the payment service.

const vuelve = (importe: number, cobroId = 'c1') => ({ reembolsar: [{ cobroId, importe }] })

/** What is asked for in each cell; what an empty one is for says its sentence. */
const tabla: Record<Fila, Record<Columna, readonly [queSigue: string, Partial<Decision>]>> = {
  A: {
    'en-proceso': ['its lease was lengthened when it was told; it is waited for', {}],
    autorizado: ['secure its stock; capture waits for dispatch', { proposito: 'asegurar' }],
    'cobrado, net = owed': ['secure its stock', { proposito: 'asegurar' }],
    'net < owed': ['recorded; the lease stays', {}],
    'net > owed': [
      'secure its stock, refund the surplus',
      { proposito: 'asegurar', ...vuelve(30) },
    ],
    'a second charge paid': [
      'secure its stock, refund the newer charge',
      { proposito: 'asegurar', ...vuelve(total, 'c2') },
    ],
    'cerrado unpaid': ['its clock takes it when the lease is over', {}],
    refund: ['recorded; it is no longer paid, and its lease stays', {}],
    dispute: ['recorded; it is no longer paid, and its lease stays', {}],
  },
  B: {
    'en-proceso': ['waited for', {}],
    autorizado: ['capture waits for dispatch', {}],
    'cobrado, net = owed': ['recorded', {}],
    'net < owed': ['recorded', {}],
    'net > owed': ['refund the surplus', vuelve(30)],
    'a second charge paid': ['refund the newer charge', vuelve(total, 'c2')],
    'cerrado unpaid': ['its stock stays, for cash on delivery; somebody looks', {}],
    refund: ['its stock stays; it may not leave', {}],
    dispute: ['its stock stays; it may not leave', {}],
  },
  F: {
    'en-proceso': ['waited for: its own end bounds that', {}],
    autorizado: ['look for stock anew', { proposito: 'reapartar' }],
    'cobrado, net = owed': ['look for stock anew', { proposito: 'reapartar' }],
    'net < owed': ['no charge can bring the rest: end it', { proposito: 'expirar' }],
    'net > owed': [
      'look for stock anew, refund the surplus',
      { proposito: 'reapartar', ...vuelve(30) },
    ],
    'a second charge paid': [
      'look for stock anew, refund the newer charge',
      { proposito: 'reapartar', ...vuelve(total, 'c2') },
    ],
    'cerrado unpaid': ['all are closed: end it', { proposito: 'expirar' }],
    refund: ['what is left does not pay it: end it', { proposito: 'expirar' }],
    dispute: ['what is left does not pay it: end it', { proposito: 'expirar' }],
  },
  G: {
    'en-proceso': ['close it', { cerrar: ['c1'] }],
    autorizado: ['void it', { cerrar: ['c1'] }],
    'cobrado, net = owed': ['refund all', vuelve(total)],
    'net < owed': ['refund all', vuelve(60)],
    'net > owed': ['refund all', vuelve(130)],
    'a second charge paid': [
      'refund all, the newest first',
      { reembolsar: ['c2', 'c1'].map((cobroId) => ({ cobroId, importe: total })) },
    ],
    'cerrado unpaid': ['recorded', {}],
    refund: ['refund what is left', vuelve(70)],
    dispute: ['recorded: the bank has it', {}],
  },
  H: {
    'en-proceso': ['waited for', {}],
    autorizado: ['capture what is owed', { capturar: [{ cobroId: 'c1', importe: total }] }],
    'cobrado, net = owed': ['recorded', {}],
    'net < owed': ['listed: the rest is owed', {}],
    'net > owed': ['refund the surplus', vuelve(30)],
    'a second charge paid': ['refund the newer charge', vuelve(total, 'c2')],
    'cerrado unpaid': ['listed: all of it is owed', {}],
    refund: ['listed: what was given back is owed', {}],
    dispute: ['listed; no stock moves', {}],
  },
}

for (const fila of claves(filas))
  describe(`row ${fila}`, () => {
    for (const columna of claves(columnas)) {
      const [queSigue, decision] = tabla[fila][columna]
      test(`${columna}: ${queSigue}`, () => {
        expect(decidir(celda(fila, columna))).toEqual({ ...nada, ...decision })
      })
    }
  })

/** An order that has set out for something is asked nothing, and at its end is in another row. */
const enCamino = {
  C: { intencion: 'completar', fines: ['H', 'G'] },
  D: { intencion: 'cancelar', fines: ['G', 'H'] },
  E: { intencion: 'expirar', fines: ['B', 'F', 'G'] },
} as const

for (const fila of claves(enCamino))
  describe(`row ${fila}`, () => {
    const { intencion, fines } = enCamino[fila]
    for (const columna of claves(columnas))
      test(`${columna}: recorded, and asked again at its end, as row ${fines.join(' or ')}`, () => {
        expect(decidir({ ...celda('A', columna), intencion })).toEqual(nada)
        for (const fin of fines)
          expect(decidir(celda(fin, columna))).toEqual({ ...nada, ...tabla[fin][columna][1] })
      })
  })

describe('what is said of it, and whether goods may leave', () => {
  const dicho = {
    'en-proceso': ['en-proceso', 100, false],
    autorizado: ['autorizado', 100, true],
    'cobrado, net = owed': ['pagado', 0, true],
    'net < owed': ['parcial', 40, false],
    'net > owed': ['excedido', -30, true],
    'a second charge paid': ['excedido', -100, true],
    'cerrado unpaid': ['pendiente', 100, false],
    refund: ['parcial', 30, false],
    dispute: ['en-disputa', 100, false],
  } as const satisfies Record<Columna, readonly [ReturnType<typeof estadoPago>, number, boolean]>

  for (const columna of claves(dicho)) {
    const [estado, debe, sale] = dicho[columna]
    test(`${columna}: ${estado}, ${debe} is owed${sale ? '' : ', they stay'}`, () => {
      for (const fila of ['A', 'B', 'F', 'H'] as const) {
        const esta = celda(fila, columna)
        expect([estadoPago(esta), saldo(esta), cubierto(esta)]).toEqual([estado, debe, sale])
      }
    })
  }

  test('of a cancelled order nothing is owed, and all that is in hand goes back', () => {
    expect(estadoPago(celda('G', 'cobrado, net = owed'))).toBe('excedido')
    expect(saldo(celda('G', 'cobrado, net = owed'))).toBe(-total)
    const devuelto = {
      estado: 'Cancelado',
      cobros: [cobro('cobrado', { reembolsado: total })],
    } as const
    expect(estadoPago(cuenta(devuelto))).toBe('reembolsado')
    expect(saldo(cuenta(devuelto))).toBe(0)
  })
})

describe('whatever the row', () => {
  test('an order that has set out for anything is left alone', () => {
    for (const intencion of propositos)
      expect(decidir({ ...celda('F', 'a second charge paid'), intencion })).toEqual(nada)
  })

  test('the account told again asks for the same, so a repeat is known by what was asked before', () => {
    for (const fila of claves(filas))
      for (const columna of claves(columnas))
        expect(decidir(celda(fila, columna))).toEqual(
          decidir(structuredClone(celda(fila, columna))),
        )
  })

  test('a refund that is on its way is not asked for again, nor is one that failed', () => {
    for (const estado of ['por-pedir', 'pedido', 'fallido'] as const) {
      const reembolsos = [reembolso('c2', { estado })]
      expect(decidir({ ...celda('B', 'a second charge paid'), reembolsos })).toEqual(nada)
      expect(decidir({ ...celda('G', 'a second charge paid'), reembolsos })).toMatchObject(
        vuelve(total),
      )
    }
  })

  test('money that is going back pays for nothing any more', () => {
    const reembolsos = [reembolso('c1')]
    expect(cubierto({ ...celda('B', 'cobrado, net = owed'), reembolsos })).toBe(false)
    expect(decidir({ ...celda('A', 'cobrado, net = owed'), reembolsos })).toEqual(nada)
  })

  test('a refund that its charge has no money for holds up no other', () => {
    const aMano = {
      cobros: [cobro('cobrado', { reembolsado: total }), cobro('cobrado', { orden: 2 })],
    }
    const reembolsos = [reembolso('c1', { estado: 'fallido' })]
    expect(decidir({ ...cuenta({ estado: 'Cancelado' }), ...aMano, reembolsos })).toMatchObject(
      vuelve(total, 'c2'),
    )
  })

  test('of two open charges that are told the paid one closes the other', () => {
    for (const fila of ['A', 'B', 'F', 'H'] as const) {
      const cobros = [cobro('abierto'), cobro('cobrado', { orden: 2 })]
      expect(decidir({ ...celda(fila, 'refund'), cobros }).cerrar).toEqual(['c1'])
    }
  })

  test('of two promises the older one is kept, taken in row H, and the newer one given up', () => {
    const cobros = [cobro('autorizado', { orden: 2 }), cobro('autorizado')]
    expect(decidir(cuenta({ cobros }))).toEqual({ ...nada, proposito: 'asegurar', cerrar: ['c2'] })
    expect(decidir(cuenta({ ...filas.H, cobros }))).toEqual({
      ...nada,
      capturar: [{ cobroId: 'c1', importe: total }],
      cerrar: ['c2'],
    })
  })

  test('what only one half of a payment promises closes nothing', () => {
    const cobros = [
      cobro('autorizado', { importe: 50 }),
      cobro('abierto', { orden: 2, importe: 50 }),
    ]
    expect(decidir(cuenta({ cobros }))).toEqual(nada)
  })

  test('an order that lost its stock has its charges closed, waits for those on their way, and ends', () => {
    const medio = cobro('cobrado', { importe: 60 })
    const otro = cobro('abierto', { orden: 2, importe: 40 })
    expect(decidir(cuenta({ ...filas.F, cobros: [medio, otro] }))).toEqual({
      ...nada,
      cerrar: [otro.id],
    })
    const vale = { ...otro, estado: 'en-proceso' } as const
    expect(decidir(cuenta({ ...filas.F, cobros: [medio, vale] }))).toEqual(nada)
    expect(decidir(cuenta(filas.F))).toEqual({ ...nada, proposito: 'expirar' })
  })

  test('a free order is its clock’s alone, and one that became free is secured', () => {
    expect(decidir(cuenta({ total: 0 }))).toEqual(nada)
    const abonado = { abonado: total, cobros: [cobro('abierto')] }
    expect(decidir(cuenta(abonado))).toEqual({ ...nada, proposito: 'asegurar', cerrar: ['c1'] })
  })

  test('a credit gives back what is above it', () => {
    expect(decidir({ ...celda('H', 'cobrado, net = owed'), abonado: 25 })).toMatchObject(vuelve(25))
  })
})

describe('what a bank takes back for good', () => {
  const perdido = cobro('cobrado', { reembolsado: total, disputado: total, disputa: 'perdida' })

  test('is lost of a cancelled order, once', () => {
    const esta = cuenta({ ...filas.G, cobros: [perdido] })
    expect(decidir(esta)).toEqual({ ...nada, perder: total })
    expect(decidir({ ...esta, perdido: total })).toEqual(nada)
    expect(saldo({ ...esta, perdido: total })).toBe(0)
  })

  test('is not lost while it is disputed, nor where it had not been given back', () => {
    const abierta = { ...perdido, disputa: 'abierta' } as const
    const sinDevolver = { ...perdido, reembolsado: 0 }
    for (const uno of [abierta, sinDevolver])
      expect(decidir(cuenta({ ...filas.G, cobros: [uno] }))).toEqual(nada)
  })

  test('is listed of an order that was delivered, until somebody gives it up', () => {
    const esta = cuenta({ ...filas.H, cobros: [{ ...perdido, reembolsado: 0 }] })
    expect(decidir(esta)).toEqual(nada)
    expect(saldo(esta)).toBe(total)
    const dejado = {
      ...esta,
      perdido: total,
      cobros: [...esta.cobros, cobro('autorizado', { orden: 2 })],
    }
    expect(saldo(dejado)).toBe(0)
    expect(decidir(dejado)).toEqual({ ...nada, cerrar: ['c2'] })
  })

  test('owes nobody anything when it comes back after it was given up', () => {
    const vuelto = { ...perdido, reembolsado: 0, disputado: 0, disputa: 'ganada' } as const
    const esta = cuenta({ ...filas.H, perdido: total, cobros: [vuelto] })
    expect(saldo(esta)).toBe(0)
    expect(decidir(esta)).toEqual(nada)
  })
})
