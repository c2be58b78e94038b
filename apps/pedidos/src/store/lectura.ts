import type { Storage } from '@encargo/storage'
import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { HistoriaPedido } from '../domain/explicacion.ts'
import type { Evento, Linea, Pedido } from '../domain/pedido.ts'
import { expresionDe } from './busqueda.ts'
import type { Filtro } from './port.ts'
import { aCorrida, aPedido, type FilaPedido } from './rows.ts'
import {
  pedidoCorridas,
  pedidoEventos,
  pedidoLineas,
  pedidos,
  type PedidosSchema,
} from './tables.ts'

type Db = Storage<PedidosSchema>['db']

function agrupar<T extends { numero: number }>(filas: readonly T[]): Map<number, T[]> {
  const grupos = new Map<number, T[]>()
  for (const fila of filas) {
    const grupo = grupos.get(fila.numero)
    if (grupo) grupo.push(fila)
    else grupos.set(fila.numero, [fila])
  }
  return grupos
}

function aLinea(fila: typeof pedidoLineas.$inferSelect): Linea {
  const { productoId, sku, nombre, cantidad, precioUnitario } = fila
  return { productoId, sku, nombre, cantidad, precioUnitario }
}

function aEvento({ estado, motivo, actor, en }: typeof pedidoEventos.$inferSelect): Evento {
  return { estado, motivo, actor, en }
}

/** Lines and history of any number of orders in two queries. */
function completarFilas(db: Db, filas: readonly FilaPedido[]): Pedido[] {
  const numeros = filas.map(({ numero }) => numero)
  const lineas = agrupar(
    db
      .select()
      .from(pedidoLineas)
      .where(inArray(pedidoLineas.numero, numeros))
      .orderBy(pedidoLineas.numero, pedidoLineas.posicion)
      .all(),
  )
  const eventos = agrupar(
    db
      .select()
      .from(pedidoEventos)
      .where(inArray(pedidoEventos.numero, numeros))
      .orderBy(pedidoEventos.numero, pedidoEventos.secuencia)
      .all(),
  )
  return filas.map((fila) =>
    aPedido(
      fila,
      (lineas.get(fila.numero) ?? []).map(aLinea),
      (eventos.get(fila.numero) ?? []).map(aEvento),
    ),
  )
}

/**
 * The number of the first order made at or after `ms`. Moments grow with numbers (`crear` sees to
 * it), so a span of time is a span of numbers.
 */
function primerNumeroDesde(db: Db, ms: number): number | undefined {
  return db
    .select({ numero: pedidos.numero })
    .from(pedidos)
    .where(gte(pedidos.creadoEn, ms))
    .orderBy(pedidos.creadoEn, pedidos.numero)
    .limit(1)
    .get()?.numero
}

/** A span of order numbers: from `desde` up to but without `antesDe`. */
export interface Tramo {
  readonly desde: number
  readonly antesDe: number
}

/** The span of numbers that a list is about, or null when it is empty. */
function tramoDe(db: Db, filtro: Filtro): Tramo | null {
  let antesDe = filtro.antesDe ?? Number.MAX_SAFE_INTEGER
  if (filtro.hasta !== null) {
    antesDe = Math.min(antesDe, primerNumeroDesde(db, filtro.hasta) ?? antesDe)
  }
  if (filtro.desde === null) return { desde: 0, antesDe }
  const desde = primerNumeroDesde(db, filtro.desde)
  return desde === undefined ? null : { desde, antesDe }
}

function condiciones({ clienteId, estado, q }: Filtro): SQL[] {
  const todas: SQL[] = []
  if (clienteId !== null) todas.push(eq(pedidos.clienteId, clienteId))
  if (estado === null) return todas
  // The unary plus keeps SQLite from walking through everybody's orders of that state.
  const elegirPorOtro = clienteId !== null || q !== null
  todas.push(elegirPorOtro ? sql`+${pedidos.estado} = ${estado}` : eq(pedidos.estado, estado))
  return todas
}

/** Reads the full-text index from the newest order down and stops when the page is full. */
function buscar(db: Db, filtro: Filtro, q: string, tramo: Tramo): FilaPedido[] {
  const expresion = expresionDe(q, filtro.clienteId)
  if (expresion === null) return []
  const condicion = and(sql`pedidos_fts MATCH ${expresion}`, ...condiciones(filtro))
  const halladas = db.all<{ numero: number }>(sql`
    SELECT pedidos_fts.rowid AS numero
    FROM pedidos_fts CROSS JOIN ${pedidos} ON ${pedidos.numero} = pedidos_fts.rowid
    WHERE ${condicion}
      AND pedidos_fts.rowid >= ${tramo.desde} AND pedidos_fts.rowid < ${tramo.antesDe}
    ORDER BY pedidos_fts.rowid DESC LIMIT ${filtro.limite + 1}`)
  const numeros = halladas.map(({ numero }) => numero)
  return db
    .select()
    .from(pedidos)
    .where(inArray(pedidos.numero, numeros))
    .orderBy(desc(pedidos.numero))
    .all()
}

/** The list without `q`; exported for the test that looks at its plan. */
export function consultaLista(db: Db, filtro: Filtro, { desde, antesDe }: Tramo) {
  return db
    .select()
    .from(pedidos)
    .where(and(...condiciones(filtro), gte(pedidos.numero, desde), lt(pedidos.numero, antesDe)))
    .orderBy(desc(pedidos.numero))
    .limit(filtro.limite + 1)
}

function listar(db: Db, filtro: Filtro): Pedido[] {
  const tramo = tramoDe(db, filtro)
  if (tramo === null) return []
  const { q } = filtro
  const filas = q === null ? consultaLista(db, filtro, tramo).all() : buscar(db, filtro, q, tramo)
  return completarFilas(db, filas)
}

/** Reads of one order, prepared once. */
export function createLectura(db: Db) {
  const porId = db
    .select()
    .from(pedidos)
    .where(eq(pedidos.id, sql.placeholder('id')))
    .prepare()
  const porNumero = db
    .select()
    .from(pedidos)
    .where(eq(pedidos.numero, sql.placeholder('numero')))
    .prepare()
  const lineas = db
    .select()
    .from(pedidoLineas)
    .where(eq(pedidoLineas.numero, sql.placeholder('numero')))
    .orderBy(pedidoLineas.posicion)
    .prepare()
  const eventos = db
    .select()
    .from(pedidoEventos)
    .where(eq(pedidoEventos.numero, sql.placeholder('numero')))
    .orderBy(pedidoEventos.secuencia)
    .prepare()
  const corridas = db
    .select()
    .from(pedidoCorridas)
    .where(eq(pedidoCorridas.numero, sql.placeholder('numero')))
    .orderBy(pedidoCorridas.orden)
    .prepare()

  function completar(fila: FilaPedido | undefined): Pedido | null {
    if (!fila) return null
    const { numero } = fila
    return aPedido(fila, lineas.all({ numero }).map(aLinea), eventos.all({ numero }).map(aEvento))
  }

  return {
    porId: (id: string) => completar(porId.get({ id })),
    porNumero: (numero: number) => completar(porNumero.get({ numero })),
    historia(id: string): HistoriaPedido | null {
      const pedido = completar(porId.get({ id }))
      if (!pedido) return null
      return { pedido, corridas: corridas.all({ numero: pedido.numero }).map(aCorrida) }
    },
    listar: (filtro: Filtro) => listar(db, filtro),
  }
}
export type Lectura = ReturnType<typeof createLectura>
