import { type Engine, type Script, statement } from '@encargo/storage'
import {
  type CuentaDia,
  type Dia,
  importeMaximo,
  type Resumen,
  type Vendido,
} from '../domain/resumen.ts'
import { cuartoMs, niveles, segmentosDe } from '../domain/tramos.ts'
import type { ConsultaResumen } from '../ports/store.ts'
import { type Derivado, enTrecho, eventos } from './seguidor.ts'

const masVendidos = 10

const tablaNiveles = `(SELECT column1 AS nivel, column2 AS largo FROM (VALUES ${niveles
  .map((largo, nivel) => `(${nivel}, ${largo})`)
  .join(', ')}))`
/** Sums stay exact integers, come what may: an overflow would make them floating, or stop the follower. */
const sumado = (columna: string, tabla: string) =>
  `${columna} = min(${tabla}.${columna} + excluded.${columna}, ${importeMaximo})`

type DeTrecho = [desde: number, hasta: number]

export const escrituras = {
  tramos: statement<never, DeTrecho>(`WITH cuartos AS MATERIALIZED (
      SELECT p.moneda, e.en / ${cuartoMs} AS tramo,
        count(*) FILTER (WHERE e.estado = 'Pendiente') AS pedidos,
        count(*) FILTER (WHERE e.estado = 'Completado') AS completados,
        count(*) FILTER (WHERE e.estado = 'Cancelado') AS cancelados,
        coalesce(sum(p.total) FILTER (WHERE e.estado = 'Completado'), 0) AS ingresos
      FROM ${eventos} WHERE ${enTrecho} GROUP BY 1, 2)
    INSERT INTO resumen_tramos (nivel, moneda, tramo, pedidos, completados, cancelados, ingresos)
    SELECT nivel, moneda, tramo / largo AS grande, sum(pedidos), sum(completados), sum(cancelados), sum(ingresos)
    FROM cuartos CROSS JOIN ${tablaNiveles} WHERE true GROUP BY nivel, moneda, grande
    ON CONFLICT (nivel, moneda, tramo) DO UPDATE SET
      pedidos = resumen_tramos.pedidos + excluded.pedidos,
      completados = resumen_tramos.completados + excluded.completados,
      cancelados = resumen_tramos.cancelados + excluded.cancelados,
      ${sumado('ingresos', 'resumen_tramos')}`),
  /** Next to `max`, SQLite takes the other columns from the row that has it. */
  productos: statement<
    never,
    DeTrecho
  >(`INSERT INTO resumen_productos (producto_id, moneda, sku, nombre, numero)
    SELECT l.producto_id, p.moneda, l.sku, l.nombre, max(l.numero)
    FROM ${eventos} CROSS JOIN pedido_lineas l ON l.numero = e.numero
    WHERE ${enTrecho} AND e.estado = 'Completado' GROUP BY 1, 2
    ON CONFLICT (producto_id, moneda) DO UPDATE SET sku = excluded.sku, nombre = excluded.nombre,
      numero = excluded.numero WHERE excluded.numero > resumen_productos.numero`),
  vendidos: statement<never, DeTrecho>(`WITH cuartos AS MATERIALIZED (
      SELECT e.en / ${cuartoMs} AS tramo, r.clave AS producto, sum(l.cantidad) AS unidades,
        sum(l.cantidad * l.precio_unitario) AS ingresos
      FROM ${eventos} CROSS JOIN pedido_lineas l ON l.numero = e.numero
        CROSS JOIN resumen_productos r ON r.producto_id = l.producto_id AND r.moneda = p.moneda
      WHERE ${enTrecho} AND e.estado = 'Completado' GROUP BY 1, 2)
    INSERT INTO resumen_vendidos (nivel, tramo, producto, unidades, ingresos)
    SELECT nivel, tramo / largo AS grande, producto, sum(unidades), sum(ingresos)
    FROM cuartos CROSS JOIN ${tablaNiveles} WHERE true GROUP BY nivel, grande, producto
    ON CONFLICT (nivel, tramo, producto) DO UPDATE SET
      ${sumado('unidades', 'resumen_vendidos')}, ${sumado('ingresos', 'resumen_vendidos')}`),
} as const

