import { type Engine, type Script, statement } from '@encargo/storage'
import { type Existencia, sinPrometer } from '../domain/existencia.ts'
import type { TipoMovimiento } from '../domain/movimiento.ts'

/** A line to write: `secuencia` and `id` are given here. */
export interface NuevoMovimiento {
  readonly productoId: string
  readonly tipo: TipoMovimiento
  readonly cantidad: number
  readonly fisicoResultante: number
  readonly motivo?: string | undefined
  readonly pedidoId?: string
  readonly usuarioId?: string | undefined
  readonly creadoEn: number
}

type Nullable = string | null

const sql = {
  insert: statement<
    never,
    [string, string, TipoMovimiento, number, number, Nullable, Nullable, Nullable, number]
  >(
    `INSERT INTO movimientos (id, producto_id, tipo, cantidad, fisico_resultante, motivo,
       pedido_id, usuario_id, creado_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
  ),
  settle: statement<never, [salen: number, productoId: string]>(
    'UPDATE existencias SET fisico = fisico - ?1, faltan = faltan - ?1 WHERE producto_id = ?2',
  ),
  counter: statement<{ usuarioId: string }, [productoId: string]>(
    `SELECT usuario_id AS "usuarioId" FROM movimientos
     WHERE producto_id = ?1 AND tipo = 'AJUSTE' ORDER BY secuencia DESC LIMIT 1`,
  ),
}

/** The ledger, which is only ever added to. Belongs in the transaction that changes `fisico`. */
export function createLibro(engine: Engine, newId: () => string) {
  engine.prepare(...Object.values(sql))

  const anotar = (linea: NuevoMovimiento) =>
    sql.insert.run(
      newId(),
      linea.productoId,
      linea.tipo,
      linea.cantidad,
      linea.fisicoResultante,
      linea.motivo ?? null,
      linea.pedidoId ?? null,
      linea.usuarioId ?? null,
      linea.creadoEn,
    )

  /**
   * Takes out of the stock what a count did not find, as soon as nobody is promised it any more:
   * when a promise ends, or goods come in. Answers what is left.
   */
  function* saldar(existencia: Existencia, ahora: number): Script<Existencia> {
    const salen = sinPrometer(existencia)
    if (salen === 0) return existencia
    const { productoId } = existencia
    yield* sql.settle.run(salen, productoId)
    const fisico = existencia.fisico - salen
    // Only a count makes units missing, so the last one is whose they are.
    const ultimo = yield* sql.counter.get(productoId)
    yield* anotar({
      productoId,
      tipo: 'AJUSTE',
      cantidad: -salen,
      fisicoResultante: fisico,
      motivo: 'Unidades que faltaban al contar y que ya nadie espera',
      usuarioId: ultimo?.usuarioId,
      creadoEn: ahora,
    })
    return { ...existencia, fisico, faltan: existencia.faltan - salen }
  }

  return { anotar, saldar }
}

export type Libro = ReturnType<typeof createLibro>
