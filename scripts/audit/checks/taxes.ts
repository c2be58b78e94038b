import type { Context } from '../context.ts'

const remedy = 'PUT /impuestos/CODE, with the rate that it had'

/** Each product's class of tax is there, and each rate was set once, by somebody, before it began. */
export function checkTaxes({ client, tally, progress }: Context): void {
  progress('looking at the taxes', 0)
  const lost = client.query<{ id: string; clase: string }, []>(`
    SELECT id, clase_impuesto AS clase FROM prod.productos WHERE clase_impuesto <> 'general'
      AND clase_impuesto NOT IN (SELECT codigo FROM prod.impuestos)`)
  for (const { id, clase } of lost.iterate()) {
    tally.wrong('catalogue', `product ${id}`, `its class of tax, ${clase}, is not there`, remedy)
  }
  const rates = client.query<{ codigo: string; desde: number; n: number; noted: number }, []>(`
    SELECT codigo, desde, count(*) AS n, min(escrito_en <= desde AND EXISTS (
      SELECT 1 FROM prod.auditoria a WHERE a.accion = 'impuesto-puesto' AND a.sujeto_id = i.codigo
        AND a.en = i.escrito_en)) AS noted
    FROM prod.impuestos i GROUP BY codigo, desde HAVING n > 1 OR noted = 0`)
  for (const { codigo, desde, n } of rates.iterate()) {
    const what =
      n > 1 ? `there are ${n} of it` : 'nobody is noted to have set it, as it is, in time'
    tally.wrong('catalogue', `tax ${codigo} from ${new Date(desde).toISOString()}`, what)
  }
}