export const lecturas = {
  /** From the longest stretches, of which a year has a dozen. */
  pendientes: statement<
    { readonly pendientes: number },
    []
  >(`SELECT coalesce(sum(pedidos - completados - cancelados), 0) AS pendientes
    FROM resumen_tramos WHERE nivel = ${niveles.length - 1}`),
  dia: statement<
    Omit<CuentaDia, 'dia'>,
    [segmentos: string, moneda: string]
  >(`SELECT coalesce(sum(pedidos), 0) AS pedidos, coalesce(sum(completados), 0) AS completados,
      coalesce(sum(cancelados), 0) AS cancelados, coalesce(sum(ingresos), 0) AS ingresos
    FROM json_each(?1) s CROSS JOIN resumen_tramos t ON t.nivel = s.value ->> 'nivel'
      AND t.moneda = ?2 AND t.tramo >= s.value ->> 'desde' AND t.tramo < s.value ->> 'hasta'`),
  vendidos: statement<
    Vendido,
    [segmentos: string, moneda: string, limite: number]
  >(`SELECT r.producto_id AS "productoId", r.sku, r.nombre, v.unidades, v.ingresos
    FROM (SELECT t.producto, sum(t.unidades) AS unidades, sum(t.ingresos) AS ingresos
        FROM json_each(?1) s CROSS JOIN resumen_vendidos t ON t.nivel = s.value ->> 'nivel'
          AND t.tramo >= s.value ->> 'desde' AND t.tramo < s.value ->> 'hasta'
        GROUP BY t.producto) v
      CROSS JOIN resumen_productos r ON r.clave = v.producto
    WHERE r.moneda = ?2
    ORDER BY v.unidades DESC, v.ingresos DESC, v.producto LIMIT ?3`),
} as const

const vaciados = ['resumen_tramos', 'resumen_productos', 'resumen_vendidos'].map((tabla) =>
  statement<never, []>(`DELETE FROM ${tabla}`),
)

/** What orders add up to, by day and by product, at a cost that does not grow with the orders. */
export const sumas: Derivado = {
  nombre: 'resumen',
  *vaciar() {
    for (const vaciar of vaciados) yield* vaciar.run()
  },
  *aplicar({ desde, hasta }) {
    // One after the other: what is sold names the products.
    yield* escrituras.tramos.run(desde, hasta)
    yield* escrituras.productos.run(desde, hasta)
    yield* escrituras.vendidos.run(desde, hasta)
  },
}

function* cuentaDe({ dia, lapso }: Dia, moneda: string): Script<CuentaDia> {
  const cuenta = yield* lecturas.dia.get(JSON.stringify(segmentosDe(lapso)), moneda)
  const { pedidos = 0, completados = 0, cancelados = 0, ingresos = 0 } = cuenta ?? {}
  return { dia, pedidos, completados, cancelados, ingresos: Math.min(ingresos, importeMaximo) }
}

function* resumir({ dias, moneda }: ConsultaResumen): Script<Resumen> {
  const desde = dias[0]?.lapso.desde ?? 0
  const hasta = dias.at(-1)?.lapso.hasta ?? 0
  const segmentos = JSON.stringify(segmentosDe({ desde, hasta }))
  const vendidos = yield* lecturas.vendidos.all(segmentos, moneda, masVendidos)
  const porDia: CuentaDia[] = []
  for (const dia of dias) porDia.push(yield* cuentaDe(dia, moneda))
  return {
    pendientes: (yield* lecturas.pendientes.get())?.pendientes ?? 0,
    porDia,
    masVendidos: vendidos.map((uno) => ({
      ...uno,
      unidades: Math.min(uno.unidades, importeMaximo),
      ingresos: Math.min(uno.ingresos, importeMaximo),
    })),
  }
}

/** Of what `sumas` has taken in by now, all of it as of one moment. */
export const leerResumen = (engine: Engine, consulta: ConsultaResumen): Promise<Resumen> =>
  engine.read(() => resumir(consulta))
