/**
 * The row of an order's reservation: of those that it has had, the one that was made last.
 * @param order what names the order, as SQL
 */
export const lastReservation = (order: string, reservas = 'inv.reservas') =>
  `coalesce((SELECT max(n) FROM ${reservas} WHERE pedido = ${order}),
    (SELECT n FROM ${reservas} WHERE pedido_id = ${order}))`
