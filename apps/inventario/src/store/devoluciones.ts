import { type Engine, type Script, statement, together } from '@encargo/storage'
import { impedimento, type Vendida } from '../domain/devolucion.ts'
import type { Existencia } from '../domain/existencia.ts'
import { enOrden, type Linea, mismasLineas } from '../domain/reserva.ts'
import type { DevolucionesStore, PeticionDevolucion, ResultadoDevolucion } from '../ports.ts'
import { columnas, present } from './filas.ts'
import type { Libro } from './libro.ts'

interface Devuelta extends Linea {
  readonly pedidoId: string
  readonly creadaEn: number
}

const sql = {
  hecha: statement<Devuelta, [id: string]>(
    `SELECT producto_id AS "productoId", cantidad, pedido_id AS "pedidoId", creado_en AS "creadaEn"
     FROM movimientos WHERE acto_id = ?1`,
  ),
  vendidas: statement<Vendida, [pedidoId: string]>(
    `SELECT v."productoId", v.quedan, e.fisico FROM
       (SELECT producto_id AS "productoId", CAST(-sum(cantidad) AS bigint) AS quedan
        FROM movimientos WHERE pedido_id = ?1 GROUP BY producto_id) AS v
     JOIN existencias AS e ON e.producto_id = v."productoId"`,
  ),
  reponer: statement<Existencia, [cantidad: number, ahora: number, productoId: string]>(
    `UPDATE existencias SET fisico = fisico + ?1, version = version + 1, actualizado_en = ?2
     WHERE producto_id = ?3 RETURNING ${columnas}`,
  ),
}

/** For the test of their plans. */
export const pedirDevolucion = { hecha: sql.hecha, vendidas: sql.vendidas }

/** What comes back of orders: the ledger itself says which returns there were. */
export function createDevoluciones(engine: Engine, libro: Libro): DevolucionesStore {
  engine.prepare(...Object.values(sql))

  function* reponer(peticion: PeticionDevolucion): Script<ResultadoDevolucion> {
    const { id, pedidoId, lineas, ahora } = peticion
    const hecha = yield* sql.hecha.all(id)
    const [primera] = hecha
    if (primera) {
      const suyas = enOrden(hecha.map(({ productoId, cantidad }) => ({ productoId, cantidad })))
      if (primera.pedidoId !== pedidoId || !mismasLineas(suyas, lineas)) return { tipo: 'distinta' }
      const { creadaEn } = primera
      return { tipo: 'repetida', devolucion: { id, pedidoId, lineas, creadaEn } }
    }
    const rechazo = impedimento(lineas, yield* sql.vendidas.all(pedidoId))
    if (rechazo) return rechazo
    const repuestas = yield* together(
      ...lineas.map(({ productoId, cantidad }) => sql.reponer.get(cantidad, ahora, productoId)),
    )
    for (const [index, { productoId, cantidad }] of lineas.entries()) {
      const existencia = present(repuestas[index])
      yield* libro.anotar({
        productoId,
        tipo: 'DEVOLUCION',
        cantidad,
        fisicoResultante: existencia.fisico,
        pedidoId,
        creadoEn: ahora,
        actoId: id,
      })
      // What came back may be what was missing.
      yield* libro.saldar(existencia, ahora)
    }
    return { tipo: 'hecha', devolucion: { id, pedidoId, lineas, creadaEn: ahora } }
  }

  return { reponer: (peticion) => engine.write(() => reponer(peticion)) }
}
