import type { EstadoReserva } from '../../../apps/inventario/src/domain/reserva.ts'
import type { Apartado } from '../../../apps/pedidos/src/domain/cobranza/cuenta.ts'
import type { Estado, Proposito } from '../../../apps/pedidos/src/domain/pedido.ts'
import { bySpans, type Context, countOf, mostSuspects, orderName, recount } from '../context.ts'
import { lastReservation } from '../current.ts'
import { judge, type Pair, type ReservationSide } from '../judge.ts'
import type { InvariantId } from '../report.ts'

type Span = [from: number, to: number]

interface OrderRow {
  id: string
  numero: number
  estado: Estado
  intencion: Proposito | null
  expiraEn: number
  apartado: Apartado | null
  cobros: number
  reserva: EstadoReserva | null
  reservaExpiraEn: number | null
  creadaEn: number | null
}

/** Only orders whose pair is not plainly in order: `judge` looks at those. */
const doubtful = `
  SELECT p.id, p.numero, p.estado, p.intencion, p.expira_en AS expiraEn,
    (SELECT apartado FROM pedido_cobranza c WHERE c.numero = p.numero) AS apartado,
    (SELECT count(*) FROM pedido_cobros c WHERE c.numero = p.numero) AS cobros,
    r.estado AS reserva, r.expira_en AS reservaExpiraEn, r.creada_en AS creadaEn
  FROM pedidos p LEFT JOIN inv.reservas r ON r.n = ${lastReservation('p.id')}
  WHERE p.numero > ?1 AND p.numero <= ?2 AND NOT CASE p.estado
    WHEN 'Completado' THEN r.estado IS 'confirmada'
    WHEN 'Cancelado' THEN r.estado IS NULL OR r.estado IN ('liberada', 'expirada')
    ELSE p.intencion IS NULL AND r.estado IS 'activa' AND r.expira_en IS p.expira_en
      AND p.expira_en > ?3 END`

/**
 * Lines never change on either side, so a difference is one for good. What was released before it
 * was ever reserved has no lines.
 */
const otherGoods = `
  SELECT p.numero, p.id FROM pedidos p CROSS JOIN inv.reservas r ON r.n = ${lastReservation('p.id')}
  WHERE p.numero > ?1 AND p.numero <= ?2
    AND (SELECT group_concat(producto_id || n) FROM (SELECT producto_id, sum(cantidad) AS n
        FROM pedido_lineas WHERE numero = p.numero GROUP BY producto_id ORDER BY producto_id))
      IS NOT (SELECT group_concat(producto_id || cantidad) FROM (SELECT producto_id, cantidad
        FROM inv.reserva_lineas WHERE reserva_n = r.n ORDER BY producto_id))
    AND NOT (r.estado = 'liberada'
      AND NOT EXISTS (SELECT 1 FROM inv.reserva_lineas WHERE reserva_n = r.n))`

function reservationOf(row: {
  reserva: EstadoReserva | null
  reservaExpiraEn: number | null
  creadaEn: number | null
}): ReservationSide | null {
  const { reserva: estado, reservaExpiraEn: expiraEn, creadaEn } = row
  return estado === null || expiraEn === null || creadaEn === null
    ? null
    : { estado, expiraEn, creadaEn }
}

/** Judges what was read at slightly different moments: what looks wrong is only a suspect. */
function survey(context: Context, invariant: InvariantId, subject: string, pair: Pair): void {
  const { tally, suspects, clock } = context
  const verdict = judge(pair, clock)
  if (verdict.kind === 'in-flight') tally.inFlight(invariant, verdict.reason)
  if (verdict.kind !== 'wrong') return
  const { id } = pair
  if (suspects.size < mostSuspects || suspects.has(id)) suspects.set(id, { id, invariant, subject })
  else tally.wrong(invariant, subject, verdict.what, verdict.remedy)
}

/** Every order against its reservation. */
export function checkPairs(context: Context): void {
  const { client, tally, clock } = context
  const pairs = client.query<OrderRow, [...Span, number]>(doubtful)
  const goods = client.query<{ numero: number; id: string }, Span>(otherGoods)
  const count = client.query<{ n: number }, Span>(
    'SELECT count(*) AS n FROM pedidos WHERE numero > ? AND numero <= ?',
  )
  bySpans(context, 'comparing orders with reservations', 'pedidos', (from, to) => {
    const n = count.get(from, to)?.n ?? 0
    tally.checked('orders', n)
    tally.checked('goods', n)
    for (const row of pairs.iterate(from, to, clock.now)) {
      const { id, numero, estado, intencion, expiraEn, apartado, cobros } = row
      const order = { estado, intencion, expiraEn, apartado, cobros }
      const pair = { id, order, discarded: false, reservation: reservationOf(row) }
      survey(context, 'orders', orderName(numero, id), pair)
    }
    for (const { numero, id } of goods.iterate(from, to)) {
      tally.wrong('goods', orderName(numero, id), 'its reservation is for other goods')
    }
  })
}

/** Those of an order that has come to its stock once more: with the last one it has all that it ordered. */
const earlier = `
  SELECT r.pedido_id AS id, o.pedido, r.estado
  FROM (SELECT pedido, max(n) AS n FROM inv.reservas WHERE pedido IS NOT NULL GROUP BY pedido) o
    JOIN inv.reservas r ON (r.pedido = o.pedido OR r.pedido_id = o.pedido) AND r.n <> o.n
  WHERE r.estado IN ('activa', 'confirmada')`

function checkEarlier({ client, tally }: Context): void {
  const rows = client.query<{ id: string; pedido: string; estado: EstadoReserva }, []>(earlier)
  for (const { id, pedido, estado } of rows.iterate()) {
    const held = estado === 'activa'
    const what = `${held ? 'holds' : 'took'} stock for order ${pedido}, which has a later one`
    const remedy = held ? `POST /reservas/${id}/liberar (scope inventario:reservar)` : recount
    tally.wrong('reservations', `reservation ${id}`, what, remedy)
  }
}

interface StrayRow extends ReservationSide {
  id: string
  discarded: number
}

/** Every reservation that holds or has taken stock, against its order. */
export function checkReservations(context: Context): void {
  const { client, tally } = context
  const discarded = client.query<{ numero: number; id: string }, []>(
    'SELECT p.numero, p.id FROM descartes d JOIN pedidos p ON p.id = d.id',
  )
  for (const { numero, id } of discarded.iterate()) {
    const what = 'is noted as one that will never be, so that its stock may be given back'
    tally.wrong('reservations', orderName(numero, id), what)
  }
  tally.checked('reservations', countOf(client, 'SELECT count(*) FROM inv.reservas'))
  checkEarlier(context)
  const stray = client.query<StrayRow, Span>(`
    SELECT r.pedido_id AS id, r.estado, r.expira_en AS expiraEn, r.creada_en AS creadaEn,
      EXISTS (SELECT 1 FROM descartes WHERE id = r.pedido_id) AS discarded
    FROM inv.reservas r
    WHERE r.rowid > ? AND r.rowid <= ? AND r.estado IN ('activa', 'confirmada')
      AND NOT EXISTS (SELECT 1 FROM pedidos p WHERE p.id = coalesce(r.pedido, r.pedido_id))`)
  bySpans(context, 'comparing reservations with orders', 'inv.reservas', (from, to) => {
    for (const { id, discarded, ...reservation } of stray.iterate(from, to)) {
      const pair = { id, order: null, discarded: discarded === 1, reservation }
      survey(context, 'reservations', `reservation ${id}`, pair)
    }
  })
}
