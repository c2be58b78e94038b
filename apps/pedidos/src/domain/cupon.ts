import type { MotivoCupon } from '@encargo/service-kit/values/cotizacion'
import { plegar } from '@encargo/service-kit/values/search-words'
import { porcentajeDe } from './aritmetica.ts'

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

/** Who buys, as coupons see it: without an account, nobody can tell who has used one before. */
export type ClaseCliente = 'con-cuenta' | 'sin-cuenta'

/** Why a coupon was never any good here, used up or not. */
export type MotivoInvalido = Exclude<MotivoCupon, 'agotado' | 'ya-usado'>

export type RechazoCupon =
  | { readonly codigo: 'cupon-invalido'; readonly motivo: MotivoInvalido; readonly minimo?: number }
  /** `propio`: this customer has used it as often as one may. */
  | { readonly codigo: 'cupon-agotado'; readonly propio: boolean }

/** What of an order a coupon is for, and who has it. */
export interface UsoCupon {
  /** What those of its lines come to that the coupon is for; undefined where there are none. */
  readonly importe: number | undefined
  readonly cliente: ClaseCliente
  /** How often this customer has used it, in orders that are not Cancelado. */
  readonly usosDelCliente: number
  readonly ahora: number
}

/** Whether a coupon is for a line. */
export const esPara = ({ categorias }: Cupon, categoria: string | null): boolean =>
  categorias.length === 0 ||
  (categoria !== null && categorias.some((una) => plegar(una) === plegar(categoria)))

const invalido = (motivo: MotivoInvalido) => ({ codigo: 'cupon-invalido', motivo }) as const

/** Why a coupon can't be used so, if it can't. */
export function juzgarCupon(cupon: Cupon | undefined, uso: UsoCupon): RechazoCupon | undefined {
  if (!cupon) return invalido('desconocido')
  const { minimo, usosPorCliente, usosMaximos } = cupon
  if (!cupon.activo) return invalido('apagado')
  if (cupon.desde !== null && uso.ahora < cupon.desde) return invalido('aun-no')
  if (cupon.hasta !== null && uso.ahora >= cupon.hasta) return invalido('vencido')
  if (usosPorCliente !== null && uso.cliente === 'sin-cuenta') return invalido('sin-cuenta')
  if (uso.importe === undefined) return invalido('sin-lineas')
  if (minimo !== null && uso.importe < minimo) return { ...invalido('minimo'), minimo }
  const agotado = { codigo: 'cupon-agotado' } as const
  if (usosMaximos !== null && cupon.usados >= usosMaximos) return { ...agotado, propio: false }
  const propios = usosPorCliente !== null && uso.usosDelCliente >= usosPorCliente
  return propios ? { ...agotado, propio: true } : undefined
}

/** What a coupon takes off lines that come to `importe`. */
export function descuentoDe({ tipo, valor }: Cupon, importe: number): number {
  if (tipo === 'envio-gratis') return 0
  return tipo === 'importe' ? Math.min(valor ?? 0, importe) : porcentajeDe(importe, valor ?? 0)
}
