import type { Cobro, Cuenta, Reembolso } from '../src/domain/cobranza/cuenta.ts'
import type { Decision } from '../src/domain/cobranza/decidir.ts'

/** What an order of this file's tests is to be paid for. */
export const total = 100

/** A charge of all of it, as far as it came; the first one where nothing else is said. */
export function cobro(estado: Cobro['estado'], mas: Partial<Cobro> = {}): Cobro {
  const orden = mas.orden ?? 1
  return {
    id: `c${orden}`,
    estado,
    importe: total,
    autorizado: estado === 'autorizado' ? (mas.importe ?? total) : 0,
    cobrado: estado === 'cobrado' ? (mas.importe ?? total) : 0,
    reembolsado: 0,
    disputado: 0,
    disputa: null,
    orden,
    ...mas,
  }
}

export const reembolso = (cobroId: string, mas: Partial<Reembolso> = {}): Reembolso => ({
  id: `r-${cobroId}`,
  cobroId,
  importe: total,
  estado: 'pedido',
  ...mas,
})

export const cuenta = (mas: Partial<Cuenta> = {}): Cuenta => ({
  estado: 'Pendiente',
  intencion: null,
  apartado: 'plazo',
  total,
  abonado: 0,
  perdido: 0,
  cobros: [],
  reembolsos: [],
  ...mas,
})

export const nada: Decision = {
  proposito: undefined,
  cerrar: [],
  capturar: [],
  reembolsar: [],
  perder: 0,
}

/** What an order may be, by the rows of the table. */
export const filas = {
  A: {},
  B: { apartado: 'firme' },
  F: { apartado: 'vencido' },
  G: { estado: 'Cancelado' },
  H: { estado: 'Completado', apartado: 'firme' },
} as const satisfies Record<string, Partial<Cuenta>>

const pagadoDosVeces = { cobros: [cobro('cobrado'), cobro('cobrado', { orden: 2 })] }
/** What may have become of its charges, by the columns of the table. */
export const columnas = {
  'en-proceso': { cobros: [cobro('en-proceso')] },
  autorizado: { cobros: [cobro('autorizado')] },
  'cobrado, net = owed': { cobros: [cobro('cobrado')] },
  'net < owed': { cobros: [cobro('cobrado', { importe: 60 })] },
  'net > owed': { cobros: [cobro('cobrado', { cobrado: 130 })] },
  'a second charge paid': pagadoDosVeces,
  'cerrado unpaid': { cobros: [cobro('cerrado')] },
  refund: { cobros: [cobro('cobrado', { reembolsado: 30 })] },
  dispute: { cobros: [cobro('cobrado', { disputado: total, disputa: 'abierta' })] },
} as const satisfies Record<string, Partial<Cuenta>>

export type Fila = keyof typeof filas
export type Columna = keyof typeof columnas
export const celda = (fila: Fila, columna: Columna) =>
  cuenta({ ...filas[fila], ...columnas[columna] })
export const claves = <K extends string>(de: Readonly<Record<K, unknown>>) => Object.keys(de) as K[]
