import type { MomentoPago } from '@encargo/service-kit/values/cobros'
import type { IdProveedor } from './cobro.ts'

/** As many as a shop has at most: they are shown, and gone through, as a whole. */
export const maxMetodos = 50

/** A way to pay that a shop offers. Money in minor units. */
export interface MetodoPago {
  readonly codigo: string
  readonly proveedor: IdProveedor
  readonly nombre: string
  readonly momento: MomentoPago
  /** How long a charge of it may wait for its money; null: as long as its kind does. */
  readonly plazoSegundos: number | null
  readonly instrucciones: string | null
  readonly minimo: number | null
  readonly maximo: number | null
  /** ISO 3166-1 alpha-2; none: everywhere. */
  readonly paises: readonly string[]
  readonly activo: boolean
  readonly posicion: number
  readonly version: number
}

/** What of a purchase decides whether a method is for it, as far as it is known. */
export interface Ocasion {
  readonly total?: number | undefined
  readonly pais?: string | undefined
}

export function vale(metodo: MetodoPago, { total, pais }: Ocasion): boolean {
  const { activo, minimo, maximo, paises } = metodo
  if (!activo) return false
  if (total !== undefined && (total < (minimo ?? 0) || total > (maximo ?? Infinity))) return false
  return pais === undefined || paises.length === 0 || paises.includes(pais)
}
