import { Database } from 'bun:sqlite'
import { fileOf } from '../audit/databases.ts'
import { release, renew } from '../installation/pair.ts'

export interface Reconciled {
  /** Orders whose stock had left already, to be completed. */
  readonly completar: number
  /** Orders whose reservation was released or is not there, to be cancelled. */
  readonly cancelar: number
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
export function reconcile(dataDir: string, now: number, whole: boolean): Reconciled {
  const client = new Database(fileOf(dataDir, 'pedidos'), { readwrite: true, create: false })
  try {
    client.run('ATTACH ? AS inv', [fileOf(dataDir, 'inventario')])
    client.run('BEGIN IMMEDIATE')
    const sold = client
      .query(
        `${propose} AND EXISTS (SELECT 1 FROM inv.reservas r
           WHERE r.pedido_id = pedidos.id AND r.estado = 'confirmada')`,
      )
      .run('completar', null, now)
    const gone = client
      .query(
        `${propose} AND NOT EXISTS (SELECT 1 FROM inv.reservas r
           WHERE r.pedido_id = pedidos.id AND r.estado <> 'liberada')`,
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
