import { efectoDe, type Sumas, type TipoMovimiento } from '@encargo/service-kit/values/cobros'

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
export function sumar(movimientos: readonly Pick<Movimiento, 'tipo' | 'importe'>[]): Sumas {
  const sumas = { autorizado: 0, cobrado: 0, reembolsado: 0, disputado: 0 }
  for (const { tipo, importe } of movimientos) {
    const [que, signo] = efectoDe[tipo]
    sumas[que] += signo * importe
  }
  return sumas
}
