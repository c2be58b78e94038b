import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import type { TipoMetodo } from './metodo-envio.ts'

// What is agreed of an order beyond its lines. An order that says nothing of it has none.

export const idiomas = ['es', 'en'] as const
/** The language that its customer is written to in. */
export type Idioma = (typeof idiomas)[number]

/** Whom to reach about it: as it was when it was ordered, whatever the account says later. */
export interface Contacto {
  readonly nombre: string
  readonly email?: string
  readonly telefono?: string
}

/** How the tax in an amount was reckoned; `tasa` in hundredths of a percent. */
export interface Gravamen {
  /** The class of the product or of the method. */
  readonly clase: string
  readonly tasa: number
  /** The rate is of the amount with the tax in it, not of the amount without. */
  readonly porDentro: boolean
}

/** The method that was chosen, as it was then. */
export interface EnvioElegido {
  readonly codigo: string
  readonly nombre: string
  readonly tipo: TipoMetodo
  readonly plazoDias: number | null
}

export interface Condiciones {
  readonly contacto: Contacto | null
  readonly facturacion: Facturacion | null
  readonly metodoEnvio: EnvioElegido | null
  /** In minor units, tax included, after what a coupon takes off it. */
  readonly envioImporte: number
  readonly envioGravamen: Gravamen
  /** What of `envioImporte` is tax. */
  readonly envioImpuesto: number
  readonly cupon: string | null
  /** What the coupon takes off the lines; the sum of theirs. */
  readonly descuento: number
  readonly idioma: Idioma | null
  readonly canal: string | null
  /** Ordered without an account. */
  readonly invitado: boolean
}
