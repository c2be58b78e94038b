import { type Context, countOf, recount } from '../context.ts'
import { lastReservation } from '../current.ts'

interface Sale {
  pedido: string
  producto: string
  vendido: number
  veces: number
  reservado: number | null
  estado: string | null
}

/** The ledger's sales, one row for each order and product. */
const sales = `SELECT pedido_id, producto_id, -sum(cantidad) AS vendido, count(*) AS veces
  FROM inv.movimientos WHERE tipo = 'VENTA' GROUP BY pedido_id, producto_id`

const matched = `FROM (${sales}) v
  LEFT JOIN inv.reservas r ON r.n = ${lastReservation('v.pedido_id')}
  LEFT JOIN inv.reserva_lineas l ON l.reserva_n = r.n AND l.producto_id = v.producto_id`
const isWrong = `(v.veces <> 1 OR l.cantidad IS NOT v.vendido OR r.estado IS NOT 'confirmada')`

const confirmed = `FROM inv.reservas r CROSS JOIN inv.reserva_lineas l ON l.reserva_n = r.n
  WHERE r.estado = 'confirmada'`

/** Each line of a confirmed reservation is one sale in the ledger, and each sale is such a line. */
export function checkSales(context: Context): void {
  const { client, tally, progress } = context
  progress('comparing sales with confirmed reservations', 0)
  const expected = countOf(client, `SELECT count(*) ${confirmed}`)
  tally.checked('sales', expected)
  const counts = client.query<{ sold: number; wrong: number }, []>(
    `SELECT count(*) AS sold, count(CASE WHEN ${isWrong} THEN 1 END) AS wrong ${matched}`,
  )
  const { sold, wrong } = counts.get() ?? { sold: 0, wrong: 0 }
  if (wrong > 0) nameWrong(context)
  // One row for each line that was sold, so as many rows as lines means that none was left out.
  if (sold !== expected || wrong > 0) nameMissing(context)
}

function nameWrong({ client, tally }: Context): void {
  const rows = client.query<Sale, []>(`
    SELECT v.pedido_id AS pedido, v.producto_id AS producto, v.vendido, v.veces,
      l.cantidad AS reservado, r.estado ${matched} WHERE ${isWrong}`)
  for (const sale of rows.iterate()) {
    const subject = `order ${sale.pedido}, product ${sale.producto}`
    tally.wrong('sales', subject, wording(sale), recount)
  }
}

function wording({ vendido, veces, reservado, estado }: Sale): string {
  if (estado === null) return `the ledger sold ${vendido} without any reservation`
  if (reservado === null) return `the ledger sold ${vendido} of what was not reserved`
  if (estado !== 'confirmada') return `the ledger sold ${vendido}, but the reservation is ${estado}`
  if (veces !== 1) return `sold ${veces} times over, ${vendido} in all for a line of ${reservado}`
  return `the ledger sold ${vendido} for a line of ${reservado}`
}

/** Only when something is missing: looks each confirmed line up among the sales. */
function nameMissing({ client, tally }: Context): void {
  const missing = client.query<{ reserva: string; producto: string; cantidad: number }, []>(`
    WITH ventas AS MATERIALIZED (${sales})
    SELECT r.pedido_id AS reserva, l.producto_id AS producto, l.cantidad ${confirmed}
      AND NOT EXISTS (SELECT 1 FROM ventas v
        WHERE v.pedido_id = coalesce(r.pedido, r.pedido_id) AND v.producto_id = l.producto_id)`)
  for (const { reserva, producto, cantidad } of missing.iterate()) {
    const what = `confirmed, but the ledger has no sale of these ${cantidad}`
    tally.wrong('sales', `reservation ${reserva}, product ${producto}`, what, recount)
  }
}
