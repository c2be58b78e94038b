import { type Engine, type Script, statement, together } from '@encargo/storage'
import {
  type CuentaDia,
  type Dia,
  importeMaximo,
  type Resumen,
  type Vendido,
} from '../domain/resumen.ts'
import { type DineroMovido, sinMover } from '../domain/cobranza/movimiento.ts'
import { cuartoMs, niveles, segmentosDe } from '../domain/tramos.ts'
import type { ConsultaResumen } from '../ports/store.ts'
import { lecturas as deDinero } from './cobranza/sumas.ts'
import { enOrden, type Luego } from './en-orden.ts'
import { type Derivado, enTrecho, eventos } from './seguidor.ts'
import { deSegmentos, enSegmento, sumado, tablaNiveles } from './tramos.ts'

const masVendidos = 10

/** `dia` is a place among those that were asked for. */
interface CuentaDe extends Omit<CuentaDia, 'dia' | keyof DineroMovido> {
  readonly dia: number
}

type DeTrecho = [desde: number, hasta: number]

const lineas = (luego: Luego) =>
  `${eventos(luego)} ${luego('pedido_lineas', 'l', 'l.numero = e.numero')}`
const completadas = `${enTrecho} AND e.estado = 'Completado' AND e.tipo IS NULL`
/** What is counted: that orders became something, that they were voided, and what was given up of them. */
export const cuentan = `coalesce(e.tipo, 'pedido.anulado') IN ('pedido.anulado', 'pedido.abonado')`
const contado = `${enTrecho} AND ${cuentan}`
const vendido = `${enTrecho} AND coalesce(e.tipo, 'pedido.anulado') = 'pedido.anulado'`
const signo = 'CASE WHEN e.tipo IS NULL THEN 1 ELSE -1 END'
const sigueLlamandose = `ON CONFLICT (producto_id, moneda) DO UPDATE SET sku = excluded.sku,
      nombre = excluded.nombre, numero = excluded.numero WHERE excluded.numero > resumen_productos.numero`

/**
 * What an event of a completed order gives up of what it took in. What was given up before it was completed
 * counts from then on; what is lost to a bank, never.
 */
export function abonadoEn(luego: Luego, abonoDe: (evento: string) => string): string {
  const propio = (evento: string) => `a.id = ${abonoDe(evento)} AND a.causa <> 'contracargo'`
  return `CASE e.tipo
    WHEN 'pedido.anulado' THEN (SELECT a.importe FROM abonos a
      WHERE a.numero = e.numero AND a.causa = 'anulacion')
    WHEN 'pedido.abonado' THEN (SELECT a.importe FROM abonos a WHERE ${propio('e')})
    ELSE (SELECT sum(a.importe) FROM pedido_eventos b ${luego('abonos', 'a', propio('b'))}
      WHERE b.numero = e.numero AND b.tipo = 'pedido.abonado' AND b.estado = 'Pendiente') END`
}
/** Which credit an event tells of. */
export const abonoDe = {
  sqlite: (evento: string) => `${evento}.datos ->> 'abonoId'`,
  postgres: (evento: string) => `(${evento}.datos::json ->> 'abonoId')`,
} as const

const tramos = (
  luego: Luego,
  deAbono: (evento: string) => string,
) => `WITH cuartos AS MATERIALIZED (
      SELECT p.moneda, e.en / ${cuartoMs} AS tramo,
        count(*) FILTER (WHERE e.estado = 'Pendiente' AND e.tipo IS NULL) AS pedidos,
        count(*) FILTER (WHERE e.estado = 'Completado' AND e.tipo IS NULL) AS completados,
        count(*) FILTER (WHERE e.estado = 'Cancelado' AND e.tipo IS NULL) AS cancelados,
        coalesce(sum(p.total) FILTER (WHERE e.estado = 'Completado' AND e.tipo IS NULL), 0) AS ingresos,
        coalesce(sum(${abonadoEn(luego, deAbono)}) FILTER (WHERE e.estado = 'Completado'), 0) AS abonado
      FROM ${eventos(luego)} WHERE ${contado} GROUP BY 1, 2)
    INSERT INTO resumen_tramos (nivel, moneda, tramo, pedidos, completados, cancelados, ingresos, abonado)
    SELECT nivel, moneda, tramo / largo AS grande, sum(pedidos), sum(completados), sum(cancelados),
      sum(ingresos), sum(abonado)
    FROM cuartos CROSS JOIN ${tablaNiveles} WHERE true GROUP BY nivel, moneda, grande
    ON CONFLICT (nivel, moneda, tramo) DO UPDATE SET
      pedidos = resumen_tramos.pedidos + excluded.pedidos,
      completados = resumen_tramos.completados + excluded.completados,
      cancelados = resumen_tramos.cancelados + excluded.cancelados,
      ${sumado('ingresos', 'resumen_tramos')}, ${sumado('abonado', 'resumen_tramos')}`

