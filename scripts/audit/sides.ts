import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'
import type { Apartado } from '../../apps/pedidos/src/domain/cobranza/cuenta.ts'
import type { Estado, Proposito } from '../../apps/pedidos/src/domain/pedido.ts'
import { lastReservation } from './current.ts'
import { lastChangeMs, lastWriteMs, openAlone } from './databases.ts'
import type { Clock, Pair } from './judge.ts'

/** What pedidos and inventario say now of one id, asked again and again. */
export interface Sides {
  /** Both as of one moment; undefined for what changes too fast. */
  pairOf(id: string): Promise<Pair | undefined>
  clock(): Promise<Clock> | Clock
  close(): Promise<void> | void
}

export interface OrderRow {
  readonly estado: Estado
  readonly intencion: Proposito | null
  readonly expiraEn: number
  readonly apartado: Apartado | null
  readonly cobros: number
  readonly version: number
}

export interface ReservationRow {
  readonly estado: EstadoReserva
  readonly expiraEn: number
  readonly creadaEn: number
}

/** By the id of an order; of what is no order's, by that of its reservation. */
export const texts = {
  order: `SELECT estado, intencion, expira_en AS "expiraEn", version,
      (SELECT apartado FROM pedido_cobranza c WHERE c.numero = p.numero) AS apartado,
      (SELECT count(*) FROM pedido_cobros c WHERE c.numero = p.numero) AS cobros
    FROM pedidos p WHERE id = $1`,
  discarded: 'SELECT 1 AS n FROM descartes WHERE id = $1',
  reservation: `SELECT estado, expira_en AS "expiraEn", creada_en AS "creadaEn" FROM reservas
    WHERE n = ${lastReservation('$1', 'reservas')}`,
} as const

type Maybe<T> = T | Promise<T>

export interface Reads {
  readonly order: (id: string) => Maybe<OrderRow | null>
  readonly discarded: (id: string) => Maybe<boolean>
  readonly reservation: (id: string) => Maybe<ReservationRow | null>
}

/** How often an order may change under our eyes before one look gives up on it. */
const attempts = 20

/**
 * Both sides as of one moment. An order never comes back to a state that it has left, so when it
 * reads the same before and after, it was so all the while that its reservation was read.
 */
export async function readPair(
  { order, discarded, reservation }: Reads,
  id: string,
): Promise<Pair | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [before, wasDiscarded] = [await order(id), await discarded(id)]
    const held = await reservation(id)
    const [after, isDiscarded] = [await order(id), await discarded(id)]
    if (Bun.deepEquals(before, after) && wasDiscarded === isDiscarded) {
      return { id, order: after, discarded: isDiscarded, reservation: held }
    }
  }
  return undefined
}

/** Until when both sides are known to have been at work, so that their drivers had their chance. */
export function clockOf(dataDir: string, now: number): Clock {
  const sides = [lastWriteMs(dataDir, 'pedidos'), lastWriteMs(dataDir, 'inventario')]
  return { now, aliveUntil: Math.min(now, ...sides), lastChange: lastChangeMs(dataDir) }
}

/** Of the files in a folder. */
export function sidesOf(dataDir: string, now: () => number): Sides {
  const pedidos = openAlone(dataDir, 'pedidos')
  const inventario = openAlone(dataDir, 'inventario')
  const order = pedidos.query<OrderRow, [string]>(texts.order)
  const discarded = pedidos.query<{ n: number }, [string]>(texts.discarded)
  const reservation = inventario.query<ReservationRow, [string]>(texts.reservation)
  const reads: Reads = {
    order: (id) => order.get(id),
    discarded: (id) => discarded.get(id) !== null,
    reservation: (id) => reservation.get(id),
  }
  return {
    pairOf: (id) => readPair(reads, id),
    clock: () => clockOf(dataDir, now()),
    close() {
      pedidos.close()
      inventario.close()
    },
  }
}
