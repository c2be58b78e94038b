import { bySpans, type Context, countOf, orderName, recount } from '../context.ts'
import { driverLimitMs } from '../judge.ts'

/** What of each order and product came back, and what was sold before. */
const returned = `SELECT pedido_id AS pedido, producto_id AS producto,
    sum(cantidad) FILTER (WHERE tipo = 'DEVOLUCION') AS vuelto, -sum(cantidad) FILTER (WHERE tipo = 'VENTA') AS vendido
  FROM inv.movimientos WHERE pedido_id IN (SELECT pedido_id FROM inv.movimientos WHERE tipo = 'DEVOLUCION')
  GROUP BY pedido_id, producto_id HAVING vuelto > coalesce(vendido, 0)`

/** The goods of an order, and of a return. */
const ordered = `SELECT group_concat(producto_id || n) FROM (SELECT producto_id, sum(cantidad) AS n
  FROM pedido_lineas WHERE numero = a.numero GROUP BY producto_id ORDER BY producto_id)`
const putBack = `SELECT group_concat(producto_id || cantidad) FROM (SELECT producto_id, cantidad
  FROM inv.movimientos WHERE acto_id = a.id AND pedido_id = p.id AND tipo = 'DEVOLUCION' ORDER BY producto_id)`

interface Credit {
  numero: number
  id: string
  importe: number
  impuesto: number
  total: number
  deImpuesto: number
  estado: string
  anulados: number
  vuelto: string | null
  suyo: string
  debido: number
}

const credits = `
  SELECT a.numero, p.id, p.estado,
    (SELECT sum(importe) FROM abonos b WHERE b.numero = a.numero AND b.causa <> 'contracargo') AS importe,
    (SELECT sum(impuesto) FROM abonos b WHERE b.numero = a.numero) AS impuesto, p.total,
    (SELECT count(*) FROM pedido_eventos e WHERE e.numero = a.numero AND e.tipo = 'pedido.anulado') AS anulados,
    coalesce((SELECT sum(impuesto) FROM pedido_lineas WHERE numero = a.numero), 0)
      + coalesce((SELECT envio_impuesto FROM pedido_condiciones WHERE numero = a.numero), 0) AS deImpuesto,
    (${putBack}) AS vuelto, (${ordered}) AS suyo,
    EXISTS (SELECT 1 FROM obligaciones WHERE tipo = 'reponer' AND clave = p.id) AS debido
  FROM abonos a LEFT JOIN pedidos p ON p.numero = a.numero WHERE a.rowid > ?1 AND a.rowid <= ?2
    AND a.causa = 'anulacion'`

function* faults(credit: Credit): Generator<string> {
  const { estado, importe, impuesto, total, deImpuesto, anulados, vuelto, suyo, debido } = credit
  if (estado !== 'Completado') yield `is owed back, and is ${estado}`
  if (importe !== total || impuesto !== deImpuesto) {
    yield `owes back ${importe}, ${impuesto} of it tax, of ${total} with ${deImpuesto}`
  }
  if (anulados !== 1)
    yield `is owed back once, and its history says ${anulados} times that it was voided`
  // pedidos is read first: what it no longer owes has been done.
  if (vuelto === null && !debido) {
    yield 'was voided, and its units neither came back nor are owed to the stock'
  }
  if (vuelto !== null && vuelto !== suyo) yield 'was voided, and other units came back than it took'
}

/** What was voided is owed back whole, and its units are back or will be; nothing else comes back. */
export function checkCredits(context: Context): void {
  const { client, tally, clock } = context
  tally.checked('credits', countOf(client, 'SELECT count(*) FROM abonos'))
  const some = client.query<Credit, [number, number]>(credits)
  bySpans(context, 'looking at what is owed back', 'abonos', (from, to) => {
    for (const credit of some.iterate(from, to)) {
      const { numero, id } = credit
      for (const what of faults(credit)) tally.wrong('credits', orderName(numero, id), what)
    }
  })
  const unsaid = client.query<{ numero: number; id: string }, []>(`
    SELECT p.numero, p.id FROM pedido_eventos e JOIN pedidos p ON p.numero = e.numero
    WHERE e.tipo = 'pedido.anulado' AND NOT EXISTS
      (SELECT 1 FROM abonos a WHERE a.numero = e.numero AND a.causa = 'anulacion')`)
  for (const { numero, id } of unsaid.iterate()) {
    tally.wrong('credits', orderName(numero, id), 'was voided, and nothing is owed back')
  }
  const stray = client.query<{ acto: string; pedido: string }, [number]>(`
    SELECT DISTINCT acto_id AS acto, pedido_id AS pedido FROM inv.movimientos m
    WHERE tipo = 'DEVOLUCION' AND creado_en < ?1 AND NOT EXISTS (SELECT 1 FROM abonos a WHERE a.id = m.acto_id)`)
  // What came back a moment ago may be of an order that was not voided yet when it was read.
  for (const { acto, pedido } of stray.iterate(clock.now - driverLimitMs)) {
    const what = `its units came back as ${acto}, which nobody owed`
    tally.wrong('credits', `reservation ${pedido}`, what, recount)
  }
  const more = client.query<
    { pedido: string; producto: string; vuelto: number; vendido: number },
    []
  >(returned)
  for (const { pedido, producto, vuelto, vendido } of more.iterate()) {
    const what = `${vuelto} came back of ${vendido ?? 0} that were sold`
    tally.wrong('credits', `reservation ${pedido}, product ${producto}`, what, recount)
  }
}
