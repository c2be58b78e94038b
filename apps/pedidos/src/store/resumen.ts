import type { Storage } from '@encargo/storage'
import {
  type CuentaDia,
  type Dia,
  importeMaximo,
  type Resumen,
  type Vendido,
} from '../domain/resumen.ts'
import { cuartoMs, niveles, segmentosDe } from '../domain/tramos.ts'
import type { ConsultaResumen } from '../ports/store.ts'
import { cambios, type Derivado, enTrecho, Seguidor } from './seguidor.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

/** How long a summary waits for the history to be taken in, in milliseconds. */
const esperaMs = 1_000
const masVendidos = 10

const tablaNiveles = `(SELECT column1 AS nivel, column2 AS largo FROM (VALUES ${niveles
  .map((largo, nivel) => `(${nivel}, ${largo})`)
  .join(', ')}))`
/** Sums stay exact integers, come what may: an overflow would make them floating, or stop the follower. */
const sumado = (columna: string, tabla: string) =>
  `${columna} = min(${tabla}.${columna} + excluded.${columna}, ${importeMaximo})`

export const escrituras = {
  tramos: `WITH cuartos AS MATERIALIZED (
      SELECT p.moneda, e.en / ${cuartoMs} AS tramo, sum(e.estado = 'Pendiente') AS pedidos,
        sum(e.estado = 'Completado') AS completados, sum(e.estado = 'Cancelado') AS cancelados,
        sum(iif(e.estado = 'Completado', p.total, 0)) AS ingresos
      FROM ${cambios} WHERE ${enTrecho} GROUP BY 1, 2)
    INSERT INTO resumen_tramos (nivel, moneda, tramo, pedidos, completados, cancelados, ingresos)
    SELECT nivel, moneda, tramo / largo AS grande, sum(pedidos), sum(completados), sum(cancelados), sum(ingresos)
    FROM cuartos CROSS JOIN ${tablaNiveles} WHERE true GROUP BY nivel, moneda, grande
    ON CONFLICT (nivel, moneda, tramo) DO UPDATE SET
      pedidos = resumen_tramos.pedidos + excluded.pedidos,
      completados = resumen_tramos.completados + excluded.completados,
      cancelados = resumen_tramos.cancelados + excluded.cancelados,
      ${sumado('ingresos', 'resumen_tramos')}`,
  /** Next to `max`, SQLite takes the other columns from the row that has it. */
  productos: `INSERT INTO resumen_productos (producto_id, moneda, sku, nombre, numero)
    SELECT l.producto_id, p.moneda, l.sku, l.nombre, max(l.numero)
    FROM ${cambios} CROSS JOIN pedido_lineas l ON l.numero = e.numero
    WHERE ${enTrecho} AND e.estado = 'Completado' GROUP BY 1, 2
    ON CONFLICT (producto_id, moneda) DO UPDATE SET sku = excluded.sku, nombre = excluded.nombre,
      numero = excluded.numero WHERE excluded.numero > resumen_productos.numero`,
  vendidos: `WITH cuartos AS MATERIALIZED (
      SELECT e.en / ${cuartoMs} AS tramo, r.clave AS producto, sum(l.cantidad) AS unidades,
        sum(l.cantidad * l.precio_unitario) AS ingresos
      FROM ${cambios} CROSS JOIN pedido_lineas l ON l.numero = e.numero
        CROSS JOIN resumen_productos r ON r.producto_id = l.producto_id AND r.moneda = p.moneda
      WHERE ${enTrecho} AND e.estado = 'Completado' GROUP BY 1, 2)
    INSERT INTO resumen_vendidos (nivel, tramo, producto, unidades, ingresos)
    SELECT nivel, tramo / largo AS grande, producto, sum(unidades), sum(ingresos)
    FROM cuartos CROSS JOIN ${tablaNiveles} WHERE true GROUP BY nivel, grande, producto
    ON CONFLICT (nivel, tramo, producto) DO UPDATE SET
      ${sumado('unidades', 'resumen_vendidos')}, ${sumado('ingresos', 'resumen_vendidos')}`,
} as const

