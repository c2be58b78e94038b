import { statement } from '@encargo/storage'
import type { Existencia } from '../domain/existencia.ts'
import { enOrden, type Linea, type Reserva } from '../domain/reserva.ts'
import { conListas } from './textos.ts'

// What several requests about reservations read and write, in as few statements as can be.

type ReservaLeida = Omit<Reserva, 'lineas'> & { readonly n: number }
/** Of one without lines, as a release that came first leaves it, there is one row all the same. */
export type FilaLeida = ReservaLeida &
  (Linea | { readonly productoId: null; readonly cantidad: null })

const columnasReserva = `r.n, r.pedido_id AS id, coalesce(r.pedido, r.pedido_id) AS "pedidoId", r.estado, r.expira_en AS "expiraEn",
  r.creada_en AS "creadaEn", r.cerrada_en AS "cerradaEn", l.producto_id AS "productoId", l.cantidad`

/** Reservations with their lines, a row for each line. */
export const pedirReservas = statement<FilaLeida, [ids: string]>({
  sqlite: `SELECT ${columnasReserva}
    FROM reservas AS r LEFT JOIN reserva_lineas AS l ON l.reserva_n = r.n
    WHERE r.pedido_id IN (SELECT value FROM json_each(?1))`,
  // OFFSET has each line looked up: a plan that was made while there were few would go through all.
  postgres: `SELECT ${columnasReserva} FROM reservas AS r
    LEFT JOIN LATERAL (SELECT producto_id, cantidad FROM reserva_lineas
      WHERE reserva_n = r.n OFFSET 0) AS l ON true
    WHERE r.pedido_id IN (SELECT value FROM json_each(?1))`,
})

/** Of a product's stock what reservations change, and who counted it last, where some is missing. */
export type StockLeido = Pick<Existencia, 'productoId' | Cantidad> & {
  readonly contador: string | null
}
export type Cantidad = 'fisico' | 'reservado' | 'faltan'

/** Rows to change are named as a list as well: so they are looked up, however many there seem to be. */
export const sql = {
  /** The stock that requests name or reservations hold. */
  existencias: statement<StockLeido, [productoIds: string, reservaIds: string]>(
    conListas(
      ({
        en,
      }) => `SELECT producto_id AS "productoId", fisico, reservado, faltan, CASE WHEN faltan > 0 THEN
          (SELECT usuario_id FROM movimientos AS m WHERE m.producto_id = e.producto_id
             AND tipo = 'AJUSTE' ORDER BY secuencia DESC LIMIT 1) END AS contador
        FROM existencias AS e WHERE producto_id ${en(
          `SELECT value FROM json_each(?1) UNION SELECT producto_id FROM reserva_lineas WHERE reserva_n ${en(
            'SELECT n FROM reservas WHERE pedido_id IN (SELECT value FROM json_each(?2))',
          )}`,
        )}`,
    ),
  ),
  // Relative, as every change of stock.
  cambiar: statement<never, [existencias: string]>(
    conListas(({ filas, en, todas }) =>
      todas(
        `UPDATE existencias AS e SET fisico = e.fisico + f.fisico,
          reservado = e.reservado + f.reservado, faltan = e.faltan + f.faltan,
          version = e.version + f.version, actualizado_en = f.en FROM ${filas(1, {
            id: 'text',
            fisico: 'bigint',
            reservado: 'bigint',
            faltan: 'bigint',
            version: 'bigint',
            en: 'bigint',
          })} AS f
        WHERE e.producto_id = f.id
          AND e.producto_id ${en(`SELECT id FROM ${filas(1, { id: 'text' })} AS f`)}`,
        1,
      ),
    ),
  ),
  cerrar: statement<never, [reservas: string]>(
    conListas(({ filas, en, todas }) =>
      todas(
        `UPDATE reservas AS r
        SET estado = f.estado, expira_en = f.expira, cerrada_en = f.cerrada FROM ${filas(1, {
          n: 'bigint',
          estado: 'text',
          expira: 'bigint',
          cerrada: 'bigint',
        })} AS f
        WHERE r.n = f.n AND r.n ${en(`SELECT n FROM ${filas(1, { n: 'bigint' })} AS f`)}`,
        1,
      ),
    ),
  ),
  poner: statement<never, [reservas: string]>(
    conListas(
      ({ filas }) => `INSERT INTO reservas
          (n, pedido_id, estado, expira_en, creada_en, cerrada_en, pedido)
        SELECT (SELECT coalesce(max(n), 0) FROM reservas) + f.n, id, estado, expira, creada, cerrada,
          f.pedido
        FROM ${filas(1, {
          n: 'bigint',
          id: 'text',
          estado: 'text',
          expira: 'bigint',
          creada: 'bigint',
          cerrada: 'bigint',
          pedido: 'text',
        })} AS f`,
    ),
  ),
  /** Of the last `cuantas` reservations, which `n` counts. */
  ponerLineas: statement<never, [lineas: string, cuantas: number]>(
    conListas(
      ({ filas }) => `INSERT INTO reserva_lineas (reserva_n, producto_id, cantidad)
        SELECT (SELECT max(n) FROM reservas) - ?2 + f.n, f.producto, f.cantidad
        FROM ${filas(1, { n: 'bigint', producto: 'text', cantidad: 'bigint' })} AS f`,
    ),
  ),
}

/** The reservations of rows, each with its lines. */
export function reunir(filas: readonly FilaLeida[]): (Reserva & { readonly n: number })[] {
  const porN = new Map<number, ReservaLeida & { readonly lineas: Linea[] }>()
  for (const { productoId, cantidad, ...reserva } of filas) {
    const una = porN.get(reserva.n) ?? { ...reserva, lineas: [] }
    porN.set(reserva.n, una)
    if (productoId !== null) una.lineas.push({ productoId, cantidad })
  }
  return [...porN.values()].map((una) => ({ ...una, lineas: enOrden(una.lineas) }))
}
