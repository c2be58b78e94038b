import type { Faltante, NegativaDeCliente } from './compra.ts'
import type { Cotizacion, NegativaDeCotizacion } from './cotizacion.ts'

/** Why an order was refused, for good: the same request gets the same answer again. */
export type Negativa =
  | NegativaDeCliente
  | NegativaDeCotizacion
  /** Its method needs an address, or has no use for one. */
  | { readonly codigo: 'direccion-de-mas' | 'sin-direccion' }
  /** The shop offers no such way to pay, or not for so much. */
  | { readonly codigo: 'metodo-pago-no-disponible' }
  | { readonly codigo: 'total-cambiado'; readonly cotizacion: Cotizacion }
  | { readonly codigo: 'stock-insuficiente'; readonly faltantes: readonly Faltante[] }
