import { lookAt } from '@encargo/storage'
import { deInvitado } from '../../../apps/pedidos/src/store/condiciones.ts'
import { sinAnotarDesde } from '../../../apps/pedidos/src/store/de-cliente.ts'
import { relojAtrasado } from '../../../apps/pedidos/src/store/alta.ts'
import { bySpans, type Context, makeAnew, orderName } from '../context.ts'

type Span = [from: number, to: number]

const restore = 'restore productos.db from a backup, with the others'
/** Whose place in the history of orders stands in `marcas`. */
const followers = ['avisos', 'busqueda', 'clientes', 'resumen']

interface Total {
  numero: number
  id: string
  total: number
  suma: number | null
}

interface History {
  numero: number
  id: string
  estado: string
  version: number
  n: number | null
  ultimo: string | null
}

const totals = `
  SELECT p.numero, p.id, p.total, s.suma FROM pedidos p
  LEFT JOIN (SELECT l.numero, sum(cantidad * precio_unitario - coalesce(l.descuento, 0))
      + coalesce((SELECT envio_importe FROM pedido_condiciones c WHERE c.numero = l.numero), 0) AS suma
    FROM pedido_lineas l WHERE numero > ?1 AND numero <= ?2 GROUP BY l.numero) s ON s.numero = p.numero
  WHERE p.numero > ?1 AND p.numero <= ?2 AND p.total IS NOT s.suma`

const conDinero = 'EXISTS (SELECT 1 FROM pedido_cobranza d WHERE d.numero = p.numero)'

/**
 * One entry when the order was made, one when it ended, and beside them only what says in `tipo`
 * what it is; each is a version, and so is each time that its stock was held for longer, having its
 * customer's personal data erased, and whatever is told of its money, which makes none or several entries.
 * Why an order was completed unpaid is in its history alone.
 */
const histories = `
  SELECT p.numero, p.id, p.estado, p.version, h.n, b.estado AS ultimo FROM pedidos p
  LEFT JOIN (SELECT numero, count(*) FILTER (WHERE tipo IS NULL) AS n, count(tipo) AS otros,
      min(secuencia) AS primero, max(secuencia) FILTER (WHERE tipo IS NULL) AS ultimo
    FROM pedido_eventos WHERE numero > ?1 AND numero <= ?2 GROUP BY numero) h ON h.numero = p.numero
  LEFT JOIN pedido_eventos a ON a.secuencia = h.primero
  LEFT JOIN pedido_eventos b ON b.secuencia = h.ultimo
  WHERE p.numero > ?1 AND p.numero <= ?2 AND NOT coalesce(
    h.n = CASE p.estado WHEN 'Pendiente' THEN 1 ELSE 2 END
    AND (${conDinero} OR p.version - h.otros - (p.cliente_id <> p.creado_por AND ${deInvitado('p')})
      - (SELECT count(*) FROM pedido_corridas r
        WHERE r.numero = p.numero AND r.operacion = 'prorrogar')
      BETWEEN h.n AND h.n + EXISTS (SELECT 1 FROM clientes_borrados c WHERE c.id = p.cliente_id))
    AND a.estado = 'Pendiente' AND b.estado = p.estado
    AND (b.motivo IS p.motivo OR b.datos = '{"forzado":true}'), 0)`

/** Of the orders before `?3`, which a customer's list has; the others are looked for one by one. */
const unlisted = `
  SELECT p.numero, p.id FROM pedidos p
  WHERE p.numero > ?1 AND p.numero <= ?2 AND p.numero < ?3 AND NOT EXISTS
    (SELECT 1 FROM pedidos_de_cliente c WHERE c.cliente_id = p.cliente_id AND c.numero = p.numero)`

/**
 * Moments grow with numbers: lists by time look for a number. Where they do not because a clock was far
 * ahead before, a mark says so.
 */
const earlier = `
  SELECT p.numero, p.id FROM pedidos p JOIN pedidos q ON q.numero = p.numero - 1
  WHERE p.numero > ?1 AND p.numero <= ?2 AND p.creado_en < q.creado_en
    AND NOT EXISTS (SELECT 1 FROM marcas m WHERE m.nombre = '${relojAtrasado}' || p.numero)`

