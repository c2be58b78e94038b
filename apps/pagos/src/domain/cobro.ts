// Moments are integer milliseconds since the epoch, money integers in the currency's minor unit.

/** How far a charge has come, in the order in which it may go on; `cerrado` may still become `cobrado`. */
export const estadosCobro = [
  'creado',
  'abierto',
  'en-proceso',
  'autorizado',
  'cobrado',
  'cerrado',
] as const
export type EstadoCobro = (typeof estadosCobro)[number]

/** Why a charge was closed without all of its money. */
export const causasCierre = [
  'vencido',
  'anulado',
  'abandonado',
  'rechazado',
  'no-cobrable',
] as const
export type CausaCierre = (typeof causasCierre)[number]

/** What a dispute of it has come to. */
export const disputas = ['abierta', 'perdida', 'ganada'] as const
export type Disputa = (typeof disputas)[number]

/** When money is due: before goods leave, or when they are handed over. */
export const momentos = ['antes', 'contra-entrega'] as const
export type Momento = (typeof momentos)[number]

export const proveedores = ['manual', 'stripe', 'mercadopago', 'externo'] as const
export type IdProveedor = (typeof proveedores)[number]

/** Whether money may still come of it without anybody's contradicting themselves. */
export const esperaDinero = (estado: EstadoCobro): boolean =>
  estado !== 'cobrado' && estado !== 'cerrado'

/** A charge as it is kept. */
export interface Cobro {
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
  readonly momento: Momento
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
  readonly autorizado: number
  readonly cobrado: number
  readonly reembolsado: number
  readonly disputado: number
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

/** What is in the shop's hands of it. */
export const netoDe = ({
  cobrado,
  reembolsado,
  disputado,
}: Pick<Cobro, 'cobrado' | 'reembolsado' | 'disputado'>): number =>
  cobrado - reembolsado - disputado
