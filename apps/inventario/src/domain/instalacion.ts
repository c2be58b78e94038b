/** What inventario and a pedidos to which its stock is not given know of each other. */
export interface Conocidos {
  /** Another pedidos has it already. */
  readonly esDeOtra: boolean
  readonly hayReservas: boolean
  /** How many of its orders pedidos named. */
  readonly testigos: number
  /** How many of those have a reservation here. */
  readonly conReserva: number
}

/**
 * Stock goes to a pedidos of the same age: both without a past, whoever had it before, or with one in
 * common, if it is nobody's yet. A database that was lost and made anew, or one of another shop, has none,
 * and whatever it took for forgotten would be let go.
 */
export function puedeEnlazar({ esDeOtra, hayReservas, testigos, conReserva }: Conocidos): boolean {
  return hayReservas ? !esDeOtra && conReserva > 0 : testigos === 0
}
