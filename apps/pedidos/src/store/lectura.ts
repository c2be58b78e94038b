import type { Storage } from '@encargo/storage'
import { desc, eq, inArray, sql } from 'drizzle-orm'
import type { HistoriaPedido } from '../domain/explicacion.ts'
import type { Evento, Linea, Pedido } from '../domain/pedido.ts'
import { aCorrida, aPedido, type FilaPedido } from './rows.ts'
import {
  pedidoCorridas,
  pedidoEventos,
  pedidoLineas,
  pedidos,
  type PedidosSchema,
} from './sqlite/tables.ts'

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

/** Lines, those of the newest orders first, and history of any number of orders in two queries. */
export function completarFilas(db: Db, filas: readonly FilaPedido[], maxLineas: number): Pedido[] {
  const numeros = filas.map(({ numero }) => numero)
  const lineas = agrupar(
    db
      .select()
      .from(pedidoLineas)
      .where(inArray(pedidoLineas.numero, numeros))
      .orderBy(desc(pedidoLineas.numero), desc(pedidoLineas.posicion))
      .limit(maxLineas)
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
      (lineas.get(fila.numero) ?? []).toReversed().map(aLinea),
      (eventos.get(fila.numero) ?? []).map(aEvento),
    ),
  )
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
  }
}
export type Lectura = ReturnType<typeof createLectura>
