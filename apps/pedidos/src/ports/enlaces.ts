/** What a link to an order says. */
export interface Enlace {
  readonly pedidoId: string
  /** How often the order's links had been taken back when it was given. */
  readonly vuelta: number
}

/** Links by which whoever holds one sees an order, signed with a secret of this database alone. */
export interface Enlaces {
  /** The same for the same link and moment (milliseconds since the epoch); good for 180 days from then. */
  firmar(enlace: Enlace, desde: number): Promise<string>
  /** Undefined for what was not signed here, or is over. */
  leer(token: string, ahora: number): Promise<Enlace | undefined>
}

export interface EnlaceStore {
  /** How often the links to an order were taken back. */
  vuelta(numero: number): Promise<number>
  /** Takes back all that were given until now. */
  revocarEnlaces(numero: number): Promise<void>
}
