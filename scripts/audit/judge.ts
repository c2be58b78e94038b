import { commandLine } from '@encargo/program'
import type { Proposito, Estado } from '../../apps/pedidos/src/domain/pedido.ts'
import type { Apartado } from '../../apps/pedidos/src/domain/cobranza/cuenta.ts'
import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'

// Moments are milliseconds since the epoch.

/** What pedidos says of an id. */
export interface OrderSide {
  readonly estado: Estado
  readonly intencion: Proposito | null
  readonly expiraEn: number
  /** Of one that has money. */
  readonly apartado: Apartado | null
  /** How many charges it has: for them inventario holds its stock for a while longer. */
  readonly cobros: number
}

/** What inventario says of the same id. */
export interface ReservationSide {
  readonly estado: EstadoReserva
  readonly expiraEn: number
  readonly creadaEn: number
}

export interface Pair {
  readonly id: string
  readonly order: OrderSide | null
  /** Whether pedidos has written down that this id will never be an order. */
  readonly discarded: boolean
  readonly reservation: ReservationSide | null
}

export interface Clock {
  readonly now: number
  /** Until when pedidos and inventario are known to have been at work; never after `now`. */
  readonly aliveUntil: number
  /** When an order last changed: what was reserved after that, pedidos' sweep leaves alone. */
  readonly lastChange: number
}

export type Verdict =
  | { readonly kind: 'ok' }
  | { readonly kind: 'in-flight'; readonly reason: string }
  | {
      readonly kind: 'wrong'
      readonly what: string
      readonly remedy: string
      /** Whether the system itself mends it, so that it is worth waiting a moment. */
      readonly mends: boolean
    }

/**
 * How long the drivers may leave something lying that is theirs to do: pedidos' sweep looks once a
 * minute at reservations that are two minutes old, and the rest is for a busy moment.
 */
export const driverLimitMs = 5 * 60 * 1000
/** How far the clocks of two machines may be apart. */
const skewMs = 60_000

const ok: Verdict = { kind: 'ok' }
const inFlight = (reason: string): Verdict => ({ kind: 'in-flight', reason })
const wrong = (what: string, remedy: string, mends = false): Verdict => ({
  kind: 'wrong',
  what,
  remedy,
  mends,
})

/** Whether a driver should have seen to this by now, given how long it is known to have run. */
const overdue = (since: number, { aliveUntil }: Clock) => since + driverLimitMs < aliveUntil

const patch = (id: string, estado: 'Completado' | 'Cancelado') =>
  `PATCH /pedidos/${id} {"estado":"${estado}"}`
const sweep = `pedidos' sweep sees to it within minutes while pedidos and inventario run; if not, look at their logs and at ${commandLine('installation')}`

/** What an order and its reservation, both as of one moment, say about the system. */
export function judge(pair: Pair, clock: Clock): Verdict {
  const { order } = pair
  if (!order) return judgeWithoutOrder(pair, clock)
  switch (order.estado) {
    case 'Pendiente':
      return judgePending(pair.id, order, pair.reservation, clock)
    case 'Completado':
      return judgeCompleted(pair.id, pair.reservation)
    case 'Cancelado':
      return judgeCancelled(pair.reservation)
  }
}

function judgeWithoutOrder({ discarded, reservation }: Pair, clock: Clock): Verdict {
  if (reservation?.estado === 'confirmada') {
    return wrong(
      'stock has left for an order that is not there',
      'if the goods are still on the shelf, book them in with ENTRADA; the sale stays in the ledger',
    )
  }
  if (reservation?.estado !== 'activa') return ok
  if (reservation.creadaEn > clock.lastChange) {
    return inFlight('a reservation made after the last order, kept until there is another one')
  }
  if (!overdue(reservation.creadaEn, clock)) {
    return inFlight(
      discarded
        ? 'a discarded reservation, to be released'
        : 'a reservation whose order is being written, or will be swept',
    )
  }
  return wrong('stock is reserved for an order that is not there', sweep, true)
}

function judgePending(
  id: string,
  order: OrderSide,
  reservation: ReservationSide | null,
  clock: Clock,
): Verdict {
  if (order.intencion) return inFlight(`an order that is to ${verbs[order.intencion]}`)
  if (order.apartado === 'vencido') return judgeWithoutStock(reservation)
  const ranOut = order.expiraEn <= clock.now
  switch (reservation?.estado) {
    case 'activa':
      // It was to be held for longer; the order gives it back when its own time is over.
      if (reservation.expiraEn > order.expiraEn && order.cobros === 0) {
        return inFlight('an order that is to wait longer')
      }
      if (reservation.expiraEn < order.expiraEn) {
        return wrong(
          'order and reservation run out at different times',
          `${patch(id, 'Completado')} or ${patch(id, 'Cancelado')}`,
        )
      }
      return ranOut ? judgeRanOut(order, clock) : ok
    case 'expirada':
      if (order.expiraEn <= clock.now + skewMs) return judgeRanOut(order, clock)
      return wrong('Pendiente, but its reservation expired early', patch(id, 'Cancelado'))
    case 'liberada':
      return wrong('Pendiente, but its reservation is liberada', patch(id, 'Cancelado'))
    case 'confirmada':
      return wrong('Pendiente, but its stock has left already', patch(id, 'Completado'))
    case undefined:
      return wrong('Pendiente, but nothing is reserved for it', patch(id, 'Cancelado'))
  }
}

/** It waits for money without stock, which it comes to anew when that is there. */
function judgeWithoutStock(reservation: ReservationSide | null): Verdict {
  switch (reservation?.estado) {
    case 'activa':
      return wrong('waits without stock, and some is reserved for it', sweep, true)
    case 'confirmada':
      return wrong('waits without stock, and its stock has left', recount)
    default:
      return ok
  }
}
const recount = 'count the shelf, then book the count with AJUSTE'

const verbs = {
  completar: 'be completed',
  cancelar: 'be cancelled',
  expirar: 'expire',
  asegurar: 'be made sure',
  reapartar: 'get stock anew',
} as const satisfies Record<Proposito, string>

function judgeRanOut({ expiraEn }: OrderSide, clock: Clock): Verdict {
  if (!overdue(expiraEn, clock)) return inFlight('an order that ran out, to be cancelled')
  return wrong(
    "Pendiente although it ran out, and pedidos' driver has not cancelled it",
    sweep,
    true,
  )
}

function judgeCompleted(id: string, reservation: ReservationSide | null): Verdict {
  switch (reservation?.estado) {
    case 'confirmada':
      return ok
    case 'activa':
      return wrong('Completado, but its stock is only reserved', sweep, true)
    case undefined:
      return wrong(
        'Completado, but nothing was ever reserved for it',
        `PUT /reservas/${id} with its lines, then POST /reservas/${id}/confirmar (scope inventario:reservar)`,
      )
    case 'liberada':
    case 'expirada':
      return wrong(
        `Completado, but its reservation is ${reservation.estado}: the ledger lacks this sale`,
        'count the shelf and book the count with AJUSTE; the line stays as the record of it',
      )
  }
}

function judgeCancelled(reservation: ReservationSide | null): Verdict {
  switch (reservation?.estado) {
    case undefined:
    case 'liberada':
    case 'expirada':
      return ok
    case 'activa':
      return wrong('Cancelado, but its stock is still reserved', sweep, true)
    case 'confirmada':
      return wrong(
        'Cancelado, but its stock has left',
        'if the goods are still on the shelf, book them in with ENTRADA; the line stays as the record of it',
      )
  }
}
