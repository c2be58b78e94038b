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
  /** Charges that pedidos is told of again. */
  readonly contar: number
}

export interface ReconcileOptions {
  /** All of it was made as one backup. */
  readonly whole: boolean
  /** Cancels orders that inventario knows nothing of, however many. */
  readonly cancelUnknown: boolean
}

/**
 * What pagos knows of a charge and what pedidos was told of it may be of different moments, and pagos takes
 * what it told for told. Under a version that is newer than both it is told again, whole.
 */
function tellAgain(client: Database, now: number): number {
  const some = client.query('SELECT 1 FROM pagos.cobros LIMIT 1').get()
  if (some === null) return 0
  const known = 'coalesce((SELECT k.version FROM pedido_cobros k WHERE k.id = c.id), 0)'
  const apart = `SELECT c.id FROM pagos.cobros c WHERE c.version <> ${known} OR c.contada <> ${known}`
  client
    .query(
      `INSERT INTO pagos.obligaciones (tipo, clave, datos, intentos, desde, proxima_en)
       SELECT 'contar', id, '{}', 0, ?1, ?1 FROM (${apart}) WHERE true ON CONFLICT DO NOTHING`,
    )
    .run(now)
  return client
    .query(
      `UPDATE pagos.cobros AS c SET version = max(c.version, ${known}) + 1,
         actualizado_en = max(c.actualizado_en, ?1) WHERE c.id IN (${apart})`,
    )
    .run(now).changes
}

/** An order whose stock is free again, and whose money may still come, waits for that. */
function isForsaken(client: Database): string {
  const known = client.query("SELECT 1 FROM pragma_table_info('pedido_cobranza')").get()
  return known === null
    ? 'false'
    : `EXISTS (SELECT 1 FROM pedido_cobranza k
         WHERE k.numero = pedidos.numero AND k.apartado = 'vencido')`
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
 * and so does the list of erased accounts, as auth may have erased others since. pagos tells of charges again
 * of which both do not know the same.
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
    client.run('ATTACH ? AS pagos', [fileOf(dataDir, 'pagos')])
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
           WHERE ${own} AND r.estado <> 'liberada') AND NOT ${isForsaken(client)}`,
      )
      .run('cancelar', motivo, now)
    const contar = tellAgain(client, now)
    client.run("DELETE FROM marcas WHERE nombre IN ('barrido', 'borrados')")
    renew(client, now)
    if (whole) release(client, now)
    client.run('COMMIT')
    return { completar: sold.changes, cancelar: gone.changes, contar }
  } finally {
    client.close(true)
  }
}
