import { bySpans, type Context, countOf, orderName } from '../context.ts'

type Span = [from: number, to: number]
interface Named {
  readonly numero: number
  readonly id: string
}

/** What of an amount is tax, as `impuestoEn` of pedidos reckons it: to the nearest, halves up. */
const due = (importe: string, tasa: string, porDentro: string) =>
  `(2 * (${importe}) * ${tasa} + 10000 + (1 - ${porDentro}) * ${tasa}) / (2 * (10000 + (1 - ${porDentro}) * ${tasa}))`

const lineAmount = 'l.cantidad * l.precio_unitario - coalesce(l.descuento, 0)'

/** Its rate is kept in the line, so what of it is tax can be reckoned again. */
const taxes = `
  SELECT DISTINCT p.numero, p.id FROM pedidos p JOIN pedido_lineas l ON l.numero = p.numero
  WHERE p.numero > ?1 AND p.numero <= ?2 AND l.clase_impuesto IS NOT NULL AND NOT coalesce(
    ${lineAmount} >= 0 AND l.impuesto = ${due(lineAmount, 'l.tasa', 'l.por_dentro')}, 0)
  UNION SELECT p.numero, p.id FROM pedidos p JOIN pedido_condiciones c ON c.numero = p.numero
  WHERE p.numero > ?1 AND p.numero <= ?2
    AND c.envio_impuesto <> ${due('c.envio_importe', 'c.envio_tasa', 'c.envio_por_dentro')}`

interface Parts extends Named {
  readonly cupon: string | null
  readonly descuento: number
  readonly suma: number
}

/** What a coupon takes off an order is what it takes off its lines. */
const parts = `
  SELECT p.numero, p.id, c.cupon, coalesce(c.descuento, 0) AS descuento, coalesce(l.suma, 0) AS suma
  FROM pedidos p LEFT JOIN pedido_condiciones c ON c.numero = p.numero
  LEFT JOIN (SELECT numero, sum(descuento) AS suma FROM pedido_lineas
    WHERE numero > ?1 AND numero <= ?2 AND descuento > 0 GROUP BY numero) l ON l.numero = p.numero
  WHERE p.numero > ?1 AND p.numero <= ?2 AND coalesce(c.descuento, 0) <> coalesce(l.suma, 0)`

interface Coupon {
  readonly codigo: string
  readonly usados: number
  readonly maximo: number | null
  readonly pedidos: number
  readonly usos: number
}

/** Each use is that of an order that is not Cancelado, and the other way round. */
const coupons = `
  WITH vivos AS MATERIALIZED (
    SELECT c.cupon AS codigo, p.cliente_id, p.numero FROM pedido_condiciones c
    JOIN pedidos p ON p.numero = c.numero WHERE c.cupon IS NOT NULL AND p.estado <> 'Cancelado'),
  pedidos_de AS (SELECT codigo, count(*) AS n FROM vivos GROUP BY codigo),
  usos_de AS (SELECT v.codigo, count(*) AS n FROM vivos v JOIN cupon_usos u ON u.codigo = v.codigo
    AND u.cliente_id = v.cliente_id AND u.numero = v.numero GROUP BY v.codigo),
  todos AS (SELECT codigo, count(*) AS n FROM cupon_usos GROUP BY codigo)
  SELECT k.codigo, k.usados, k.usos_maximos AS maximo, coalesce(p.n, 0) AS pedidos,
    CASE WHEN coalesce(u.n, 0) = coalesce(t.n, 0) THEN coalesce(u.n, 0) ELSE -1 END AS usos
  FROM cupones k LEFT JOIN pedidos_de p ON p.codigo = k.codigo LEFT JOIN usos_de u ON u.codigo = k.codigo
  LEFT JOIN todos t ON t.codigo = k.codigo
  WHERE k.usados <> coalesce(p.n, 0) OR k.usados <> coalesce(u.n, 0) OR k.usados <> coalesce(t.n, 0)
    OR k.usados > k.usos_maximos`

const remedy = 'restore pedidos.db from a backup, with the others'
const countAgain = (codigo: string) =>
  `make cupon_usos and usados of ${codigo} anew from the orders that have it, with pedidos stopped`

/** What pedidos' file says of taxes and coupons by itself, which is exact at any moment. */
export function checkSale(context: Context): void {
  const { client, tally } = context
  const wrongTax = client.query<Named, Span>(taxes)
  const wrongParts = client.query<Parts, Span>(parts)
  bySpans(context, 'reckoning taxes again', 'pedidos', (from, to) => {
    for (const { numero, id } of wrongTax.iterate(from, to)) {
      const what = 'what of it is tax does not follow from its amounts and rates'
      tally.wrong('totals', orderName(numero, id), what, remedy)
    }
    for (const { numero, id, descuento, suma } of wrongParts.iterate(from, to)) {
      const what = `its coupon takes off ${descuento}, its lines say ${suma}`
      tally.wrong('totals', orderName(numero, id), what, remedy)
    }
  })
  tally.checked('coupons', countOf(client, 'SELECT count(*) FROM cupones'))
  for (const coupon of client.query<Coupon, []>(coupons).iterate()) {
    const { codigo, usados, maximo, pedidos } = coupon
    const over = maximo !== null && usados > maximo ? `, of ${maximo} at most` : ''
    const what = `says that it was used ${usados} times${over}; ${pedidos} orders have it that are not Cancelado`
    tally.wrong('coupons', `coupon ${codigo}`, what, countAgain(codigo))
  }
}
