import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { Existencia, Faltante } from '../domain/existencia.ts'
import { enOrden, type EstadoReserva, type Linea, type Reserva } from '../domain/reserva.ts'
import { columnas, otroPedido, present } from './filas.ts'
import { lineaDeVenta, type Libro } from './libro.ts'
import { type Registro, SinStock } from './reservas-actos.ts'

type Fila = Omit<Reserva, 'id' | 'lineas'> & { readonly n: number }

/**
 * The statements of the hottest writes. Changes of stock are relative, always. Reading is two
 * statements without an ORDER BY: measured, they take a third of the time of one join with it, and an
 * order that is new, as most are, needs only the first.
 */
const sql = {
  find: statement<Fila, [id: string]>(
    `SELECT n, coalesce(pedido, pedido_id) AS "pedidoId", estado, expira_en AS "expiraEn", creada_en AS "creadaEn", cerrada_en AS "cerradaEn"
     FROM reservas WHERE pedido_id = ?1`,
  ),
  lineas: statement<Linea, [n: number]>(
    'SELECT producto_id AS "productoId", cantidad FROM reserva_lineas WHERE reserva_n = ?1',
  ),
  take: statement<never, [cantidad: number, ahora: number, productoId: string]>(
    `UPDATE existencias
     SET reservado = reservado + ?1, version = version + 1, actualizado_en = ?2
     WHERE producto_id = ?3 AND fisico - reservado >= ?1`,
  ),
  disponible: statement<{ disponible: number }, [productoId: string]>(
    'SELECT fisico - reservado AS disponible FROM existencias WHERE producto_id = ?1',
  ),
  giveBack: statement<Existencia, [cantidad: number, ahora: number, productoId: string]>(
    `UPDATE existencias
     SET reservado = reservado - ?1, version = version + 1, actualizado_en = ?2
     WHERE producto_id = ?3 RETURNING ${columnas}`,
  ),
  // Who completes an order has its goods: then no more are missing than are left.
  sell: statement<{ fisico: number }, [cantidad: number, ahora: number, productoId: string]>(
    `UPDATE existencias SET fisico = fisico - ?1, reservado = reservado - ?1,
       faltan = CASE WHEN faltan > fisico - ?1 THEN fisico - ?1 ELSE faltan END,
       version = version + 1, actualizado_en = ?2
     WHERE producto_id = ?3 RETURNING fisico`,
  ),
  insert: statement<
    { n: number },
    [
      ...[id: string, EstadoReserva, expiraEn: number, creadaEn: number],
      ...[cerradaEn: number | null, pedido: string | null],
    ]
  >(
    `INSERT INTO reservas (pedido_id, estado, expira_en, creada_en, cerrada_en, pedido)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING n`,
  ),
  insertLinea: statement<never, [reservaN: number, productoId: string, cantidad: number]>(
    'INSERT INTO reserva_lineas (reserva_n, producto_id, cantidad) VALUES (?1, ?2, ?3)',
  ),
  close: statement<never, [estado: EstadoReserva, cerradaEn: number, id: string]>(
    `UPDATE reservas SET estado = ?1, cerrada_en = ?2 WHERE pedido_id = ?3 AND estado = 'activa'`,
  ),
  prolong: statement<never, [expiraEn: number, id: string]>(
    `UPDATE reservas SET expira_en = ?1 WHERE pedido_id = ?2 AND estado = 'activa'`,
  ),
}

/** A statement that changed another number of rows than it must is a bug: the write is undone. */
function expectOne(changes: number): void {
  if (changes !== 1) throw new Error(`a reservation's statement changed ${changes} rows, not 1`)
}

function* leer(id: string): Script<Reserva | undefined> {
  const fila = yield* sql.find.get(id)
  if (!fila) return undefined
  const { n, ...reserva } = fila
  return { ...reserva, id, lineas: enOrden([...(yield* sql.lineas.all(n))]) }
}

function* tomar(lineas: readonly Linea[], ahora: number): Script<void> {
  const tomadas = yield* together(
    ...lineas.map(({ productoId, cantidad }) => sql.take.run(cantidad, ahora, productoId)),
  )
  if (!tomadas.includes(0)) return
  const faltantes: Faltante[] = []
  for (const [index, { productoId, cantidad }] of lineas.entries()) {
    if (tomadas[index] !== 0) continue
    const disponible = (yield* sql.disponible.get(productoId))?.disponible ?? 0
    faltantes.push({ productoId, solicitado: cantidad, disponible })
  }
  throw new SinStock(faltantes)
}

function* poner(reserva: Reserva): Script<void> {
  const { id, estado, lineas, expiraEn, creadaEn, cerradaEn } = reserva
  const pedido = otroPedido(reserva)
  const { n } = present(yield* sql.insert.get(id, estado, expiraEn, creadaEn, cerradaEn, pedido))
  yield* together(
    ...lineas.map(({ productoId, cantidad }) => sql.insertLinea.run(n, productoId, cantidad)),
  )
}

/** The tables, statement by statement: where one costs a microsecond, nothing is cheaper. */
export function createRegistro(engine: Engine, libro: Libro): Registro {
  engine.prepare(...Object.values(sql))
  return {
    leer,
    tomar,
    poner,
    *alargar(id, expiraEn) {
      expectOne(yield* sql.prolong.run(expiraEn, id))
    },
    *cerrar(id, estado, ahora) {
      expectOne(yield* sql.close.run(estado, ahora, id))
    },
    *vender({ pedidoId, lineas }, ahora) {
      const vendidas = yield* together(
        ...lineas.map(({ productoId, cantidad }) => sql.sell.get(cantidad, ahora, productoId)),
      )
      yield* together(
        ...lineas.map((linea, index) =>
          libro.anotar(lineaDeVenta(pedidoId, linea, present(vendidas[index]).fisico, ahora)),
        ),
      )
    },
    *devolver({ lineas }, ahora) {
      const devueltas = yield* together(
        ...lineas.map(({ productoId, cantidad }) => sql.giveBack.get(cantidad, ahora, productoId)),
      )
      for (const existencia of devueltas) yield* libro.saldar(present(existencia), ahora)
    },
  }
}
