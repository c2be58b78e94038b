/** What one customer may hold and ask for, so that there is something left for the others. */
export interface Cupo {
  /** Orders of their own that are Pendiente at a time. */
  readonly pedidos: number
  /** Units that those set aside, all together. */
  readonly unidades: number
  /** Purchases begun in a day, refused ones too: each may leave something on disk. Infinity: any. */
  readonly comprasDiarias: number
  /** How long a reservation of theirs lasts, in seconds. */
  readonly plazoSegundos: number
}

/** By whether the account's e-mail was confirmed: making accounts that are not costs nothing. */
export interface Cupos {
  readonly confirmado: Cupo
  readonly sinConfirmar: Cupo
}

/** What somebody holds, or would hold in addition. */
export interface Uso {
  readonly pedidos: number
  readonly unidades: number
}

export const sinUso: Uso = { pedidos: 0, unidades: 0 }

/** What an order of these lines would hold. */
export const usoDe = (lineas: readonly { readonly cantidad: number }[]): Uso => ({
  pedidos: 1,
  unidades: lineas.reduce((suma, { cantidad }) => suma + cantidad, 0),
})

export const masUso = (uno: Uso, otro: Uso): Uso => ({
  pedidos: uno.pedidos + otro.pedidos,
  unidades: uno.unidades + otro.unidades,
})

export const cabe = ({ pedidos, unidades }: Uso, cupo: Pick<Cupo, 'pedidos' | 'unidades'>) =>
  pedidos <= cupo.pedidos && unidades <= cupo.unidades

/** Why a purchase has to wait. Not kept as an answer to a key: the same request can succeed later. */
export type Exceso =
  | { readonly codigo: 'demasiados-pedidos-abiertos'; readonly cupo: Cupo; readonly uso: Uso }
  | { readonly codigo: 'demasiados-pedidos'; readonly retryAfterMs: number }
