/** What somebody of the staff wrote of an order. `en` in milliseconds since the epoch. */
export interface Nota {
  /** Grows with every note. */
  readonly id: number
  readonly texto: string
  readonly actor: string
  readonly en: number
}
