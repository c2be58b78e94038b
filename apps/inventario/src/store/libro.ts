import { type Engine, type Script, statement } from '@encargo/storage'
import { type Existencia, sinPrometer } from '../domain/existencia.ts'
import type { TipoMovimiento } from '../domain/movimiento.ts'
import type { Linea } from '../domain/reserva.ts'
import { conListas } from './textos.ts'

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
  /** The return that it belongs to. */
  readonly actoId?: string
}

type Nullable = string | null

const columnas =
  'id, producto_id, tipo, cantidad, fisico_resultante, motivo, pedido_id, usuario_id, creado_en, acto_id'

const sql = {
  insert: statement<
    never,
    [
      ...[string, string, TipoMovimiento, number, number],
      ...[Nullable, Nullable, Nullable, number, Nullable],
    ]
  >({
    sqlite: `INSERT INTO movimientos (${columnas}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`,
    postgres: `INSERT INTO movimientos (secuencia, ${columnas}) VALUES
      ((SELECT coalesce(max(secuencia), 0) + 1 FROM movimientos), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
        ?10)`,
  }),
  insertVarias: statement<never, [lineas: string]>(
    conListas(
      ({ filas }) => `INSERT INTO movimientos (secuencia, ${columnas})
        SELECT (SELECT coalesce(max(secuencia), 0) FROM movimientos) + i, id, producto, tipo,
          cantidad, fisico, motivo, pedido, usuario, en, acto FROM ${filas(1, {
            i: 'bigint',
            id: 'text',
            producto: 'text',
            tipo: 'text',
            cantidad: 'bigint',
            fisico: 'bigint',
            motivo: 'text',
            pedido: 'text',
            usuario: 'text',
            en: 'bigint',
            acto: 'text',
          })} AS f`,
    ),
  ),
  settle: statement<never, [salen: number, productoId: string]>(
    'UPDATE existencias SET fisico = fisico - ?1, faltan = faltan - ?1 WHERE producto_id = ?2',
  ),
  counter: statement<{ usuarioId: string }, [productoId: string]>(
    `SELECT usuario_id AS "usuarioId" FROM movimientos
     WHERE producto_id = ?1 AND tipo = 'AJUSTE' ORDER BY secuencia DESC LIMIT 1`,
  ),
}

/** What leaves with an order, and how many are there after. */
export const lineaDeVenta = (
  pedidoId: string,
  { productoId, cantidad }: Linea,
  fisicoResultante: number,
  creadoEn: number,
): NuevoMovimiento => ({
  productoId,
  tipo: 'VENTA',
  cantidad: -cantidad,
  fisicoResultante,
  pedidoId,
  creadoEn,
})

/**
 * What takes missing units that nobody is promised any more out of the stock.
 * @param existencia the stock after it
 * @param usuarioId whose count did not find them: only a count makes units missing, so it is the last one's
 */
export const lineaDeFalta = (
  { productoId, fisico }: Pick<Existencia, 'productoId' | 'fisico'>,
  salen: number,
  usuarioId: string | undefined,
  creadoEn: number,
): NuevoMovimiento => ({
  productoId,
  tipo: 'AJUSTE',
  cantidad: -salen,
  fisicoResultante: fisico,
  motivo: 'Unidades que faltaban al contar y que ya nadie espera',
  usuarioId,
  creadoEn,
})

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
      linea.actoId ?? null,
    )

  /** Several, in their order, by one statement. */
  const anotarVarias = (lineas: readonly NuevoMovimiento[]) =>
    sql.insertVarias.run(
      JSON.stringify(
        lineas.map((linea, index) => ({
          i: index + 1,
          id: newId(),
          producto: linea.productoId,
          tipo: linea.tipo,
          cantidad: linea.cantidad,
          fisico: linea.fisicoResultante,
          motivo: linea.motivo,
          pedido: linea.pedidoId,
          usuario: linea.usuarioId,
          en: linea.creadoEn,
          acto: linea.actoId,
        })),
      ),
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
    const { fisico, faltan } = existencia
    const despues = { ...existencia, fisico: fisico - salen, faltan: faltan - salen }
    const ultimo = yield* sql.counter.get(productoId)
    yield* anotar(lineaDeFalta(despues, salen, ultimo?.usuarioId, ahora))
    return despues
  }

  return { anotar, anotarVarias, saldar }
}

export type Libro = ReturnType<typeof createLibro>
