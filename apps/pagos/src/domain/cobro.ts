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
