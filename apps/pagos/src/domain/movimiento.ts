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

/** A fact about money: never changed, never taken back, but by another one. */
export interface Movimiento {
  readonly tipo: TipoMovimiento
  /** In minor units, above 0. */
  readonly importe: number
  /** The provider's name for it; with provider and kind it is one. */
  readonly referencia: string
  /** When it happened, as the provider says. */
  readonly en: number
}

/** What the movements of a charge come to. */
export interface Sumas {
  readonly autorizado: number
  readonly cobrado: number
  readonly reembolsado: number
  readonly disputado: number
}

const efecto: Readonly<Record<TipoMovimiento, readonly [keyof Sumas, 1 | -1]>> = {
  autorizacion: ['autorizado', 1],
  anulacion: ['autorizado', -1],
  captura: ['cobrado', 1],
  reembolso: ['reembolsado', 1],
  'reembolso-revertido': ['reembolsado', -1],
  contracargo: ['disputado', 1],
  'contracargo-revertido': ['disputado', -1],
}

export function sumar(movimientos: readonly Pick<Movimiento, 'tipo' | 'importe'>[]): Sumas {
  const sumas = { autorizado: 0, cobrado: 0, reembolsado: 0, disputado: 0 }
  for (const { tipo, importe } of movimientos) {
    const [que, signo] = efecto[tipo]
    sumas[que] += signo * importe
  }
  return sumas
}
