import { importeMaximo } from '../../../apps/pedidos/src/domain/resumen.ts'
import { cuartoMs, niveles } from '../../../apps/pedidos/src/domain/tramos.ts'
import { numeroEnMarca } from '../../../apps/pedidos/src/store/marcas.ts'
import { lookAt } from '@encargo/storage'
import { enOrden } from '../../../apps/pedidos/src/store/en-orden.ts'
import { abonadoEn, abonoDe, cuentan } from '../../../apps/pedidos/src/store/resumen.ts'
import {
  movido,
  sinMover,
  tiposDeDinero,
} from '../../../apps/pedidos/src/domain/cobranza/movimiento.ts'
import { enTrecho, eventos as eventosDe } from '../../../apps/pedidos/src/store/seguidor.ts'
import { bySpans, type Context, makeAnew } from '../context.ts'

type Span = [from: number, to: number]
type Sums = readonly number[]
type Row = [key: string, ...sums: number[]]

const name = 'resumen'
const { sqlite: eventos } = enOrden(eventosDe)
const hourMs = 3_600_000

const hours = (nivel = '') => ((niveles[Number(nivel)] ?? Number.NaN) * cuartoMs) / hourMs

/** What movements come to, by what they do to it. */
const moved = (que: keyof typeof sinMover) =>
  `total(CASE m.tipo ${tiposDeDinero
    .map((tipo) => `WHEN '${tipo}' THEN ${movido(tipo, 1)?.[que] ?? 0} * m.importe`)
    .join(' ')} ELSE 0 END)`

/** Two queries for rows of the same sums: from the history, and as the summary keeps them. */
interface Side {
  /** Of a stretch of the history, where it is of that. */
  readonly counted: string
  readonly ofHistory: boolean
  readonly kept: string
  /** What a row is of, and the names of its sums. */
  readonly of: (key: string) => string
  readonly names: readonly string[]
  /** The keys, one of each level, that a counted row belongs to. */
  readonly keysOf: (key: string) => readonly string[]
}

/** That orders became something, and that they were voided; what else happened to them sold nothing. */
const sold = `(e.tipo IS NULL OR e.tipo = 'pedido.anulado')`
const { sqlite: givenUp } = enOrden((luego) => abonadoEn(luego, abonoDe.sqlite))
const sign = 'iif(e.tipo IS NULL, 1, -1)'

// `total` is exact up to the bound that sums are kept within.

const stretches: Side = {
  ofHistory: true,
  counted: `SELECT p.moneda || ' ' || (e.en / ${cuartoMs}), sum(e.estado = 'Pendiente' AND e.tipo IS NULL),
      sum(e.estado = 'Completado' AND e.tipo IS NULL), sum(e.estado = 'Cancelado' AND e.tipo IS NULL),
      total(iif(e.estado = 'Completado' AND e.tipo IS NULL, p.total, 0)),
      total(iif(e.estado = 'Completado', ${givenUp}, 0))
    FROM ${eventos} WHERE ${enTrecho} AND ${cuentan} GROUP BY p.moneda, e.en / ${cuartoMs}`,
  kept: `SELECT nivel || ' ' || moneda || ' ' || tramo, pedidos, completados, cancelados, ingresos, abonado
    FROM resumen_tramos`,
  names: ['made', 'completed', 'cancelled', 'taken in', 'owed back'],
  of(key) {
    const [nivel, moneda, tramo] = key.split(' ')
    const from = new Date(Number(tramo) * hours(nivel) * hourMs)
    return `summary of ${hours(nivel)} h from ${from.toISOString()} in ${moneda}`
  },
  keysOf(key) {
    const [moneda, quarter] = key.split(' ')
    return niveles.map(
      (length, nivel) => `${nivel} ${moneda} ${Math.floor(Number(quarter) / length)}`,
    )
  },
}

