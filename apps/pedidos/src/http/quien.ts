import { esPersonal, permite, reglas } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'

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
