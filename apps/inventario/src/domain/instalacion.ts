/** What a pedidos that asks for this stock, which is nobody's yet, and inventario know of each other. */
export interface Conocidos {
  readonly hayReservas: boolean
  /** How many of its orders pedidos named. */
  readonly testigos: number
  /** How many of those have a reservation here. */
  readonly conReserva: number
}

/**
 * Stock that is nobody's yet goes to a pedidos of the same age: both without a past, or with one in
 * common. A database that was lost and made anew, or one of another shop, has none, and whatever it
 * took for forgotten would be let go.
 */
export function puedeEnlazar({ hayReservas, testigos, conReserva }: Conocidos): boolean {
  return hayReservas ? conReserva > 0 : testigos === 0
}
