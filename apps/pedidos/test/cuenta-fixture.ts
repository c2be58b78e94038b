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