export const lecturas = {
  /** From the longest stretches, of which a year has a dozen. */
  pendientes: `SELECT coalesce(sum(pedidos - completados - cancelados), 0) AS pendientes
    FROM resumen_tramos WHERE nivel = ${niveles.length - 1}`,
  dia: `SELECT coalesce(sum(pedidos), 0) AS pedidos, coalesce(sum(completados), 0) AS completados,
      coalesce(sum(cancelados), 0) AS cancelados, coalesce(sum(ingresos), 0) AS ingresos
    FROM json_each(?1) s CROSS JOIN resumen_tramos t ON t.nivel = s.value ->> 'nivel'
      AND t.moneda = ?2 AND t.tramo >= s.value ->> 'desde' AND t.tramo < s.value ->> 'hasta'`,
  vendidos: `SELECT r.producto_id AS productoId, r.sku, r.nombre, v.unidades, v.ingresos
    FROM (SELECT t.producto, sum(t.unidades) AS unidades, sum(t.ingresos) AS ingresos
        FROM json_each(?1) s CROSS JOIN resumen_vendidos t ON t.nivel = s.value ->> 'nivel'
          AND t.tramo >= s.value ->> 'desde' AND t.tramo < s.value ->> 'hasta'
        GROUP BY t.producto) v
      CROSS JOIN resumen_productos r ON r.clave = v.producto
    WHERE r.moneda = ?2
    ORDER BY v.unidades DESC, v.ingresos DESC, v.producto LIMIT ?3`,
} as const

function prepare(client: Client) {
  return {
    tramos: client.prepare(escrituras.tramos),
    productos: client.prepare(escrituras.productos),
    vendidos: client.prepare(escrituras.vendidos),
    vaciar: ['resumen_tramos', 'resumen_productos', 'resumen_vendidos'].map((tabla) =>
      client.prepare(`DELETE FROM ${tabla}`),
    ),
    pendientes: client.prepare<{ pendientes: number }, []>(lecturas.pendientes),
    dia: client.prepare<Omit<CuentaDia, 'dia'>, [string, string]>(lecturas.dia),
    masVendidos: client.prepare<Vendido, [string, string, number]>(lecturas.vendidos),
  }
}

/** What orders add up to, by day and by product, at a cost that does not grow with the orders. */
export function createResumen(storage: Storage<PedidosSchema>, reloj: () => number) {
  const statements = prepare(storage.client)

  const derivado: Derivado = {
    nombre: 'resumen',
    vaciar() {
      for (const statement of statements.vaciar) statement.run()
    },
    aplicar({ desde, hasta }) {
      statements.tramos.run(desde, hasta)
      statements.productos.run(desde, hasta)
      statements.vendidos.run(desde, hasta)
    },
  }
  const seguidor = new Seguidor(storage, derivado, reloj)

  function cuentaDe({ dia, lapso }: Dia, moneda: string): CuentaDia {
    const cuenta = statements.dia.get(JSON.stringify(segmentosDe(lapso)), moneda)
    const { pedidos = 0, completados = 0, cancelados = 0, ingresos = 0 } = cuenta ?? {}
    return { dia, pedidos, completados, cancelados, ingresos: Math.min(ingresos, importeMaximo) }
  }

  /** In one go, so that all of it is as of one moment. */
  function leer({ dias, moneda }: ConsultaResumen): Resumen {
    const desde = dias[0]?.lapso.desde ?? 0
    const hasta = dias.at(-1)?.lapso.hasta ?? 0
    const segmentos = JSON.stringify(segmentosDe({ desde, hasta }))
    const vendidos = statements.masVendidos.all(segmentos, moneda, masVendidos)
    return {
      pendientes: statements.pendientes.get()?.pendientes ?? 0,
      porDia: dias.map((dia) => cuentaDe(dia, moneda)),
      masVendidos: vendidos.map((uno) => ({
        ...uno,
        unidades: Math.min(uno.unidades, importeMaximo),
        ingresos: Math.min(uno.ingresos, importeMaximo),
      })),
    }
  }

  return {
    seguidor,
    async resumen(consulta: ConsultaResumen): Promise<Resumen | null> {
      return (await seguidor.alDia({ maxMs: esperaMs })) ? leer(consulta) : null
    },
  }
}