const money: Side = {
  ofHistory: false,
  counted: `SELECT p.moneda || ' ' || (m.en / ${cuartoMs}) || ' ' || c.metodo,
      ${moved('cobrado')}, ${moved('reembolsado')}, ${moved('disputado')}
    FROM pedido_movimientos m CROSS JOIN pedido_cobros c ON c.id = m.cobro_id
      CROSS JOIN pedidos p ON p.numero = m.numero
    GROUP BY p.moneda, m.en / ${cuartoMs}, c.metodo`,
  kept: `SELECT nivel || ' ' || moneda || ' ' || tramo || ' ' || metodo, cobrado, reembolsado, disputado
    FROM resumen_dinero`,
  names: ['taken', 'given back', 'disputed'],
  of(key) {
    const [nivel, moneda, tramo, metodo] = key.split(' ')
    const from = new Date(Number(tramo) * hours(nivel) * hourMs)
    return `money by ${metodo} of ${hours(nivel)} h from ${from.toISOString()} in ${moneda}`
  },
  keysOf(key) {
    const [moneda, quarter, metodo] = key.split(' ')
    return niveles.map(
      (length, nivel) => `${nivel} ${moneda} ${Math.floor(Number(quarter) / length)} ${metodo}`,
    )
  },
}

const products: Side = {
  ofHistory: true,
  counted: `SELECT l.producto_id || ' ' || p.moneda, total(${sign} * l.cantidad),
      total(${sign} * (l.cantidad * l.precio_unitario - coalesce(l.descuento, 0)))
    FROM ${eventos} CROSS JOIN pedido_lineas l ON l.numero = e.numero
    WHERE ${enTrecho} AND e.estado = 'Completado' AND ${sold}
    GROUP BY l.producto_id, p.moneda`,
  kept: `SELECT v.nivel || ' ' || r.producto_id || ' ' || r.moneda, total(v.unidades), total(v.ingresos)
    FROM resumen_vendidos v CROSS JOIN resumen_productos r ON r.clave = v.producto
    GROUP BY v.nivel, v.producto`,
  names: ['sold', 'taken in'],
  of(key) {
    const [nivel, producto, moneda] = key.split(' ')
    return `summary of product ${producto} in ${moneda}, by ${hours(nivel)} h`
  },
  keysOf: (key) => niveles.map((_, nivel) => `${nivel} ${key}`),
}

/** What the dashboard is told, counted again from the history of orders as far as it was taken in. */
export function checkSummary(context: Context): void {
  // No follower makes these: they are written with what they are of.
  compare(context, money, Infinity)
  const place = lookAt(context.client, () => numeroEnMarca(name))
  // Without a place the tables are emptied and made anew before anybody is told what is in them.
  if (place === undefined) return
  for (const side of [stretches, products]) compare(context, side, place)
}

function compare(context: Context, side: Side, until: number): void {
  const { client, tally } = context
  const expected = count(context, side, until)
  tally.checked('summary', expected.size)
  const wrong = (key: string, kept: Sums, counted: Sums) => {
    const differing = side.names.flatMap((name, index) =>
      kept[index] === counted[index] ? [] : `${name} ${kept[index]}, not ${counted[index]}`,
    )
    if (differing.length > 0) tally.wrong('summary', side.of(key), differing.join('; '), remedy)
  }
  const remedy = side.ofHistory ? makeAnew(name) : null
  const nothing = side.names.map(() => 0)
  for (const [key, ...kept] of client.query(side.kept).values() as Row[]) {
    wrong(key, bounded(kept), expected.get(key) ?? nothing)
    expected.delete(key)
  }
  for (const [key, counted] of expected) wrong(key, nothing, counted)
}

const bounded = (sums: Sums) => sums.map((sum) => Math.min(sum, importeMaximo))

/** What each row of the summary should say. */
function count(
  context: Context,
  { counted, ofHistory, keysOf }: Side,
  until: number,
): Map<string, Sums> {
  const book = new Map<string, Sums>()
  const add = (rows: unknown) => {
    for (const [key, ...sums] of rows as Row[]) {
      for (const one of keysOf(key)) {
        const before = book.get(one)
        book.set(one, bounded(sums.map((sum, index) => sum + (before?.[index] ?? 0))))
      }
    }
  }
  if (!ofHistory) {
    add(context.client.query(counted).values())
    return book
  }
  const rows = context.client.query<unknown, Span>(counted)
  bySpans(context, 'adding up the summary', 'pedido_eventos', (from, to) => {
    add(rows.values(from, Math.min(to, until)))
  })
  return book
}
