import type { BunSQLiteDatabase } from 'drizzle-orm/bun-sqlite'
import { and, asc, desc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { OrdenExistencias } from '../domain/existencia.ts'
import type { ListaExistencias, ListaMovimientos, ListaReservas } from '../ports.ts'
import {
  activa,
  bajoMinimo,
  existencias,
  type InventarioSchema,
  movimientos,
  reservas,
} from './sqlite/tables.ts'

type Db = BunSQLiteDatabase<InventarioSchema>

// The lists, each by keyset along an index, with one row more than asked for.

const { productoId, fisico, reservado, actualizadoEn } = existencias
const disponible = sql`${fisico} - ${reservado}`

// Only the order by id has an index. One by what is available would have to be kept up by every sale;
// without it a page is one walk over the table that keeps the first of it: 50 to 90 ms where there are
// 100,000 products, and staff alone ask for it.
const recorridos: Record<OrdenExistencias, { readonly por: SQL | null; readonly baja: boolean }> = {
  productoId: { por: null, baja: false },
  disponible: { por: disponible, baja: false },
  '-disponible': { por: disponible, baja: true },
  actualizadoEn: { por: sql`${actualizadoEn}`, baja: false },
  '-actualizadoEn': { por: sql`${actualizadoEn}`, baja: true },
}

function pasado({ orden, despuesDe }: ListaExistencias): SQL | undefined {
  if (despuesDe === null) return undefined
  const { por, baja } = recorridos[orden]
  if (por === null) return gt(productoId, despuesDe.productoId)
  const lugar = sql`(${despuesDe.valor}, ${despuesDe.productoId})`
  return baja ? sql`(${por}, ${productoId}) < ${lugar}` : sql`(${por}, ${productoId}) > ${lugar}`
}

export function listaExistencias(db: Db, lista: ListaExistencias) {
  const { por, baja } = recorridos[lista.orden]
  const direccion = baja ? desc : asc
  return db
    .select()
    .from(existencias)
    .where(
      and(
        pasado(lista),
        lista.ids === null ? undefined : inArray(productoId, [...lista.ids]),
        lista.bajoMinimo ? sql`${bajoMinimo}` : undefined,
      ),
    )
    .orderBy(...(por === null ? [] : [direccion(por)]), direccion(productoId))
    .limit(lista.limite + 1)
}

export function listaMovimientos(db: Db, { de, antesDe, limite }: ListaMovimientos) {
  return db
    .select()
    .from(movimientos)
    .where(
      and(
        'productoId' in de
          ? eq(movimientos.productoId, de.productoId)
          : eq(movimientos.pedidoId, de.pedidoId),
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
