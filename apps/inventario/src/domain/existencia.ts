/** The stock of one product. Moments are milliseconds since the epoch. */
export interface Existencia {
  readonly productoId: string
  /** In the warehouse: always the sum of the product's ledger. */
  readonly fisico: number
  /** Promised: always the sum of the product's active reservations. */
  readonly reservado: number
  readonly umbralMinimo: number
  /** Counts every change, sales included, so that an entity tag names one exact state. */
  readonly version: number
  readonly actualizadoEn: number
}

/** The largest stock of one product, and the largest single movement. */
export const limiteFisico = 1_000_000_000_000

/** What can still be promised. */
export function disponibleDe(existencia: Pick<Existencia, 'fisico' | 'reservado'>): number {
  return existencia.fisico - existencia.reservado
}

/** A product that a request asks more of than there is. */
export interface Faltante {
  readonly productoId: string
  readonly solicitado: number
  readonly disponible: number
}

/** What a person does to the stock: goods come in, go out, or are counted. */
export interface Movida {
  readonly tipo: 'ENTRADA' | 'SALIDA' | 'AJUSTE'
  /** How many came in or went out; for AJUSTE the count itself. */
  readonly cantidad: number
  readonly motivo: string | null
}

export type Cambio =
  | { readonly clase: 'movimiento'; readonly movida: Movida }
  | { readonly clase: 'umbral'; readonly umbralMinimo: number }

export type RechazoMovida =
  | { readonly resultado: 'stock-insuficiente'; readonly faltante: Faltante }
  | { readonly resultado: 'fuera-de-limite' }

export type DecisionMovida =
  { readonly resultado: 'admitida'; readonly variacion: number } | RechazoMovida

/**
 * By how much a movement changes `fisico`. Nothing that is promised can be taken away, so neither
 * a departure nor a count may bring `fisico` below `reservado`.
 */
export function decidirMovida(existencia: Existencia, movida: Movida): DecisionMovida {
  const variacion = variacionDe(existencia, movida)
  const { productoId, fisico } = existencia
  const disponible = disponibleDe(existencia)
  if (-variacion > disponible) {
    const faltante = { productoId, solicitado: -variacion, disponible }
    return { resultado: 'stock-insuficiente', faltante }
  }
  if (fisico + variacion > limiteFisico) return { resultado: 'fuera-de-limite' }
  return { resultado: 'admitida', variacion }
}

function variacionDe({ fisico }: Existencia, { tipo, cantidad }: Movida): number {
  switch (tipo) {
    case 'ENTRADA':
      return cantidad
    case 'SALIDA':
      return -cantidad
    case 'AJUSTE':
      return cantidad - fisico
  }
}
