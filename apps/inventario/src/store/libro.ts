import type { Database } from 'bun:sqlite'
import type { Movimiento } from '../domain/movimiento.ts'

/** A line to write: `secuencia` and `id` are given here. */
export type NuevoMovimiento = Omit<Movimiento, 'id' | 'secuencia'>

type Columns = [
  id: string,
  productoId: string,
  tipo: string,
  cantidad: number,
  fisicoResultante: number,
  motivo: string | null,
  pedidoId: string | null,
  usuarioId: string | null,
  creadoEn: number,
]

/** Says of a count that did not find all that is promised what it did find. */
export function motivoDeRecuento(motivo: string | null, fisico: number, faltan: number) {
  if (faltan === 0) return motivo
  const contado = `Se contaron ${fisico - faltan}: faltan ${faltan} de las reservadas`
  return motivo === null ? contado : `${motivo}. ${contado}`
}

/** The ledger, which is only ever added to. Belongs in the transaction that changes `fisico`. */
export function createLibro(client: Database, newId: () => string) {
  const insert = client.prepare<never, Columns>(
    `INSERT INTO movimientos (id, producto_id, tipo, cantidad, fisico_resultante, motivo,
       pedido_id, usuario_id, creado_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    anotar(linea: NuevoMovimiento): void {
      insert.run(
        newId(),
        linea.productoId,
        linea.tipo,
        linea.cantidad,
        linea.fisicoResultante,
        linea.motivo,
        linea.pedidoId,
        linea.usuarioId,
        linea.creadoEn,
      )
    },
  }
}

export type Libro = ReturnType<typeof createLibro>
