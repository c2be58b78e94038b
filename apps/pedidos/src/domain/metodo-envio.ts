// Ways to get an order to its customer, as the shop offers them.

export const tiposMetodo = ['domicilio', 'retiro'] as const
export type TipoMetodo = (typeof tiposMetodo)[number]

/** A country (ISO 3166-1 alpha-2), or only these of its provinces. */
export interface Zona {
  readonly pais: string
  readonly provincias?: readonly string[]
}

/** From `desde` on (minor units, or grams) it costs `precio`. */
export interface Tramo {
  readonly desde: number
  readonly precio: number
}

/** What it costs, in minor units. */
export type Tarifa =
  | { readonly tipo: 'fija'; readonly precio: number }
  | { readonly tipo: 'por-importe' | 'por-peso'; readonly tramos: readonly Tramo[] }

export interface MetodoEnvio {
  readonly codigo: string
  readonly nombre: string
  readonly tipo: TipoMetodo
  /** Where it goes; none: everywhere. */
  readonly zonas: readonly Zona[]
  readonly tarifa: Tarifa
  /** Free for orders whose lines come to this or more after the coupon. */
  readonly gratisDesde: number | null
  readonly claseImpuesto: string
  readonly plazoDias: number | null
  readonly instrucciones: string | null
  readonly activo: boolean
  readonly posicion: number
  readonly version: number
}
