import {
  abierto,
  autorizado,
  type Cobro,
  type Cuenta,
  exigible,
  neto,
  netoDe,
  porSalir,
} from './cuenta.ts'

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
  const cobros = [...cuenta.cobros].sort((uno, otro) => otro.orden - uno.orden)
  const debe = exigible(cuenta)
  const tiene = neto(cuenta)
  const pagado = tiene >= debe
  const abiertos = cobros.filter(abierto)
  const reembolsar = sobrante(cuenta, cobros, tiene - debe)
  switch (cuenta.estado) {
    // Row G.
    case 'Cancelado':
      return { ...nada, cerrar: ids(abiertos), reembolsar, perder: perdida(cuenta, tiene) }
    // Row H.
    case 'Completado':
      return {
        ...nada,
        cerrar: pagado ? ids(abiertos) : [],
        capturar: tomar(abiertos, debe - tiene),
        reembolsar,
      }
    case 'Pendiente': {
      const seguro = pagado || tiene + autorizado(cuenta) >= debe
      const cerrar = abiertos.filter(({ estado }) => pagado || (seguro && estado !== 'autorizado'))
      return { ...nada, proposito: proposito(cuenta, seguro), cerrar: ids(cerrar), reembolsar }
    }
  }
}

const ids = (cobros: readonly Cobro[]) => cobros.map(({ id }) => id)

/** Rows A, B and F. Without any charge an order is its clock's alone, paid or not. */
function proposito({ apartado, cobros }: Cuenta, seguro: boolean): Decision['proposito'] {
  if (apartado === 'firme' || cobros.length === 0) return undefined
  if (apartado === 'plazo') return seguro ? 'asegurar' : undefined
  if (seguro) return 'reapartar'
  return cobros.some(abierto) ? undefined : 'expirar'
}

/** Money beyond what is owed, that nobody gives back yet, taken from the newest charges first. */
function sobrante(cuenta: Cuenta, cobros: readonly Cobro[], demas: number): Parte[] {
  let queda = demas - porSalir(cuenta)
  const partes: Parte[] = []
  for (const cobro of cobros) {
    const importe = Math.min(queda, netoDe(cobro) - porSalir(cuenta, cobro.id))
    if (importe <= 0) continue
    partes.push({ cobroId: cobro.id, importe })
    queda -= importe
  }
  return partes
}

function tomar(abiertos: readonly Cobro[], falta: number): Parte[] {
  let queda = falta
  const partes: Parte[] = []
  for (const { id: cobroId, estado, autorizado: hasta } of abiertos) {
    const importe = estado === 'autorizado' ? Math.min(queda, hasta) : 0
    if (importe <= 0) continue
    partes.push({ cobroId, importe })
    queda -= importe
  }
  return partes
}

/** A bank took back what had been given back already: nobody will pay that any more. */
function perdida({ cobros, perdido }: Cuenta, tiene: number): number {
  if (!cobros.some(({ disputa }) => disputa === 'perdida')) return 0
  return Math.max(0, -tiene - perdido)
}
