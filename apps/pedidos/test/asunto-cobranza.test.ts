import { describe, expect, test } from 'bun:test'
import { asuntoDe } from '../src/domain/cobranza/asunto.ts'
import type { Asunto } from '../src/domain/cobranza/cuenta.ts'
import {
  celda,
  claves,
  cobro,
  type Columna,
  cuenta,
  type Fila,
  filas,
  reembolso,
} from './cuenta-fixture.ts'

/** Which list an order that is to be paid first is on, in each cell of the table. */
const listas: Record<Columna, Record<Fila, Asunto | null>> = {
  'en-proceso': { A: null, B: null, F: 'vencido', G: null, H: 'por-cobrar' },
  autorizado: { A: null, B: null, F: 'vencido', G: null, H: 'por-cobrar' },
  'cobrado, net = owed': { A: null, B: null, F: 'vencido', G: 'por-devolver', H: null },
  'net < owed': { A: null, B: 'por-cobrar', F: 'vencido', G: 'por-devolver', H: 'por-cobrar' },
  'net > owed': {
    A: 'por-devolver',
    B: 'por-devolver',
    F: 'por-devolver',
    G: 'por-devolver',
    H: 'por-devolver',
  },
  'a second charge paid': {
    A: 'por-devolver',
    B: 'por-devolver',
    F: 'por-devolver',
    G: 'por-devolver',
    H: 'por-devolver',
  },
  'cerrado unpaid': { A: null, B: 'por-cobrar', F: 'vencido', G: null, H: 'por-cobrar' },
  refund: { A: null, B: 'por-cobrar', F: 'vencido', G: 'por-devolver', H: 'por-cobrar' },
  dispute: {
    A: 'en-disputa',
    B: 'en-disputa',
    F: 'en-disputa',
    G: 'en-disputa',
    H: 'en-disputa',
  },
}

describe('what staff works off', () => {
  for (const columna of claves(listas))
    test(`${columna}: on the list of its row`, () => {
      for (const fila of claves(listas[columna]))
        expect([fila, asuntoDe(celda(fila, columna), 'antes')]).toEqual([
          fila,
          listas[columna][fila],
        ])
    })

  test('what is paid on delivery is made sure of first, and then looked at where a charge failed', () => {
    expect(asuntoDe(cuenta(filas.A), 'contra-entrega')).toBe('por-asegurar')
    expect(asuntoDe(cuenta(filas.B), 'contra-entrega')).toBeNull()
    for (const columna of ['cerrado unpaid', 'refund'] as const)
      expect(asuntoDe(celda('B', columna), 'contra-entrega')).toBe('por-cobrar')
    expect(asuntoDe(cuenta(filas.H), 'contra-entrega')).toBe('por-cobrar')
  })

  test('what is not to be paid here is on no list', () => {
    for (const fila of ['A', 'B', 'H'] as const)
      expect(asuntoDe(cuenta(filas[fila]), null)).toBeNull()
  })

  test('a refund that failed comes before anything else, until somebody gave it back', () => {
    const esta = celda('G', 'dispute')
    const con = (estado: 'fallido' | 'hecho') => ({
      ...esta,
      reembolsos: [reembolso('c1', { estado })],
    })
    expect(asuntoDe(con('fallido'), 'antes')).toBe('devolucion-fallida')
    expect(asuntoDe(con('hecho'), 'antes')).toBe('en-disputa')
  })

  test('a dispute that was lost is owed, until it is given up', () => {
    const perdido = { cobros: [cobro('cobrado', { disputado: 100, disputa: 'perdida' })] }
    const esta = cuenta({ ...filas.H, ...perdido })
    expect(asuntoDe(esta, 'antes')).toBe('por-cobrar')
    expect(asuntoDe({ ...esta, perdido: 100 }, 'antes')).toBeNull()
  })
})
