// The words in which pagos and pedidos tell each other of money.

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

/** Whether money may still come of it without anybody's contradicting themselves. */
export const esperaDinero = ({ estado }: { readonly estado: EstadoCobro }): boolean =>
  estado !== 'cobrado' && estado !== 'cerrado'

/** When money is due: before goods leave, or when they are handed over. */
export const momentosPago = ['antes', 'contra-entrega'] as const
export type MomentoPago = (typeof momentosPago)[number]

/** What a dispute of a charge has come to. */
export const disputas = ['abierta', 'perdida', 'ganada'] as const
export type Disputa = (typeof disputas)[number]

/** How far a refund has come that a provider, or pagos, was asked for. */
export const estadosReembolsoDicho = ['enviado', 'hecho', 'fallido'] as const
export type EstadoReembolsoDicho = (typeof estadosReembolsoDicho)[number]

/** What movements come to, in minor units. */
export interface Sumas {
  readonly autorizado: number
  readonly cobrado: number
  readonly reembolsado: number
  readonly disputado: number
}

/** What is in the shop's hands of it; what is promised is not. */
export const netoDe = ({ cobrado, reembolsado, disputado }: Omit<Sumas, 'autorizado'>): number =>
  cobrado - reembolsado - disputado

/** What can happen to the money of a charge. */
export const tiposMovimiento = [
  'autorizacion',
  'captura',
  'anulacion',
  'reembolso',
  'reembolso-revertido',
  'contracargo',
  'contracargo-revertido',
] as const
export type TipoMovimiento = (typeof tiposMovimiento)[number]

/** Which sum a movement changes, and whether it adds to it. */
export const efectoDe = {
  autorizacion: ['autorizado', 1],
  captura: ['cobrado', 1],
  anulacion: ['autorizado', -1],
  reembolso: ['reembolsado', 1],
  'reembolso-revertido': ['reembolsado', -1],
  contracargo: ['disputado', 1],
  'contracargo-revertido': ['disputado', -1],
} as const satisfies Readonly<Record<TipoMovimiento, readonly [keyof Sumas, 1 | -1]>>
