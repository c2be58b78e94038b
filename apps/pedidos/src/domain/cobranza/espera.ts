import { esperaDinero } from '@encargo/service-kit/values/cobros'
import type { CobroConocido } from './cuenta.ts'

// How long stock waits for charges that can't be closed, in milliseconds.

const minutoMs = 60_000
/** How much longer it is held each time. */
export const pasoMs = 10 * minutoMs
/** How much longer inventario holds it than the order says: its charges are closed before it is gone. */
export const margenMs = 15 * minutoMs

/** A page of a provider is soon over; a voucher or a transfer is on its way for a day. */
export function presupuestoMs(cobros: readonly CobroConocido[]): number {
  const lentos = cobros.filter(esperaDinero).some(({ proveedor, estado }) => {
    return proveedor === 'manual' || estado === 'en-proceso'
  })
  return lentos ? 24 * 60 * minutoMs : 60 * minutoMs
}