export const escrituras = {
  tramos: statement<never, DeTrecho>({
    sqlite: enOrden((luego) => tramos(luego, abonoDe.sqlite)).sqlite,
    postgres: enOrden((luego) => tramos(luego, abonoDe.postgres)).postgres,
  }),
  /** Next to `max`, SQLite takes the other columns from the row that has it, and gives keys by itself. */
  productos: statement<never, DeTrecho>({
    sqlite: enOrden(
      (luego) => `INSERT INTO resumen_productos (producto_id, moneda, sku, nombre, numero)
    SELECT l.producto_id, p.moneda, l.sku, l.nombre, max(l.numero)
    FROM ${lineas(luego)} WHERE ${completadas} GROUP BY 1, 2 ${sigueLlamandose}`,
    ).sqlite,
    postgres: enOrden(
      (luego) => `WITH nuevos AS (
      SELECT DISTINCT ON (l.producto_id, p.moneda) l.producto_id, p.moneda, l.sku, l.nombre, l.numero
      FROM ${lineas(luego)} WHERE ${completadas}
      ORDER BY l.producto_id, p.moneda, l.numero DESC),
    conocidos AS (SELECT s.*, (SELECT clave FROM resumen_productos r
        WHERE r.producto_id = s.producto_id AND r.moneda = s.moneda) AS clave FROM nuevos s)
    INSERT INTO resumen_productos (clave, producto_id, moneda, sku, nombre, numero)
    SELECT (SELECT coalesce(max(clave), 0) FROM resumen_productos)
        + row_number() OVER (ORDER BY clave IS NOT NULL, producto_id, moneda),
      producto_id, moneda, sku, nombre, numero
    FROM conocidos ${sigueLlamandose}`,
    ).postgres,
  }),
  vendidos: statement<never, DeTrecho>(
    enOrden(
      (luego) => `WITH cuartos AS MATERIALIZED (
      SELECT e.en / ${cuartoMs} AS tramo, r.clave AS producto, sum(${signo} * l.cantidad) AS unidades,
        sum(${signo} * (l.cantidad * l.precio_unitario - coalesce(l.descuento, 0))) AS ingresos
      FROM ${lineas(luego)}
        ${luego('resumen_productos', 'r', 'r.producto_id = l.producto_id AND r.moneda = p.moneda')}
      WHERE ${vendido} AND e.estado = 'Completado' GROUP BY 1, 2)
    INSERT INTO resumen_vendidos (nivel, tramo, producto, unidades, ingresos)
    SELECT nivel, tramo / largo AS grande, producto, sum(unidades), sum(ingresos)
    FROM cuartos CROSS JOIN ${tablaNiveles} WHERE true GROUP BY nivel, grande, producto
    ON CONFLICT (nivel, tramo, producto) DO UPDATE SET
      ${sumado('unidades', 'resumen_vendidos')}, ${sumado('ingresos', 'resumen_vendidos')}`,
    ),
  ),
} as const

