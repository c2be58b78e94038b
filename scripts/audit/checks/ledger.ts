import { bySpans, type Context, recount } from '../context.ts'

/**
 * Adds the ledger up in the order in which it was written. Each line must say what the stock came
 * to, and the last one what it is. Memory grows with products, not with lines.
 */
export function checkLedger(context: Context): void {
  const { client, tally } = context
  const running = new Map<string, number>()
  const lines = client.query<never, [number, number]>(
    `SELECT secuencia, producto_id, cantidad, fisico_resultante FROM inv.movimientos
     WHERE secuencia > ? AND secuencia <= ? ORDER BY secuencia`,
  )
  bySpans(context, 'adding the ledger up', 'inv.movimientos', (from, to) => {
    const rows = lines.values(from, to)
    tally.checked('ledger', rows.length)
    for (const [secuencia, producto, cantidad, resultante] of rows) {
      const id = String(producto)
      const before = running.get(id) ?? 0
      const after = Number(resultante)
      if (before + Number(cantidad) !== after) {
        const told = `line ${secuencia} of its ledger says ${after} after ${cantidad}`
        tally.wrong('ledger', `product ${id}`, `${told}, but ${before} were there`, recount)
      }
      running.set(id, after)
    }
  })
  checkSums(context)
}

/** `fisico` is the sum, whatever the lines say of themselves. */
function checkSums({ client, tally }: Context): void {
  const sums = client.query<{ id: string; fisico: number; suma: number }, []>(`
    SELECT e.producto_id AS id, fisico, coalesce(s.suma, 0) AS suma
    FROM inv.existencias e
    LEFT JOIN (SELECT producto_id, sum(cantidad) AS suma FROM inv.movimientos GROUP BY producto_id) s
      USING (producto_id)
    WHERE fisico <> coalesce(s.suma, 0)`)
  for (const { id, fisico, suma } of sums.iterate()) {
    tally.wrong(
      'ledger',
      `product ${id}`,
      `fisico is ${fisico}, its ledger adds up to ${suma}`,
      recount,
    )
  }
}
