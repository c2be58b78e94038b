// What takes something off an order, for those who know its code.

export const tiposCupon = ['porcentaje', 'importe', 'envio-gratis'] as const
export type TipoCupon = (typeof tiposCupon)[number]

export interface Cupon {
  /** Upper case. */
  readonly codigo: string
  readonly tipo: TipoCupon
  /** Hundredths of a percent, or minor units; null for `envio-gratis`. */
  readonly valor: number | null
  /** What the lines have to come to, in minor units. */
  readonly minimo: number | null
  /** Milliseconds since the epoch; `hasta` is the first moment that is too late. */
  readonly desde: number | null
  readonly hasta: number | null
  readonly usosMaximos: number | null
  readonly usosPorCliente: number | null
  /** Only lines of these categories; none: all. */
  readonly categorias: readonly string[]
  readonly activo: boolean
  /** By how many orders that are not Cancelado. */
  readonly usados: number
  readonly version: number
}
