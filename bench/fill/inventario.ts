import type { Database } from 'bun:sqlite'
import * as tables from '../../apps/inventario/src/store/sqlite/tables.ts'
import { inserter } from './inserter.ts'
import type { StoredOrder } from './orders.ts'

/**
 * Writes the reservations of orders and, where stock has left, the ledger, as inventario itself
 * would have. `finish` brings the levels of all products to what was written.
 */
export function inventarioWriter(client: Database) {
  const addReserva = inserter(client, tables.reservas)
  const addLinea = inserter(client, tables.reservaLineas)
  const addMovimiento = inserter(client, tables.movimientos)
  const levels = new Map(
    client
      .query<{ id: string; fisico: number; reservado: number; version: number }, []>(
        'SELECT producto_id AS id, fisico, reservado, version FROM existencias',
      )
      .all()
      .map((level) => [level.id, level]),
  )
  const levelOf = (productoId: string) => {
    const level = levels.get(productoId)
    if (!level) throw new TypeError('a product without stock on record')
    return level
  }

  function add(order: StoredOrder): void {
    const { id: pedidoId, reserva: estado, creadoEn, terminadoEn, expiraEn } = order
    const reservaN = addReserva({
      pedidoId,
      estado,
      expiraEn,
      creadaEn: creadoEn,
      cerradaEn: terminadoEn,
    })
    for (const { producto, cantidad } of order.lineas) {
      addLinea({ reservaN, productoId: producto.id, cantidad })
      const level = levelOf(producto.id)
      level.version++
      if (estado === 'activa') level.reservado += cantidad
      if (estado !== 'confirmada') continue
      level.fisico -= cantidad
      addMovimiento({
        id: Bun.randomUUIDv7(),
        productoId: producto.id,
        tipo: 'VENTA',
        cantidad: -cantidad,
        fisicoResultante: level.fisico,
        pedidoId,
        creadoEn: terminadoEn ?? creadoEn,
      })
    }
  }

  function finish(): void {
    const set = client.prepare(
      'UPDATE existencias SET fisico = ?, reservado = ?, version = ? WHERE producto_id = ?',
    )
    for (const { id, fisico, reservado, version } of levels.values()) {
      set.run(fisico, reservado, version, id)
    }
  }

  return { add, finish }
}
