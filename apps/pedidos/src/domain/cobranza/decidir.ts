import { esperaDinero, netoDe } from '@encargo/service-kit/values/cobros'
import { type Cobro, cubierto, type Cuenta, exigible, neto, porSalir, quedara } from './cuenta.ts'

/** What an order's money asks for now. */
export interface Decision {
  /** What the order is to set out for. */
  readonly proposito: 'asegurar' | 'reapartar' | 'expirar' | undefined
  /** Charges that are to take no more money. */
  readonly cerrar: readonly string[]
  /** Charges whose promised money is to be taken, and how much of it. */
  readonly capturar: readonly Parte[]
  /** What is to go back, the newest charge first. */
  readonly reembolsar: readonly Parte[]
  /** What is lost of a cancelled order, as a bank took it back for good. */
  readonly perder: number
}

export interface Parte {
  readonly cobroId: string
  readonly importe: number
}

const nada: Decision = {
  proposito: undefined,
  cerrar: [],
  capturar: [],
  reembolsar: [],
  perder: 0,
}

/**
 * The decision table: what an order is by its charges, looked at as a whole and not by what came last, so
 * that it does not matter in which order, how late or how often something is told. It is asked after every
 * write that changes the account, in that very write; what it says twice is done once.
 */
export function decidir(cuenta: Cuenta): Decision {
  // Rows C, D and E: a purpose is fulfilled first, and its end asks again.
  if (cuenta.intencion !== null) return nada
  const viejos = [...cuenta.cobros].sort((uno, otro) => uno.orden - otro.orden)
  const abiertos = viejos.filter(esperaDinero)
  const falta = exigible(cuenta) - quedara(cuenta)
  const hay = (cobro: Cobro) => netoDe(cobro) - porSalir(cuenta, cobro)
  const reembolsar = tomar(viejos.toReversed(), -falta, hay)
  // Row G.
  if (cuenta.estado === 'Cancelado') {
    return { ...nada, cerrar: ids(abiertos), reembolsar, perder: perdida(cuenta) }
  }
  const debe = falta - cuenta.perdido
  const capturar = tomar(viejos, debe, prometido)
  const sobran = capturar.reduce((queda, { importe }) => queda - importe, debe) <= 0
  const otros = abiertos.filter(({ id }) => !capturar.some(({ cobroId }) => cobroId === id))
  const cerrar = sobran ? otros : abiertos.filter((uno) => enVano(cuenta, uno))
  const comun = { ...nada, cerrar: ids(cerrar), reembolsar }
  // Row H, or A, B and F, whose promised money is taken when goods leave.
  return cuenta.estado === 'Completado'
    ? { ...comun, capturar }
    : { ...comun, proposito: proposito(cuenta) }
}

/**
 * Row F: what could not be closed when the stock was let go of is closed as soon as it can be, but for what
 * is on its way, as a voucher is, which ends by itself.
 */
const enVano = ({ estado, apartado }: Cuenta, cobro: Cobro): boolean =>
  estado === 'Pendiente' && apartado === 'vencido' && ['creado', 'abierto'].includes(cobro.estado)

/** What is promised, the older ones first, as far as so much is wanted. */
export const promesas = ({ cobros }: Cuenta, cuanto: number): Parte[] =>
  tomar(
    [...cobros].sort((uno, otro) => uno.orden - otro.orden),
    cuanto,
    prometido,
  )

const ids = (cobros: readonly Cobro[]) => cobros.map(({ id }) => id)

const prometido = ({ estado, autorizado }: Cobro) => (estado === 'autorizado' ? autorizado : 0)

/** Rows A, B and F. In its lease an order without any charge is its clock's alone, paid or not. */
function proposito(cuenta: Cuenta): Decision['proposito'] {
  const { apartado, cobros } = cuenta
  if (apartado === 'firme') return undefined
  if (apartado === 'plazo') return cobros.length > 0 && cubierto(cuenta) ? 'asegurar' : undefined
  if (cubierto(cuenta)) return 'reapartar'
  return cobros.some(esperaDinero) ? undefined : 'expirar'
}

/** As much of it as there is, of one charge after the other. */
function tomar(cobros: readonly Cobro[], cuanto: number, hay: (cobro: Cobro) => number): Parte[] {
  let queda = cuanto
  const partes: Parte[] = []
  for (const cobro of cobros) {
    const importe = Math.min(queda, hay(cobro))
    if (importe <= 0) continue
    partes.push({ cobroId: cobro.id, importe })
    queda -= importe
  }
  return partes
}

/** A bank took back what had been given back already: nobody will pay that any more. */
function perdida(cuenta: Cuenta): number {
  if (!cuenta.cobros.some(({ disputa }) => disputa === 'perdida')) return 0
  return Math.max(0, -neto(cuenta) - cuenta.perdido)
}
