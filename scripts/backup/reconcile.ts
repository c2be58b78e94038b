import { Database } from 'bun:sqlite'
import { lastReservation } from '../audit/current.ts'
import { fileOf } from '../audit/databases.ts'
import { release, renew } from '../installation/pair.ts'
import { BackupError } from './manifest.ts'

export interface Reconciled {
  /** Orders whose stock had left already, to be completed. */
  readonly completar: number
  /** Orders whose reservation was released or is not there, to be cancelled. */
  readonly cancelar: number
}

export interface ReconcileOptions {
  /** All of it was made as one backup. */
  readonly whole: boolean
  /** Cancels orders that inventario knows nothing of, however many. */
  readonly cancelUnknown: boolean
}

/** Between two copies of a shop fall a few purchases; more than this, and this part, are no accident. */
const fewOrders = 10
const partOfOrders = 0.25

/** Which `r` is the order's; a copy may be from before an order could have more than one. */
function ownReservation(client: Database): string {
  const several = client
    .query("SELECT 1 FROM pragma_table_info('reservas', 'inv') WHERE name = 'pedido'")
    .get()
  return several === null ? 'r.pedido_id = pedidos.id' : `r.n = ${lastReservation('pedidos.id')}`
}

/**
 * That inventario knows nothing of an order is no proof that its stock is gone: it may be the wrong
 * file, or an empty one.
 */
function refuseStrangers(client: Database, own: string): void {
  const counted = client
    .query<{ open: number; unknown: number }, []>(
      `SELECT count(*) AS open, count(*) FILTER (
         WHERE NOT EXISTS (SELECT 1 FROM inv.reservas r WHERE ${own})) AS unknown
       FROM pedidos WHERE estado = 'Pendiente'`,
    )
    .get()
  const { open, unknown } = counted ?? { open: 0, unknown: 0 }
  if (unknown <= fewOrders || unknown <= open * partOfOrders) return
  throw new BackupError(
    `Of ${open} open orders in pedidos.db, ${unknown} are unknown to inventario.db: are both of one shop and one time? Nothing was restored; --cancel-unknown restores and cancels them.`,
  )
}

const motivo = 'Al restaurar una copia, el pedido ya no tenía existencias reservadas.'

const propose = `UPDATE pedidos SET intencion = ?1, intencion_actor = 'sistema',
    intencion_motivo = ?2, intencion_desde = ?3, intentos = 0, proximo_intento_en = ?3
  WHERE estado = 'Pendiente' AND intencion IS NULL`

/**
 * Files from different moments may show an order that still waits although its reservation has
 * ended, which no running system does, so no driver looks for it. What inventario did stands: the
 * order gets the purpose that leads there, and pedidos' driver fulfils it the ordinary way when it
 * starts. The sweep begins anew, as inventario may hold reservations from before where it had come,
 * and so does the list of erased accounts, as auth may have erased others since.
 *
 * They become an installation of their own, together. When they are `whole`, made as one backup, what
 * is reserved without an order is from between two copies, and the sweep need not ask for it.
 *
 * For databases that nobody uses.
 */
export function reconcile(
  dataDir: string,
  now: number,
  { whole, cancelUnknown }: ReconcileOptions,
): Reconciled {
  const client = new Database(fileOf(dataDir, 'pedidos'), { readwrite: true, create: false })
  try {
    client.run('ATTACH ? AS inv', [fileOf(dataDir, 'inventario')])
    client.run('BEGIN IMMEDIATE')
    const own = ownReservation(client)
    if (!cancelUnknown) refuseStrangers(client, own)
    const sold = client
      .query(
        `${propose} AND EXISTS (SELECT 1 FROM inv.reservas r
           WHERE ${own} AND r.estado = 'confirmada')`,
      )
      .run('completar', null, now)
    const gone = client
      .query(
        `${propose} AND NOT EXISTS (SELECT 1 FROM inv.reservas r
           WHERE ${own} AND r.estado <> 'liberada')`,
      )
      .run('cancelar', motivo, now)
    client.run("DELETE FROM marcas WHERE nombre IN ('barrido', 'borrados')")
    renew(client, now)
    if (whole) release(client, now)
    client.run('COMMIT')
    return { completar: sold.changes, cancelar: gone.changes }
  } finally {
    client.close(true)
  }
}
