import {
  type Disputa,
  type EstadoCobro,
  type MomentoPago,
  netoDe,
  type Sumas,
  esperaDinero,
} from '@encargo/service-kit/values/cobros'
import type { Estado, Proposito } from '../estado.ts'

// What is known of the money of one order. Money in minor units, moments in milliseconds since the epoch.

/** Whether its stock waits for a moment, for nobody, or is free again while a charge may still arrive. */
export const apartados = ['plazo', 'firme', 'vencido'] as const
export type Apartado = (typeof apartados)[number]

/** Why an order is to be paid for less than it was made for; `contracargo`: what is lost of it. */
export const causasAbono = [
  'anulacion',
  'baja',
  'devolucion',
  'cortesia',
  'cancelacion',
  'contracargo',
] as const
export type CausaAbono = (typeof causasAbono)[number]

/** Why somebody of the staff may have to look at an order's money. */
export const asuntos = [
  'por-cobrar',
  'por-devolver',
  'devolucion-fallida',
  'en-disputa',
  'vencido',
  'por-asegurar',
] as const
export type Asunto = (typeof asuntos)[number]

export const estadosReembolso = ['por-pedir', 'pedido', 'hecho', 'fallido'] as const
/** `fallido`: a person gives it back by hand and says so; until then nothing else is tried. */
export type EstadoReembolso = (typeof estadosReembolso)[number]

/** A charge, as the payment service told it last. */
export interface Cobro extends Sumas {
  readonly id: string
  readonly estado: EstadoCobro
  readonly importe: number
  readonly disputa: Disputa | null
  /** Grows with each charge that is announced: of two that were paid the newer one goes back. */
  readonly orden: number
}

/** What is asked of the payment service to be given back. */
export interface Reembolso {
  readonly id: string
  readonly cobroId: string
  readonly importe: number
  readonly estado: EstadoReembolso
}

/** A charge with what is told of it beyond what is decided by. */
export interface CobroConocido extends Cobro {
  readonly metodo: string
  readonly proveedor: string
  readonly momento: MomentoPago
  readonly causa: string | null
  readonly expiraEn: number | null
  /** As pagos counts: a told state that is no newer changes nothing. */
  readonly version: number
}

export interface ReembolsoConocido extends Reembolso {
  /** In a word. */
  readonly motivo: string
}

/** What an order has that is to be paid here, or of which less is to be paid. */
export interface Cobranza {
  readonly metodo: string | null
  readonly momento: MomentoPago | null
  readonly apartado: Apartado
  /** The reservation that its stock is under now; null for the one that is called as the order is. */
  readonly reservaId: string | null
  /** Until when charges that can't be closed are waited for; null while none is. */
  readonly insistirHasta: number | null
  /** When all of it was paid first. */
  readonly pagadoEn: number | null
  readonly asunto: Asunto | null
  readonly abonado: number
  readonly perdido: number
  readonly cobros: readonly CobroConocido[]
  readonly reembolsos: readonly ReembolsoConocido[]
}

/** An order as far as its money goes. */
export interface Cuenta {
  readonly estado: Estado
  readonly intencion: Proposito | null
  readonly apartado: Apartado
  readonly total: number
  /** The sum of its credits, without what was given up as lost. */
  readonly abonado: number
  /** What was given up: money that a bank took back for good. */
  readonly perdido: number
  readonly cobros: readonly Cobro[]
  readonly reembolsos: readonly Reembolso[]
}

const suma = <T>(unos: readonly T[], de: (uno: T) => number) =>
  unos.reduce((hasta, uno) => hasta + de(uno), 0)

/** What its customer is to pay in all. */
export const exigible = ({ estado, total, abonado }: Cuenta): number =>
  estado === 'Cancelado' ? 0 : total - abonado

/** What is in the shop's hands of it. */
export const neto = ({ cobros }: Cuenta): number => suma(cobros, netoDe)

/** What is promised and not taken yet. */
export const autorizado = ({ cobros }: Cuenta): number =>
  suma(cobros, (uno) => (uno.estado === 'autorizado' ? uno.autorizado : 0))

/**
 * Above 0 the customer owes it, below 0 the shop does. What was given up counts only as far as money is
 * missing: where it comes after all, nobody is owed it.
 */
export function saldo(cuenta: Cuenta): number {
  const falta = exigible(cuenta) - neto(cuenta)
  return falta - Math.min(cuenta.perdido, Math.max(0, falta))
}

/** What of a charge is asked to go back and still counts as ours: not more than there is of it. */
export function porSalir({ reembolsos }: Cuenta, cobro: Cobro): number {
  const pedidos = reembolsos.filter(
    ({ cobroId, estado }) => cobroId === cobro.id && estado !== 'hecho',
  )
  return Math.min(
    suma(pedidos, ({ importe }) => importe),
    Math.max(0, netoDe(cobro)),
  )
}

/** What is left in the shop's hands once all that is asked to go back is gone. */
export const quedara = (cuenta: Cuenta): number =>
  neto(cuenta) - suma(cuenta.cobros, (uno) => porSalir(cuenta, uno))

/** Whether goods may leave: it is paid, or promised and only to be taken. */
export const cubierto = (cuenta: Cuenta): boolean =>
  quedara(cuenta) + autorizado(cuenta) >= exigible(cuenta)

/** As many charges wait at once as anybody has a use for; each is read whenever one of them changes. */
export const maxAbiertos = 20

/** Whether it takes a new charge of so much: of no more than is neither there nor promised. */
export function admiteCobro(cuenta: Cuenta, importe: number): boolean {
  const { estado, intencion, apartado } = cuenta
  const espera = estado === 'Pendiente' && intencion === null && apartado !== 'vencido'
  if (!espera && estado !== 'Completado') return false
  if (cuenta.cobros.filter(esperaDinero).length >= maxAbiertos) return false
  return importe > 0 && importe <= exigible(cuenta) - quedara(cuenta) - autorizado(cuenta)
}

export const estadosPago = [
  'sin-cobro',
  'pendiente',
  'en-proceso',
  'autorizado',
  'parcial',
  'pagado',
  'excedido',
  'reembolsado',
  'en-disputa',
] as const
export type EstadoPago = (typeof estadosPago)[number]

/** How far its payment has come, in a word. */
export function estadoPago(cuenta: Cuenta): EstadoPago {
  const { cobros } = cuenta
  const debe = exigible(cuenta)
  const tiene = neto(cuenta)
  if (cobros.some(({ disputado }) => disputado > 0)) return 'en-disputa'
  if (tiene > debe) return 'excedido'
  if (tiene > 0) return tiene === debe ? 'pagado' : 'parcial'
  if (cobros.some(({ cobrado }) => cobrado > 0)) return 'reembolsado'
  if (debe === 0) return 'sin-cobro'
  if (autorizado(cuenta) >= debe) return 'autorizado'
  return cobros.some(({ estado }) => estado === 'en-proceso') ? 'en-proceso' : 'pendiente'
}
