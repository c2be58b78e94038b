import type { Cobro, MetodoPago, PedidoSeguido } from '@encargo/client'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { seVaAPagar } from './metodos.ts'

// What has become of the payment of an order, in the terms of who pays it: plain functions. Money in
// minor units.

/** What is known of it, by whatever way somebody comes to it. */
export type PorPagar = Pick<
  PedidoSeguido,
  'id' | 'numero' | 'estado' | 'apartado' | 'moneda' | 'expiraEn' | 'pago'
>
type Dicho = PorPagar['pago']['cobros'][number]

/** The charge that says most of how things are: one that waits for money, else the newest. */
export function cobroActual({ cobros }: PorPagar['pago']): Dicho | undefined {
  const enProceso = cobros.findLast(({ estado }) => estado === 'en-proceso')
  return enProceso ?? cobros.findLast(esperaDinero) ?? cobros.at(-1)
}

/** Whether money may be asked of it here: what was never meant to be paid here is the shop's to settle. */
export function seDebe({ estado, apartado, pago }: PorPagar): boolean {
  if (pago.saldo <= 0 || pago.estado === 'autorizado' || pago.estado === 'en-disputa') return false
  if (estado === 'Pendiente') return apartado !== 'vencido'
  return estado === 'Completado' && (pago.metodo !== null || pago.cobros.length > 0)
}

/** Whether something of it is still to happen, which nobody who looks at it has to cause. */
export const enMarcha = (pedido: PorPagar): boolean =>
  seDebe(pedido) || pedido.pago.saldo < 0 || pedido.pago.cobros.some(esperaDinero)

/** Somewhere on the web, and never a script. */
export const esPagina = (url: string): boolean =>
  ['https:', 'http:'].includes(URL.parse(url)?.protocol ?? '')

/** What is known of a charge beyond what its order says. */
export type Detalle = Pick<Cobro, 'id' | 'causa' | 'expiraEn' | 'ultimoRechazo' | 'url'>

export type Situacion =
  /** There is nothing to say: nothing was ever to be paid here, or nothing came of it. */
  | { readonly tipo: 'nada' }
  | { readonly tipo: 'pagado' | 'autorizado' | 'devuelto' | 'en-disputa' | 'vencido' }
  /** Cancelled, while somebody may still be paying. */
  | { readonly tipo: 'cancelado' }
  /** More was paid than is due: so much goes back. */
  | { readonly tipo: 'de-vuelta'; readonly importe: number }
  /** A bank or the till of some shop still has to say so. */
  | { readonly tipo: 'en-proceso'; readonly hasta?: string; readonly url?: string }
  | { readonly tipo: 'a-mano' | 'a-la-entrega'; readonly metodo: MetodoPago }
  | { readonly tipo: 'rechazado'; readonly porque: string }
  | { readonly tipo: 'abierto' }
  | { readonly tipo: 'terminado'; readonly causa: Cobro['causa'] }
  | { readonly tipo: 'sin-pagar' }
  | { readonly tipo: 'por-elegir' }

/** `metodos`: those that the shop offers. `detalle`: of the current charge, once that is known. */
export function situacionDe(
  pedido: PorPagar,
  metodos: readonly MetodoPago[],
  detalle?: Detalle,
): Situacion {
  const { estado, apartado, pago } = pedido
  if (pago.estado === 'en-disputa') return { tipo: 'en-disputa' }
  if (pago.saldo < 0) return { tipo: 'de-vuelta', importe: -pago.saldo }
  if (estado === 'Cancelado') {
    if (pago.cobros.some(esperaDinero)) return { tipo: 'cancelado' }
    return { tipo: pago.reembolsado > 0 ? 'devuelto' : 'nada' }
  }
  if (pago.saldo === 0) return sinDeuda(pago)
  if (pago.estado === 'autorizado') return { tipo: 'autorizado' }
  if (apartado === 'vencido') return { tipo: 'vencido' }
  if (!seDebe(pedido)) return { tipo: 'nada' }
  return deuda(pago, metodos, detalle)
}

function sinDeuda({ cobrado, reembolsado }: PorPagar['pago']): Situacion {
  if (cobrado === 0) return { tipo: 'nada' }
  return { tipo: reembolsado === cobrado ? 'devuelto' : 'pagado' }
}

function deuda(
  pago: PorPagar['pago'],
  metodos: readonly MetodoPago[],
  detalle: Detalle | undefined,
): Situacion {
  const cobro = cobroActual(pago)
  const elegido = metodos.find(({ codigo }) => codigo === (cobro?.metodo ?? pago.metodo))
  const suyo = detalle?.id === cobro?.id ? detalle : undefined
  if (cobro?.estado === 'en-proceso') {
    const { expiraEn: hasta, url } = suyo ?? {}
    return {
      tipo: 'en-proceso',
      ...(hasta ? { hasta } : {}),
      ...(url && esPagina(url) ? { url } : {}),
    }
  }
  if (elegido && !seVaAPagar(elegido) && cobro && esperaDinero(cobro)) {
    return {
      tipo: elegido.momento === 'contra-entrega' ? 'a-la-entrega' : 'a-mano',
      metodo: elegido,
    }
  }
  if (!cobro) return { tipo: pago.metodo === null ? 'por-elegir' : 'sin-pagar' }
  // What was paid was a part.
  if (cobro.estado === 'cobrado') return { tipo: 'sin-pagar' }
  if (suyo?.ultimoRechazo) return { tipo: 'rechazado', porque: suyo.ultimoRechazo }
  return esperaDinero(cobro)
    ? { tipo: 'abierto' }
    : { tipo: 'terminado', causa: suyo?.causa ?? null }
}

/** Why a bank would not, as far as a shopper can do something about it; the rest is between them. */
export function porqueNo(codigo: string): 'fondos' | 'datos' | 'caducada' | 'banco' | 'otro' {
  if (/insufficient|fondos/i.test(codigo)) return 'fondos'
  if (/cvc|cvv|bad_filled|security_code|incorrect|invalid_(?:number|expiry)/i.test(codigo))
    return 'datos'
  if (/expired/i.test(codigo)) return 'caducada'
  return /authenti|authoriz|call_|withdrawal|limit/i.test(codigo) ? 'banco' : 'otro'
}