const products = `
  SELECT DISTINCT l.producto_id AS producto FROM pedido_lineas l
  WHERE l.numero > ?1 AND l.numero <= ?2
    AND NOT EXISTS (SELECT 1 FROM prod.productos p WHERE p.id = l.producto_id)`

/** What pedidos' file says of each order by itself, which is exact at any moment. */
export function checkOrders(context: Context): void {
  const { client, tally } = context
  const total = client.query<Total, Span>(totals)
  const history = client.query<History, Span>(histories)
  const count = client.query<{ n: number }, Span>(
    'SELECT count(*) AS n FROM pedidos WHERE numero > ? AND numero <= ?',
  )
  const listed = lookAt(client, sinAnotarDesde)
  const hidden = client.query<{ numero: number; id: string }, [number, number, number]>(unlisted)
  const early = client.query<{ numero: number; id: string }, Span>(earlier)
  const product = client.query<{ producto: string }, Span>(products)
  const unknownProducts = new Set<string>()
  bySpans(context, 'reading the orders', 'pedidos', (from, to) => {
    const n = count.get(from, to)?.n ?? 0
    tally.checked('totals', n)
    tally.checked('history', n)
    for (const { numero, id, total: told, suma } of total.iterate(from, to)) {
      const what = suma === null ? 'has no lines' : `total is ${told}, its lines add up to ${suma}`
      tally.wrong('totals', orderName(numero, id), what)
    }
    for (const row of history.iterate(from, to)) {
      tally.wrong('history', orderName(row.numero, row.id), historyWording(row))
    }
    for (const { numero, id } of hidden.iterate(from, to, listed)) {
      tally.wrong(
        'history',
        orderName(numero, id),
        "is missing in its customer's list",
        makeAnew('clientes'),
      )
    }
    for (const { numero, id } of early.iterate(from, to)) {
      tally.wrong(
        'history',
        orderName(numero, id),
        'was made before the order with the number before',
      )
    }
    for (const { producto } of product.iterate(from, to)) {
      if (unknownProducts.has(producto) || unknownProducts.size >= 10_000) continue
      unknownProducts.add(producto)
      tally.wrong('goods', `product ${producto}`, 'was ordered, and is not in productos', restore)
    }
  })
  checkDerived(context)
  checkStocked(context)
}

function historyWording({ estado, version, n, ultimo }: History): string {
  if (n === null) return `is ${estado} without any history`
  if (ultimo !== estado) return `is ${estado}, its history ends in ${ultimo}`
  return `is ${estado}, version ${version}, with ${n} entries in its history that do not lead there`
}

/** What follows the history of orders, where it says more than that. */
function checkDerived({ client, tally }: Context): void {
  const others = client.query<{ numero: number; cliente: string }, []>(`
    SELECT c.numero, c.cliente_id AS cliente FROM pedidos_de_cliente c
    LEFT JOIN pedidos p ON p.numero = c.numero WHERE p.cliente_id IS NOT c.cliente_id`)
  for (const { numero, cliente } of others.iterate()) {
    const what = `stands in the list of customer ${cliente}, who did not order it`
    tally.wrong('history', `order ${numero}`, what, makeAnew('clientes'))
  }
  const ahead = client.query<{ nombre: string; valor: string }, [string]>(`
    SELECT nombre, valor FROM marcas WHERE nombre IN (SELECT value FROM json_each(?))
      AND CAST(valor AS integer) > (SELECT coalesce(max(secuencia), 0) FROM pedido_eventos)`)
  for (const { nombre, valor } of ahead.iterate(JSON.stringify(followers))) {
    const what = `${nombre} has come to ${valor} in a history that is shorter`
    tally.wrong('history', 'pedidos.db', what, makeAnew(nombre))
  }
}

function checkStocked({ client, tally }: Context): void {
  const unknown = client.query<{ id: string }, []>(`
    SELECT e.producto_id AS id FROM inv.existencias e
    WHERE NOT EXISTS (SELECT 1 FROM prod.productos p WHERE p.id = e.producto_id)`)
  for (const { id } of unknown.iterate()) {
    tally.wrong('goods', `product ${id}`, 'is in stock, and is not in productos', restore)
  }
}
