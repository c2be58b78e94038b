import { type Asked, type Script, statement, together } from '@encargo/storage'
import type { Existencia } from '../domain/existencia.ts'
import type { Reserva } from '../domain/reserva.ts'

/** What is read of a product's stock. */
export const columnas = `producto_id AS "productoId", fisico, reservado, faltan,
  umbral_minimo AS "umbralMinimo", version, actualizado_en AS "actualizadoEn"`

/** The row of a statement that can't miss: its own transaction has just seen it. */
export function present<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('a row vanished inside its transaction')
  return row
}

/** What `pedido` holds: null where the order has the reservation's id, as almost every one does. */
export const otroPedido = ({ id, pedidoId }: Reserva): string | null =>
  pedidoId === id ? null : pedidoId

/** Puts a product's stock on record, if it is not there yet. */
export const abrir = statement<
  Existencia,
  [productoId: string, fisico: number, umbralMinimo: number, ahora: number]
>(
  `INSERT INTO existencias (producto_id, fisico, reservado, umbral_minimo, version, actualizado_en)
   VALUES (?1, ?2, 0, ?3, 1, ?4) ON CONFLICT (producto_id) DO NOTHING RETURNING ${columnas}`,
)

/** Rows, and the statement that writes all of them. */
interface Lista {
  readonly filas: readonly unknown[]
  readonly asked: () => Asked<number>
}

/** The statements of lists, in their order; an empty one needs none. */
export const deListas = (listas: readonly Lista[]): Asked<number>[] =>
  listas.filter(({ filas }) => filas.length > 0).map(({ asked }) => asked())

/** Writes lists in their order, on one way to the database and back; an empty one needs no statement. */
export function* escribirListas(listas: readonly Lista[]): Script<void> {
  const llenas = listas.filter(({ filas }) => filas.length > 0)
  const hechas = yield* together(...llenas.map(({ asked }) => asked()))
  for (const [index, { filas }] of llenas.entries()) {
    if (hechas[index] === filas.length) continue
    // A bug: the write is undone.
    throw new Error(`a statement changed ${hechas[index]} rows, not ${filas.length}`)
  }
}
