import { esPersonal, permite, reglas } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import type { Quien } from '../domain/transiciones.ts'

/**
 * Staff, and programs such as a payment service; nobody completes their own order. Whoever completes
 * orders may read them all.
 */
export function puedeCompletar(identidad: Identidad): boolean {
  return (
    esPersonal(identidad) ||
    (identidad.tipo === 'servicio' && permite(reglas['cambiar-pedido'], identidad))
  )
}

/** Whose wish a change of an order is, of those whom the route lets in. */
export function quienEs(identidad: Identidad): Quien {
  if (identidad.tipo === 'servicio') return 'servicio'
  return esPersonal(identidad) ? 'personal' : 'cliente'
}

/** Whoever runs the shop. */
export const esAdmin = (identidad: Identidad): boolean =>
  identidad.tipo === 'usuario' && identidad.rol === 'admin'

/** Somebody who buys without an account. */
export const esInvitado = (identidad: Identidad): boolean =>
  identidad.tipo === 'usuario' && identidad.invitado

/** Whether it can be told what they have bought before. */
export const tieneCuenta = (identidad: Identidad): boolean =>
  identidad.tipo === 'usuario' && !esInvitado(identidad)
