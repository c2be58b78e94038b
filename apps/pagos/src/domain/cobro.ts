import type { Disputa, EstadoCobro, MomentoPago, Sumas } from '@encargo/service-kit/values/cobros'

// Moments are integer milliseconds since the epoch, money integers in the currency's minor unit.

/** Why a charge was closed without all of its money. */
export const causasCierre = [
  'vencido',
  'anulado',
  'abandonado',
  'rechazado',
  'no-cobrable',
] as const
export type CausaCierre = (typeof causasCierre)[number]

export const proveedores = ['manual', 'stripe', 'mercadopago', 'externo'] as const
export type IdProveedor = (typeof proveedores)[number]

/** A charge as it is kept. */
export interface Cobro extends Sumas {
  readonly id: string
  readonly pedidoId: string
  /** The order's number, for people. */
  readonly numero: number
  /** Whose the order was when it was made. */
  readonly clienteId: string
  readonly creadoPor: string
  /** The code of the method that it was asked for by. */
  readonly metodo: string
  readonly proveedor: IdProveedor
  readonly momento: MomentoPago
  readonly estado: EstadoCobro
  readonly causa: CausaCierre | null
  readonly importe: number
  /** ISO 4217. */
  readonly moneda: string
  /** The provider's name for it; none before it is opened there. */
  readonly referencia: string | null
  readonly url: string | null
  readonly volverA: string | null
  /** When the provider's session ends. */
  readonly expiraEn: number
  /** Until when stock is to be held for it. */
  readonly apartarHasta: number
  readonly disputa: Disputa | null
  readonly ultimoRechazo: string | null
  /** Grows with whatever pedidos is to know of it. */
  readonly version: number
  /** The version that pedidos knows. */
  readonly contada: number
  readonly consultarEn: number | null
  /** How often in a row its provider could not be asked. */
  readonly fallos: number
  readonly creadoEn: number
  readonly actualizadoEn: number
}
