import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { type Asunto, type Cobranza, cubierto, type Cuenta, saldo } from './cuenta.ts'

/** What somebody of the staff may have to do about an order's money, the most pressing first. */
export function asuntoDe(cuenta: Cuenta, momento: Cobranza['momento']): Asunto | null {
  const { estado, apartado, cobros, reembolsos } = cuenta
  const debe = saldo(cuenta)
  if (reembolsos.some((uno) => uno.estado === 'fallido')) return 'devolucion-fallida'
  if (cobros.some(({ disputado, disputa }) => disputado > 0 && disputa !== 'perdida')) {
    return 'en-disputa'
  }
  if (debe < 0) return 'por-devolver'
  switch (estado) {
    case 'Cancelado':
      return debe > 0 ? 'por-cobrar' : null
    case 'Completado':
      // What is paid for elsewhere is nobody's concern here.
      return debe > 0 && (momento !== null || cobros.length > 0) ? 'por-cobrar' : null
    case 'Pendiente':
      if (apartado === 'vencido') return 'vencido'
      if (apartado === 'plazo') return momento === 'contra-entrega' ? 'por-asegurar' : null
      if (cubierto(cuenta) || cobros.some(esperaDinero)) return null
      // On delivery it is paid when it gets there; what was tried before and failed, somebody looks at.
      return momento === 'antes' || cobros.length > 0 ? 'por-cobrar' : null
  }
}
