import type { BunSQLiteDatabase } from 'drizzle-orm/bun-sqlite'
import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { ListaExistencias, ListaMovimientos, ListaReservas } from './port.ts'
import {
  activa,
  bajoMinimo,
  existencias,
  type InventarioSchema,
  movimientos,
  reservas,
} from './tables.ts'

type Db = BunSQLiteDatabase<InventarioSchema>

// The lists, each by keyset along an index, with one row more than asked for.

export function listaExistencias(db: Db, lista: ListaExistencias) {
  const { productoId } = existencias
  return db
    .select()
    .from(existencias)
    .where(
      and(
        lista.despuesDe === null ? undefined : gt(productoId, lista.despuesDe),
        lista.ids === null ? undefined : inArray(productoId, [...lista.ids]),
        lista.bajoMinimo ? sql`${bajoMinimo}` : undefined,
      ),
    )
    .orderBy(asc(productoId))
    .limit(lista.limite + 1)
}

export function listaMovimientos(db: Db, { productoId, antesDe, limite }: ListaMovimientos) {
  return db
    .select()
    .from(movimientos)
    .where(
      and(
        eq(movimientos.productoId, productoId),
        antesDe === null ? undefined : lt(movimientos.secuencia, antesDe),
      ),
    )
    .orderBy(desc(movimientos.secuencia))
    .limit(limite + 1)
}

/** Without their lines. */
export function listaReservas(db: Db, lista: ListaReservas) {
  const { creadaEn, pedidoId, expiraEn } = reservas
  const despuesDe =
    lista.despuesDe &&
    sql`(${creadaEn}, ${pedidoId}) > (${lista.despuesDe.creadaEn}, ${lista.despuesDe.pedidoId})`
  return db
    .select()
    .from(reservas)
    .where(
      and(
        sql`${activa}`,
        // The unary plus keeps SQLite from choosing the index by expiry, which would need a sort.
        sql`+${expiraEn} > ${lista.ahora}`,
        lista.creadasAntesDe === null ? undefined : lt(creadaEn, lista.creadasAntesDe),
        despuesDe ?? undefined,
      ),
    )
    .orderBy(asc(creadaEn), asc(pedidoId))
    .limit(lista.limite + 1)
}
