/** The stock of one product. Moments are milliseconds since the epoch. */
export interface Existencia {
  readonly productoId: string
  /** In the warehouse: always the sum of the product's ledger. */
  readonly fisico: number
  /** Promised: always the sum of the product's active reservations. */
  readonly reservado: number
  /**
   * How many of the promised ones the last count did not find. While there are any, `fisico` is as
   * low as `reservado` lets it, and each unit that is promised no longer leaves both.
   */
  readonly faltan: number
  readonly umbralMinimo: number
  /** Counts every change, sales included, so that an entity tag names one exact state. */
  readonly version: number
  readonly actualizadoEn: number
}

/** The largest stock of one product, and the largest single movement. */
export const limiteFisico = 1_000_000_000_000

/** What the stock can be gone through by, upwards or, with a minus, downwards. */
export type OrdenExistencias =
  'productoId' | 'disponible' | '-disponible' | 'actualizadoEn' | '-actualizadoEn'

/** What can still be promised. */
export function disponibleDe(existencia: Pick<Existencia, 'fisico' | 'reservado'>): number {
  return existencia.fisico - existencia.reservado
}

/** What is really there, by the last count and what has moved since. */
export function contadoDe({ fisico, faltan }: Pick<Existencia, 'fisico' | 'faltan'>): number {
  return fisico - faltan
}

/** How many of the missing ones nobody is promised any more. */
export const sinPrometer = (existencia: Pick<Existencia, 'fisico' | 'reservado' | 'faltan'>) =>
  Math.min(existencia.faltan, disponibleDe(existencia))

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
  readonly motivo?: string | undefined
}

export type Cambio =
  | {
      readonly tipo: 'movimiento'
      readonly movida: Movida
      /** The line of the ledger that must be its last, null for none; left out if any may be. */
      readonly ultimoVisto?: string | null | undefined
    }
  | { readonly tipo: 'umbral'; readonly umbralMinimo: number }

export type RechazoMovida =
  | { readonly tipo: 'stock-insuficiente'; readonly faltante: Faltante }
  | { readonly tipo: 'fuera-de-limite' }

export type DecisionMovida =
  { readonly tipo: 'admitida'; readonly variacion: number; readonly faltan: number } | RechazoMovida

/**
 * By how much a movement changes `fisico`, and how many are missing then. Nothing that is promised
 * can be taken away by a departure. A count is true all the same: what it did not find of what is
 * promised is missing, until those promises end.
 */
export function decidirMovida(existencia: Existencia, movida: Movida): DecisionMovida {
  const { productoId, fisico, reservado } = existencia
  const esRecuento = movida.tipo === 'AJUSTE'
  const faltan = esRecuento ? Math.max(0, reservado - movida.cantidad) : existencia.faltan
  const variacion = variacionDe(existencia, movida) + (esRecuento ? faltan : 0)
  const disponible = disponibleDe(existencia)
  if (-variacion > disponible) {
    const faltante = { productoId, solicitado: -variacion, disponible }
    return { tipo: 'stock-insuficiente', faltante }
  }
  if (fisico + variacion > limiteFisico) return { tipo: 'fuera-de-limite' }
  return { tipo: 'admitida', variacion, faltan }
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

/** Says of a count that did not find all that is promised what it did find. */
export function motivoDeRecuento(motivo: string | undefined, fisico: number, faltan: number) {
  if (faltan === 0) return motivo
  const contado = `Se contaron ${fisico - faltan}: faltan ${faltan} de las reservadas`
  return motivo === undefined ? contado : `${motivo}. ${contado}`
}
