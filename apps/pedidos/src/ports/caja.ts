import type { DeVenta, DineroHecho } from '../domain/hecho.ts'
import type { Nota } from '../domain/nota.ts'

// What staff do at the till and in the books, beside selling. Moments are milliseconds since the epoch.

export interface Anulacion {
  readonly numero: number
  readonly pedidoId: string
  /** Of the credit, by `idDeAnulacion`. */
  readonly id: string
  readonly actor: string
  readonly motivo: string
  readonly ahora: number
  /** When the driver puts its units back, should the request that voids it not come to that. */
  readonly proximaEn: number
  readonly traza: string
}

/** A stretch of the history, and which moments of it, in milliseconds since the epoch, are asked for. */
export interface ConsultaHechos {
  readonly lapso: { readonly desde: number; readonly hasta: number }
  readonly despuesDe: number
  /** How many events it is looked for in. */
  readonly limite: number
}

export interface PaginaHechos {
  readonly hechos: readonly DeVenta[]
  /** Where to go on; undefined when nothing was left to look at. */
  readonly hasta: number | undefined
}

/** Which movements of money: of moments in milliseconds since the epoch, and after which one. */
export interface ConsultaDinero {
  readonly lapso: { readonly desde: number; readonly hasta: number }
  readonly despuesDe: Pick<DineroHecho, 'en' | 'cobroId' | 'secuencia'> | undefined
  readonly limite: number
}

export interface Anotacion {
  readonly numero: number
  readonly texto: string
  readonly actor: string
  readonly ahora: number
}

export type Anotada =
  | { readonly tipo: 'anotada'; readonly nota: Nota }
  /** The last one says the same, by the same person. */
  | { readonly tipo: 'repetida'; readonly nota: Nota }
  /** Of an erased customer's order nothing more is kept. */
  | { readonly tipo: 'cliente-borrado' }

export interface CajaStore {
  /** Voids a completed one: owes all of it back, and its units to the stock. False when that was done. */
  anular(anulacion: Anulacion): Promise<boolean>
  /** Sales and what is given up of them, in the order of the history. */
  hechos(consulta: ConsultaHechos): Promise<PaginaHechos>
  /** Money that moved, by when it did; at the end none. */
  dinero(consulta: ConsultaDinero): Promise<readonly DineroHecho[]>
  anotar(anotacion: Anotacion): Promise<Anotada>
  /** Newest first; one more than `limite` when there are more. */
  notas(lista: {
    readonly numero: number
    readonly antesDe?: number | undefined
    readonly limite: number
  }): Promise<readonly Nota[]>
}
