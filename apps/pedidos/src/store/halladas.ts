import { statement } from '@encargo/storage'
import { columnas, type FilaPedido } from './lectura.ts'

// PostgreSQL wants to know what a parameter is that may be null. None of it leads to an index.
export const siEs = (columna: string, n: number) =>
  `(CAST(?${n} AS text) IS NULL OR ${columna} = ?${n})`
export const delFiltro = `${siEs('p.cliente_id', 4)} AND ${siEs('p.estado', 5)}`

/** How many of the newest orders PostgreSQL looks at one by one. */
const seMiran = 2_000

const hallados = (donde: string) => `SELECT ${columnas}
  FROM (SELECT w.numero FROM pedidos_palabras w WHERE ${donde}) w
    CROSS JOIN LATERAL (SELECT * FROM pedidos WHERE numero = w.numero OFFSET 0) p
  WHERE ${delFiltro} ORDER BY w.numero DESC LIMIT ?3`
const buscado = `(?6::text::jsonb ->> 'postgres')::tsquery`
const corte = '(SELECT corte FROM c)'

/**
 * Reads the full-text index from the newest order down and stops when the page is full. PostgreSQL's comes
 * in no order: what is in many orders is found by looking at the newest ones, what is in few by the index,
 * which has then few to bring. There the texts keep each half to its way: to what is computed from a column
 * its index does not lead, and what has an OFFSET is no part of what is around it.
 */
export const halladas = statement<
  FilaPedido,
  [
    desde: number,
    antesDe: number,
    limite: number,
    clienteId: string | null,
    estado: string | null,
    expresion: string,
  ]
>({
  sqlite: `SELECT ${columnas} FROM pedidos_fts CROSS JOIN pedidos p ON p.numero = pedidos_fts.rowid
    WHERE pedidos_fts MATCH (?6 ->> 'sqlite') AND ${delFiltro}
      AND pedidos_fts.rowid >= ?1 AND pedidos_fts.rowid < ?2
    ORDER BY pedidos_fts.rowid DESC LIMIT ?3`,
  postgres: `WITH c AS MATERIALIZED
      (SELECT least(?2, max(numero) + 1) - ${seMiran} AS corte FROM pedidos_palabras)
    SELECT * FROM (
      (${hallados(`w.numero >= greatest(?1, ${corte}) AND w.numero < ?2
        AND coalesce(w.palabras @@ ${buscado}, false) ORDER BY w.numero DESC`)})
      UNION ALL
      (${hallados(`w.palabras @@ ${buscado}
        AND w.numero + 0 >= ?1 AND w.numero + 0 < ${corte} OFFSET 0`)})
      LIMIT ?3) h ORDER BY numero DESC`,
})
