import { statement } from '@encargo/storage'

/**
 * The number of the first order made at or after a moment, in milliseconds, without a row when there is
 * none. Moments grow with numbers (`crear` sees to it), so a span of time is a span of numbers, and some
 * twenty looks at the orders replace an index that every purchase would write. Orders later than the last
 * one are left out: they were dated by a clock that was ahead for a while.
 */
export const primeroDesde = statement<{ readonly numero: number }, [ms: number]>(
  `WITH RECURSIVE fin AS MATERIALIZED
     (SELECT numero, creado_en FROM pedidos ORDER BY numero DESC LIMIT 1),
   -- What is looked for is the first order from some number between these two on.
   b (desde, hasta) AS (
     SELECT CAST(0 AS bigint), numero FROM fin WHERE creado_en >= ?1
     UNION ALL
     SELECT CASE WHEN a.creado_en < ?1 THEN a.numero + 1 ELSE b.desde END,
       CASE WHEN a.creado_en < ?1 THEN b.hasta ELSE (b.desde + b.hasta) / 2 END
     FROM b CROSS JOIN pedidos a ON a.numero = (${siguiente('(b.desde + b.hasta) / 2')})
     WHERE b.desde < b.hasta)
   SELECT (${siguiente('b.desde')}) AS numero FROM b WHERE b.desde >= b.hasta`,
)

function siguiente(desde: string): string {
  return `SELECT p.numero FROM pedidos p WHERE p.numero >= ${desde}
     AND p.creado_en <= (SELECT creado_en FROM fin) ORDER BY p.numero LIMIT 1`
}