export const lecturas = {
  /** From the longest stretches, of which a year has a dozen. */
  pendientes: statement<
    { readonly pendientes: number },
    []
  >(`SELECT CAST(coalesce(sum(pedidos - completados - cancelados), 0) AS BIGINT) AS pendientes
    FROM resumen_tramos WHERE nivel = ${niveles.length - 1}`),
  /** Days that have something, by their places in what was asked for. */
  dias: deSegmentos<CuentaDe, [moneda: string]>(
    (segmentos, luego, suma) => `SELECT s.dia, ${suma('pedidos')} AS pedidos,
      ${suma('completados')} AS completados, ${suma('cancelados')} AS cancelados,
      ${suma('ingresos')} AS ingresos, ${suma('abonado')} AS abonado
    FROM ${segmentos} ${luego('resumen_tramos', 't', `${enSegmento} AND t.moneda = ?2`)} GROUP BY s.dia`,
  ),
  vendidos: deSegmentos<Vendido, [moneda: string, limite: number]>(
    (
      segmentos,
      luego,
      suma,
    ) => `SELECT r.producto_id AS "productoId", r.sku, r.nombre, v.unidades, v.ingresos
    FROM (SELECT t.producto, ${suma('t.unidades')} AS unidades, ${suma('t.ingresos')} AS ingresos
        FROM ${segmentos} ${luego('resumen_vendidos', 't', enSegmento)} GROUP BY t.producto) v
      ${luego('resumen_productos', 'r', 'r.clave = v.producto')}
    WHERE r.moneda = ?2 AND v.unidades > 0
    ORDER BY v.unidades DESC, v.ingresos DESC, v.producto LIMIT ?3`,
  ),
} as const

const vaciados = ['resumen_tramos', 'resumen_productos', 'resumen_vendidos'].map((tabla) =>
  statement<never, []>(`DELETE FROM ${tabla}`),
)

/** What orders add up to, by day and by product, at a cost that does not grow with the orders. */
export const sumas: Derivado = {
  nombre: 'resumen',
  *vaciar() {
    yield* together(...vaciados.map((vaciar) => vaciar.run()))
  },
  *aplicar({ desde, hasta }) {
    // In this order: what is sold names the products.
    const { tramos, productos, vendidos } = escrituras
    yield* together(...[tramos, productos, vendidos].map((una) => una.run(desde, hasta)))
  },
}

const juntos = (unos: readonly DineroMovido[]): DineroMovido =>
  unos.reduce(
    (hasta, { cobrado, reembolsado, disputado }) => ({
      cobrado: acotado(hasta.cobrado + cobrado),
      reembolsado: acotado(hasta.reembolsado + reembolsado),
      disputado: acotado(hasta.disputado + disputado),
    }),
    sinMover,
  )
const acotado = (importe: number) => Math.max(-importeMaximo, Math.min(importe, importeMaximo))

/** The days with what the database knows of each; `cuentas` are of those that have something. */
function porDia(
  dias: readonly Dia[],
  cuentas: readonly CuentaDe[],
  movido: ReadonlyMap<number, readonly DineroMovido[]>,
): CuentaDia[] {
  const de = new Map(cuentas.map((cuenta) => [cuenta.dia, cuenta]))
  return dias.map(({ dia }, lugar) => {
    const {
      pedidos = 0,
      completados = 0,
      cancelados = 0,
      ingresos = 0,
      abonado = 0,
    } = de.get(lugar) ?? {}
    const importes = { ingresos: acotado(ingresos), abonado: acotado(abonado) }
    const dinero = juntos(movido.get(lugar) ?? [])
    return { dia, pedidos, completados, cancelados, ...importes, ...dinero }
  })
}

function* resumir({ dias, moneda }: ConsultaResumen): Script<Resumen> {
  const desde = dias[0]?.lapso.desde ?? 0
  const hasta = dias.at(-1)?.lapso.hasta ?? 0
  const deCadaDia = JSON.stringify(
    dias.flatMap(({ lapso }, dia) => segmentosDe(lapso).map((segmento) => ({ dia, ...segmento }))),
  )
  const [vendidos, cuentas, pendientes, movido, saldos] = yield* together(
    lecturas.vendidos.all(JSON.stringify(segmentosDe({ desde, hasta })), moneda, masVendidos),
    lecturas.dias.all(deCadaDia, moneda),
    lecturas.pendientes.get(),
    deDinero.dinero.all(deCadaDia, moneda),
    deDinero.saldos.all(moneda),
  )
  const porMetodo = [...Map.groupBy(movido, ({ metodo }) => metodo)]
  return {
    pendientes: pendientes?.pendientes ?? 0,
    porDia: porDia(
      dias,
      cuentas,
      Map.groupBy(movido, ({ dia }) => dia),
    ),
    porMetodo: porMetodo.map(([metodo, suyos]) => ({ metodo, ...juntos(suyos) })),
    saldos: saldos.map((uno) => ({ ...uno, importe: acotado(uno.importe) })),
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
